import JobGraphs

/// A program whose graph cannot become a job.
package struct TranslationError: Error, Sendable, Equatable {
  /// Everything that is wrong, in the order of the program; never empty.
  package let problems: [GraphProblem]

  init(problems: [GraphProblem]) {
    self.problems = problems
  }
}

extension TranslationError: CustomStringConvertible {
  /// One line for each problem.
  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}

/// One thing that makes a stream graph impossible, with the operators that it concerns.
package enum GraphProblem: Sendable, Equatable {
  /// The program has no operators.
  case noOperators
  /// Two operators carry the same number.
  case duplicateNode(id: Int, first: String, second: String)
  /// A stream begins or ends at an operator that is not in the graph.
  case unknownNode(id: Int, neighbour: String?)
  /// Two operators carry the same uid, so that their state could not be told apart.
  case duplicateUID(uid: String, first: String, second: String)
  /// Fewer than one subtask.
  case parallelismTooLow(operatorName: String, parallelism: Int)
  /// More subtasks than key groups.
  case parallelismAboveMaximum(operatorName: String, parallelism: Int, maximum: Int)
  /// More key groups than can be numbered.
  case maxParallelismOutOfRange(operatorName: String, maximum: Int)
  /// A forward stream between operators that run as different numbers of subtasks.
  case forwardChangesParallelism(
    upstream: String,
    upstreamParallelism: Int,
    downstream: String,
    downstreamParallelism: Int
  )
  /// A source that reads from another operator.
  case sourceWithInputs(operatorName: String, upstream: String)
  /// An operator that is no source and reads from none.
  case nothingToRead(operatorName: String)
  /// A sink that another operator reads from.
  case sinkWithOutputs(operatorName: String, downstream: String)
  /// A source that never ends in a job that is executed as batch.
  case unboundedSourceInBatch(operatorName: String)
  /// Operators that read from each other in a circle, each from the one before.
  case cycle(operatorNames: [String])

  /// The most key groups that a job can have.
  ///
  /// *Source:* Flink `UPPER_BOUND_MAX_PARALLELISM`.
  package static let highestMaxParallelism = 32768
}

extension GraphProblem: CustomStringConvertible {
  /// A sentence that names the operators; where Flink has one, it says the same.
  package var description: String {
    switch self {
    case .noOperators:
      return "No operators defined in streaming topology. Cannot execute."
    case .duplicateNode(let id, let first, let second):
      return "Operators '\(first)' and '\(second)' carry the same number \(id)."
    case .unknownNode(let id, let neighbour):
      let place = neighbour.map { "A stream of '\($0)'" } ?? "A stream"
      return "\(place) leads to operator \(id), which is not in the program."
    case .duplicateUID(let uid, let first, let second):
      return "Operators '\(first)' and '\(second)' carry the same uid '\(uid)': "
        + "their state could not be told apart."
    case .parallelismTooLow(let name, let parallelism):
      return "Operator '\(name)' has parallelism \(parallelism): it must be at least 1."
    case .parallelismAboveMaximum(let name, let parallelism, let maximum):
      return "Operator '\(name)' has parallelism \(parallelism), which is higher than its "
        + "maximum parallelism of \(maximum)."
    case .maxParallelismOutOfRange(let name, let maximum):
      return "Operator '\(name)' has maximum parallelism \(maximum): it must be from 1 to "
        + "\(Self.highestMaxParallelism)."
    case .forwardChangesParallelism(
      let upstream,
      let upstreamParallelism,
      let downstream,
      let downstreamParallelism
    ):
      return "Forward partitioning does not allow change of parallelism. "
        + "Upstream operation: '\(upstream)' parallelism: \(upstreamParallelism), "
        + "downstream operation: '\(downstream)' parallelism: \(downstreamParallelism). "
        + "You must use another partitioning strategy, such as broadcast, rebalance, shuffle or "
        + "global."
    case .sourceWithInputs(let name, let upstream):
      return "Source '\(name)' reads from '\(upstream)': a source has no inputs."
    case .nothingToRead(let name):
      return "Operator '\(name)' reads from no other operator and is not a source."
    case .sinkWithOutputs(let name, let downstream):
      return "Operator '\(downstream)' reads from sink '\(name)': a sink has no outputs."
    case .unboundedSourceInBatch(let name):
      return "Source '\(name)' is unbounded: a job that reads it cannot be executed in batch."
    case .cycle(let names):
      let circle = (names + names.prefix(1)).map { "'\($0)'" }.joined(separator: " -> ")
      return "The streams run in a circle: \(circle)."
    }
  }
}
