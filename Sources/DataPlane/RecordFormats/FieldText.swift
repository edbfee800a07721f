import StreamModel

/// The bytes of one field while its row is read; they are gone when the next field is asked for.
public struct FieldText {
  /// Valid UTF-8, without quotes and escapes.
  let bytes: UnsafeRawBufferPointer

  /// How many bytes the field has.
  public var count: Int { bytes.count }

  /// Whether there is nothing in it: "not known".
  public var isBlank: Bool { bytes.isEmpty }

  /// The field as text.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The field in quotes, shortened, with control characters escaped; `nothing` when it is blank.
  public var quoted: String { isBlank ? "nothing" : Self.quoted(bytes) }

  /// Bytes in quotes: at most 40 characters, and what could disturb a terminal is escaped.
  static func quoted(_ bytes: some Collection<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(256), as: UTF8.self)
    return "\"\(shortened(text, to: 40))\""
  }

  /// The first scalars of a text, without what could disturb a terminal.
  static func shortened(_ text: String, to limit: Int) -> String {
    var shown = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      guard index < limit else { return shown + "…" }
      switch scalar {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\t": shown += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
          shown += "\\u{\(String(scalar.value, radix: 16))}"
        default: shown.unicodeScalars.append(scalar)
        }
      }
    }
    return shown
  }

  /// The failure of a field that is no such thing.
  func mismatch(_ expectation: String) -> RowError { .expected(expectation, found: quoted) }
}
