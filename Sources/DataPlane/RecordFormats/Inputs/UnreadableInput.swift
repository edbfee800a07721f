/// An input that cannot be read: the same failure would come again, so no restart is attempted.
public struct UnreadableInput: Error, CustomStringConvertible {
  /// What is wrong with which input, and where.
  public let description: String

  /// Makes the error.
  public init(_ description: String) {
    self.description = description
  }
}
