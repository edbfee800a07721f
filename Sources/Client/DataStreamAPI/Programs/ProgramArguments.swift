public import Connectors
import StreamOperators

/// What a program is run with: given to its environment by whoever runs it.
public struct ProgramArguments: Sendable {
  /// The name under which the cluster knows the main input.
  public var input: String
  /// The names under which it knows inputs, by those that the program uses.
  public var inputs: [String: String]
  /// How fast sources emit that say nothing themselves; nil for as fast as they can.
  public var rate: SourceRate?
  /// Whether a socket is read instead of the main input.
  public var readsSocket: Bool
  /// What parameters were set to, by their names.
  public var parameters: [String: Int64]

  /// Makes arguments.
  public init(
    input: String = "input",
    inputs: [String: String] = [:],
    rate: SourceRate? = nil,
    readsSocket: Bool = false,
    parameters: [String: Int64] = [:]
  ) {
    self.input = input
    self.inputs = inputs
    self.rate = rate
    self.readsSocket = readsSocket
    self.parameters = parameters
  }
}
