/// How far a learner came in a lesson: a log of what was typed, as text that only grows.
///
/// The text has one JSON object a line. The first is a header that names the format, the lesson,
/// its content and the seed; then follows one line for each entry:
///
/// ```json
/// {"drey-progress":1,"lesson":"word-count","content":"5f2a…","seed":1}
/// {"entered":"kill tm-1","step":4}
/// {"reset":3}
/// ```
///
/// A run is a pure function of its seed and its commands, so replaying the entries brings back the
/// whole lesson. This type neither reads nor writes a file.
package struct Progress: Equatable, Sendable {
  /// The version of the format that is written; no other is read.
  package static let version = 1

  /// The first line.
  package struct Header: Equatable, Sendable {
    /// The name of the lesson.
    package var lesson: String
    /// The hash of the lesson's text when it was begun; see ``LessonDocument/contentHash``.
    package var contentHash: String
    /// The seed of its runs.
    package var seed: UInt64

    /// Makes a header.
    package init(lesson: String, contentHash: String, seed: UInt64) {
      self.lesson = lesson
      self.contentHash = contentHash
      self.seed = seed
    }

    /// Makes the header for a lesson that is begun.
    package init(_ lesson: LessonDocument) {
      self.init(lesson: lesson.name, contentHash: lesson.contentHash, seed: lesson.front.seed)
    }
  }

  /// One line after the header.
  package enum Entry: Equatable, Sendable {
    /// A line was typed in a step; every character is kept, but for a byte-order mark at its start.
    case entered(String, step: Int)
    /// The lesson went back to the state before a step.
    case reset(Int)

    /// The line to append to the text, with its line break.
    package var line: String {
      switch self {
      case .entered(let text, let step):
        "{\"entered\":\(Progress.quoted(text)),\"step\":\(step)}\n"
      case .reset(let step): "{\"reset\":\(step)}\n"
      }
    }
  }

  /// A line that a learner typed and no reset took back.
  package struct Typed: Equatable, Sendable {
    /// The line.
    package let text: String
    /// The step in which it was typed, from 1.
    package let step: Int
  }

  /// The first line.
  package let header: Header
  /// The lines after it, in order.
  package private(set) var entries: [Entry] = []
  /// Whether the text that was read had lost its end: then ``text`` must be written anew before
  /// anything is appended.
  package private(set) var wasCut = false

  /// Begins a log.
  package init(_ header: Header) {
    self.header = header
  }

  /// Reads a log.
  ///
  /// A last line without its line break may be incomplete: the power was cut while it was written.
  /// It counts if it can be read and is left out if not; see ``wasCut``.
  ///
  /// - Throws: The first line that cannot be read; where the header itself was cut, line 1.
  package init(parsing text: String) throws(ProgressProblem) {
    let isWhole = text.utf8.last == 0x0A
    wasCut = !isWhole
    let lines = TextLines.split(text)
    guard let first = lines.first else { throw ProgressProblem(line: 1, phrase: .empty) }
    header = try ProgressLine(first, at: 1).header()
    for (index, line) in lines.enumerated().dropFirst() {
      do throws(ProgressProblem) {
        entries.append(try ProgressLine(line, at: index + 1).entry())
      } catch {
        guard index == lines.count - 1, !isWhole else { throw error }
      }
    }
  }

  /// Appends an entry; its ``Entry/line`` belongs at the end of the file.
  package mutating func append(_ entry: Entry) {
    entries.append(entry)
  }

  /// The whole log as text.
  package var text: String {
    header.line + entries.map(\.line).joined()
  }

  /// What is left when every reset has cut off the entries of its step and all that followed.
  package var effectiveEntries: [Typed] {
    var left: [Typed] = []
    for entry in entries {
      switch entry {
      case .entered(let text, let step): left.append(Typed(text: text, step: step))
      case .reset(let step):
        if let first = left.firstIndex(where: { $0.step >= step }) { left.removeSubrange(first...) }
      }
    }
    return left
  }
}

extension Progress.Header {
  /// The header as the first line of the text, with its line break.
  package var line: String {
    "{\"drey-progress\":\(Progress.version),\"lesson\":\(Progress.quoted(lesson)),"
      + "\"content\":\(Progress.quoted(contentHash)),\"seed\":\(seed)}\n"
  }
}

extension Progress {
  /// A text as a JSON string that is also a string in YAML: what YAML does not allow or would take
  /// for a line break is escaped.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: quoted += "\\\(scalar)"
      case 0x0A: quoted += "\\n"
      case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
