/// Why state could not be written or read, and where.
public struct StateCodecError: Error, Equatable, Sendable {
  /// The kind of trouble.
  public enum Problem: String, Sendable {
    /// The bytes end too early.
    case truncated
    /// The bytes are not those that were written: a checksum does not agree.
    case altered
    /// The bytes are of a kind or of a version that this reader does not know.
    case unknownFormat
    /// A value of another type is there, or one that the type cannot hold.
    case mismatch
    /// A field without which the value cannot be made is not there.
    case missingField
    /// The state belongs to something else: another name, key type, value type or key group.
    case wrongState
    /// The value, or the way in which it encodes itself, is beyond what the format can hold.
    case unsupported
  }

  /// The kind of trouble.
  public let problem: Problem
  /// What would have been right.
  public let expected: String
  /// What is there instead.
  public let found: String
  /// Where: the state, the key group, the path of fields, the byte, as far as they are known.
  public let place: String

  /// An error about something found at a place instead of what was expected.
  public init(_ problem: Problem, expected: String, found: String, place: String) {
    self.problem = problem
    self.expected = expected
    self.found = found
    self.place = place
  }

  /// The same error, with its place seen from further outside.
  public func within(_ outer: String) -> StateCodecError {
    let joined = place.isEmpty ? outer : "\(outer), \(place)"
    return StateCodecError(problem, expected: expected, found: found, place: joined)
  }

  /// An error of our own as it is; any other as an unsupported value.
  static func from(_ error: any Error) -> StateCodecError {
    if let own = error as? StateCodecError { return own }
    return StateCodecError(
      .unsupported,
      expected: "a value that can be encoded and decoded",
      found: "\(error)",
      place: ""
    )
  }
}

extension StateCodecError: CustomStringConvertible {
  /// One line: the place, what was expected, what was found.
  public var description: String {
    let trouble =
      switch problem {
      case .truncated: "state is truncated"
      case .altered: "state has been altered"
      case .unknownFormat: "state has an unknown format"
      case .mismatch: "state does not match its type"
      case .missingField: "state lacks a field"
      case .wrongState: "state belongs to something else"
      case .unsupported: "state cannot be held"
      }
    let where_ = place.isEmpty ? "" : " (\(place))"
    return "\(trouble)\(where_): expected \(expected), found \(found)"
  }
}

extension StateCodecError {
  /// The path of fields to a value, with points between them.
  static func text(of path: [any CodingKey]) -> String {
    path.isEmpty ? "" : "at " + path.prefix(12).map(\.stringValue).joined(separator: ".")
  }

  /// The refusal of a value that is nested too deeply.
  static func atDepth(_ path: [any CodingKey]) -> StateCodecError {
    StateCodecError(
      .unsupported,
      expected: "at most \(StateFormat.deepest) levels of nesting",
      found: "more",
      place: text(of: path)
    )
  }
}
