import StreamModel

/// Marbles as text, for tests and lessons.
///
/// Items stand in the order of arrival, with spaces or line breaks between them:
///
/// ```
/// a1@1000 b1@2500 |3200| a2@3000! a3@6100 |5100| {a[0,5000) = 2} {b[0,5000) = 1} |end|
/// ```
///
/// | item | what it says |
/// |---|---|
/// | `a1@1000` | a record: its key up to the first digit, its label from there, its event time |
/// | `EWR/late@1000` | the same with a slash where that rule would cut elsewhere |
/// | `a1@3000!` | it came behind the watermark, and a window still took it: late |
/// | `a1@3000!!` | no window took it: dropped |
/// | `\|4999\|` | a watermark of the input; `\|end\|` is the one behind everything |
/// | `jfk:` | what follows comes from the input of that name |
/// | `\|\|4999\|\|` | the watermark of several inputs together comes to that time |
/// | `.` and `>` | the input becomes idle; it is active again |
/// | `{a[0,5000) = 2}` | the window of key a from 0 to before 5000 fires with the result 2 |
/// | `{a[0,5000) cleared}` | its state is dropped |
/// | `{a[0,3000) -> a[0,7000)}` | it becomes part of another session |
/// | `{a[0,5000)}` | there is such a window |
/// | `{a[0,5000): a1 a3 #4}` | the records that it held, by name or as number 4 of all records |
///
/// A window of the second kind is `a[#1]`, the first run of records of its key, and of the third
/// `a[*]`, everything. Two windows of one name are told apart as `a[0,5000)` and `a[0,5000)'2`.
/// Windows are in the order of their first mention. One whose records are not listed holds those
/// of its key that lie in its times, that were not dropped, and that came before its end.
///
/// Times are milliseconds, or all of them time of day, as in `10:04` and `10:09:59.999`; hours may
/// go beyond 24. A word with other characters than letters, digits and `_ - + . %` stands in
/// quotes, in which `\"` and `\\` stand for `"` and `\`, and `\n` for a line break.
package enum MarbleNotation {
  /// The text of marbles, from which the same are read again.
  ///
  /// The view is not part of it, nor is what no picture shows: windows and inputs that are not
  /// there. The names of the inputs must differ.
  package static func text(of marbles: Marbles) -> String {
    var writer = MarbleWriter(marbles)
    return writer.text()
  }

  /// Whether a scalar needs no quotes around it.
  static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "a"..."z", "A"..."Z", "_", "-", "+", ".", "%": return true
    default: break
    }
    guard scalar.value > 0xA0 else { return false }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
      .otherSymbol:
      return true
    default: return false
    }
  }

  /// A word as it is written, in quotes where it needs them.
  static func word(_ text: String) -> String {
    let scalars = text.unicodeScalars
    if let first = scalars.first, first != ".", scalars.allSatisfy(isPlain) { return text }
    var quoted = "\""
    for scalar in scalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Marbles {
  /// Reads marbles that are written as ``MarbleNotation`` describes.
  ///
  /// - Throws: What is wrong, with its line and column.
  package init(parsing text: String) throws(MarbleError) {
    var reader = MarbleReader(text)
    self = try reader.marbles()
  }

  /// The marbles as text; see ``MarbleNotation``.
  package var notation: String { MarbleNotation.text(of: self) }

  /// The records that a window holds where it is not said: those of its key in its times that were
  /// not dropped, up to the event at which it ends.
  func recordsByDefault(of window: Int) -> [Int] {
    guard windows.indices.contains(window) else { return [] }
    let (key, extent) = (windows[window].key, windows[window].extent)
    var (held, number, last) = ([Int](), 0, Int?.none)
    for event in events {
      switch event {
      case .record(let record):
        let isInside =
          switch extent {
          case .span(let start, let end): record.time >= start && record.time < end
          case .global: true
          case .count: false
          }
        last = nil
        if isInside, record.key == key, record.lateness != .dropped {
          held.append(number)
          last = number
        }
        number += 1
      case .clears(window): return held
      case .joins(window, _):
        // The record that brings two sessions together belongs to the new one only.
        return last == nil ? held : held.dropLast()
      default: continue
      }
    }
    return held
  }
}
