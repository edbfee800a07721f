/// Why a harness refuses something: a mistake in a test, not in the operator.
public enum HarnessError: Error, Equatable, CustomStringConvertible {
  /// The operator has no such input.
  case noInput(Int, inputs: Int)
  /// The harness was given another number of inputs than the operator has.
  case wrongInputs(Int, ofOperator: Int)
  /// The input takes records of another type.
  case wrongType(String, input: Int)
  /// The input has ended.
  case inputEnded(Int)
  /// Time only goes forward.
  case timeGoesBack(from: Int64, to: Int64)
  /// The attempt has failed; it can only be restored from a snapshot.
  case attemptFailed
  /// The operator does not work off what it took in, and no timer will make it.
  case neverDrained
  /// The operator has something to do at the same instant again and again.
  case findsNoRest
  /// A program is not one operator behind its streams; these are its operators.
  case notOneOperator([String])
  /// A text is not a line of marbles; what is wrong with it, with line and column.
  case notMarbles(String)

  /// A sentence for people.
  public var description: String {
    switch self {
    case .noInput(let input, let inputs):
      "there is no input \(input): the operator has \(inputs), counted from 0"
    case .wrongInputs(let given, let wanted):
      "the harness was given \(given) inputs, the operator has \(wanted)"
    case .wrongType(let type, let input): "input \(input) does not take records of \(type)"
    case .inputEnded(let input): "input \(input) has ended: nothing can come on it any more"
    case .timeGoesBack(let now, let wanted):
      "processing time is \(now) already and does not go back to \(wanted)"
    case .attemptFailed:
      "the operator has failed: restore a harness from a snapshot to go on from there"
    case .neverDrained:
      "the input has ended, but the operator keeps something back and waits for no timer"
    case .findsNoRest: "the operator's timers fire at the same instant without end"
    case .notOneOperator(let names):
      "a harness takes a program of one operator; this one has \(names.count): "
        + names.joined(separator: ", ")
    case .notMarbles(let problem): "these are no marbles: \(problem)"
    }
  }
}
