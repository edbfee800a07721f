import JobGraphs
import StreamModel

/// What is written beside the pictures of graphs.
enum GraphPhrase: Phrase {
  case streamGraph(name: String, operators: Int)
  case jobGraph(name: String, vertices: Int, tasks: Int, slots: Int)
  case executionGraph(name: String, state: JobState, tasks: Int)
  case operatorHeading, vertexHeading, parallelismHeading, maxParallelismHeading, groupHeading
  case lane(SubtaskID, of: Int)
  case attempt(Int)
  case place(taskManager: String, slot: Int)
  case noPlace
  case meaning(ShipStrategy)
  case from(String)
  case channels(Int, DistributionPattern)

  var english: String {
    switch self {
    case .streamGraph(let name, let operators):
      "Stream graph of \(name): \(Wording.count(operators, "operator"))"
    case .jobGraph(let name, let vertices, let tasks, let slots):
      "Job graph of \(name): \(Wording.count(vertices, "vertex", "vertices")), "
        + "\(Wording.count(tasks, "task")), \(Wording.count(slots, "slot"))"
    case .executionGraph(let name, let state, let tasks):
      "Execution graph of \(name): job \(state.rawValue), \(Wording.count(tasks, "task"))"
    case .operatorHeading: "operator"
    case .vertexHeading: "vertex and its chain"
    case .parallelismHeading: "parallelism"
    case .maxParallelismHeading: "key groups"
    case .groupHeading: "slot sharing"
    case .lane(let subtask, let parallelism): "\(subtask.index + 1)/\(parallelism)"
    case .attempt(let attempt): "attempt \(attempt + 1)"
    case .place(let taskManager, let slot): "\(taskManager) slot \(slot)"
    case .noPlace: "no slot yet"
    case .meaning(let strategy): Self.meaning(of: strategy)
    case .from(let name): "from \(name)"
    case .channels(let count, .allToAll): "\(Wording.count(count, "channel")), all to all"
    case .channels(let count, .pointwise): Wording.count(count, "channel")
    }
  }

  private static func meaning(of strategy: ShipStrategy) -> String {
    switch strategy {
    case .forward: "each subtask to the one with its number"
    case .rebalance: "to all subtasks in turn"
    case .rescale: "to a few subtasks in turn"
    case .shuffle: "to a subtask drawn by chance"
    case .broadcast: "every record to every subtask"
    case .global: "everything to the first subtask"
    case .hash: "by the key: equal keys to the same subtask"
    }
  }
}
