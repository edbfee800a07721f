/// What is wrong with a row of an input.
public struct RowError: Error, Equatable, CustomStringConvertible {
  /// Where in the row: `column id`, `field card.number`; nil when it is the row as a whole.
  public let place: String?
  /// What was expected, and what was found.
  public let reason: String
  /// Whether every row would be bad for this reason, so that skipping rows would not help.
  let concernsFile: Bool

  /// Makes the error.
  public init(_ reason: String, at place: String? = nil) {
    self.init(reason, at: place, concernsFile: false)
  }

  init(_ reason: String, at place: String? = nil, concernsFile: Bool) {
    self.place = place
    self.reason = reason
    self.concernsFile = concernsFile
  }

  /// The place and the reason.
  public var description: String { (place.map { "\($0): " } ?? "") + reason }

  /// Says that something else was found than what was expected.
  static func expected(_ expectation: String, found: String) -> RowError {
    RowError("expected \(expectation), found \(found)")
  }

  /// The same error at a place, unless it has one.
  func at(_ place: @autoclosure () -> String) -> RowError {
    self.place == nil ? RowError(reason, at: place(), concernsFile: concernsFile) : self
  }

  /// What anybody's error says about a row.
  init(_ error: any Error) {
    switch error {
    case let error as RowError: self = error
    case let error as DecodingError: self.init(Self.text(of: error))
    default: self.init(FieldText.shortened("\(error)", to: 200))
    }
  }

  private static func text(of error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      FieldText.shortened(context.debugDescription, to: 200)
    @unknown default: "it cannot be decoded"
    }
  }
}
