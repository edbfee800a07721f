import JobGraphs
import SimulationKernel
import StreamModel

/// The sentences of the text twin: what a picture shows, for those who cannot see it.
enum TwinPhrase: Phrase {
  case job(name: String, state: JobState, RunPhrase, at: VirtualInstant)
  case figures(restarts: Int, rows: Int, completed: Int, failed: Int)
  case vertex(name: String, lanes: Int, inputs: [(strategy: ShipStrategy, from: String)])
  case lane(TaskLane, of: Int, isOnDead: Bool)
  case barrier(CheckpointID, CheckpointTrail.Stage, arrived: Int, of: Int)
  case taskManager(TaskManagerLight, isUsed: Bool)
  case checkpoint(RunPhrase)
  case news(VirtualInstant, NewsPhrase)
  case notSubmitted(name: String)

  var english: String {
    switch self {
    case .notSubmitted(let name): "Job \(name) is not submitted yet."
    case .job(let name, let state, let status, let instant):
      "After \(Quantity.moment(instant)) job \(name) is \(state.rawValue): \(status.english)."
    case .figures(let restarts, let rows, let completed, let failed):
      "\(Wording.count(restarts, "restart")), \(Wording.count(rows, "row")) committed, "
        + "\(Wording.count(completed, "checkpoint")) completed, \(failed) failed."
    case .vertex(let name, let lanes, let inputs): Self.vertex(name, lanes, inputs)
    case .lane(let lane, let parallelism, let isOnDead): Self.lane(lane, parallelism, isOnDead)
    case .barrier(let id, let stage, let arrived, let count):
      Self.barrier(id, stage, arrived: arrived, of: count)
    case .taskManager(let taskManager, let isUsed): Self.taskManager(taskManager, isUsed)
    case .checkpoint(let phrase): Self.sentence(phrase.english)
    case .news(let instant, let phrase): "At \(Quantity.moment(instant)) \(phrase.english)."
    }
  }

  private static func vertex(
    _ name: String,
    _ lanes: Int,
    _ inputs: [(strategy: ShipStrategy, from: String)]
  ) -> String {
    let sources = inputs.map { "from \($0.from) by \($0.strategy.rawValue)" }
    return "\(name) has \(Wording.count(lanes, "lane"))"
      + (sources.isEmpty ? "." : " and reads \(Wording.list(sources)).")
  }

  private static func lane(_ lane: TaskLane, _ parallelism: Int, _ isOnDead: Bool) -> String {
    let place =
      lane.taskManager.map { " on \($0)" + (isOnDead ? ", which is dead" : "") } ?? ""
    let recordsIn =
      lane.sourceOffset.map { "has read up to offset \(Quantity.grouped($0))" }
      ?? "records in \(Quantity.grouped(lane.recordsIn))"
    return "Lane \(lane.id.index + 1) of \(parallelism) is \(lane.state.rawValue)\(place), "
      + "\(recordsIn), out \(Quantity.grouped(lane.recordsOut))."
  }

  private static func barrier(
    _ id: CheckpointID,
    _ stage: CheckpointTrail.Stage,
    arrived: Int,
    of count: Int
  ) -> String {
    switch stage {
    case .untouched: "Barrier \(id) has not reached it."
    case .reached: "Barrier \(id) arrived on \(arrived) of \(Wording.count(count, "channel"))."
    case .taken: "Its snapshot for checkpoint \(id) is taken."
    case .saved: "Its snapshot for checkpoint \(id) is saved."
    }
  }

  private static func taskManager(_ taskManager: TaskManagerLight, _ isUsed: Bool) -> String {
    let slots = "\(taskManager.slotsHeld.count) of \(Wording.count(taskManager.slots, "slot"))"
    return switch taskManager.condition {
    case .alive where isUsed: "\(taskManager.name) runs tasks; the job holds \(slots)."
    case .alive: "\(taskManager.name) runs no task; the job holds \(slots)."
    case .paused: "\(taskManager.name) is paused; the job holds \(slots)."
    case .dead: "\(taskManager.name) is dead; the job still holds \(slots)."
    case .lost: "\(taskManager.name) is lost."
    }
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
