import JobGraphs
import SimulationKernel
import StreamModel

/// The sentences of the text twin: what a picture shows, for those who cannot see it.
enum TwinPhrase: Phrase {
  case job(name: String, state: JobState, RunPhrase, at: VirtualInstant)
  case figures(restarts: Int, rows: Int, completed: Int, failed: Int)
  case vertex(name: String, lanes: Int, inputs: [(strategy: ShipStrategy, from: String)])
  case lane(LiveGraph.Lane, of: Int)
  case gauge(LaneGauge)
  case track(BarrierTrack)
  case taskManager(TaskManagerLight, isUsed: Bool)
  case checkpoint(RunPhrase)
  case news(VirtualInstant, NewsPhrase)
  case notSubmitted(name: String)

  var english: String {
    switch self {
    case .notSubmitted(let name): "Job \(name) was handed over and waits for the clock to run."
    case .job(let name, let state, let status, let instant):
      "After \(Quantity.moment(instant)) job \(name) is \(state.rawValue): \(status.english)."
    case .figures(let restarts, let rows, let completed, let failed):
      "\(Wording.count(restarts, "restart")), \(Wording.count(rows, "row")) committed, "
        + "\(Wording.count(completed, "checkpoint")) completed, \(failed) failed."
    case .vertex(let name, let lanes, let inputs): Self.vertex(name, lanes, inputs)
    case .lane(let lane, let parallelism): Self.lane(lane, parallelism)
    case .gauge(let gauge): Self.gauge(gauge)
    case .track(let track): Self.track(track)
    case .taskManager(let taskManager, let isUsed): Self.taskManager(taskManager, isUsed)
    case .checkpoint(let phrase): Wording.sentence(phrase.english)
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

  private static func lane(_ lane: LiveGraph.Lane, _ parallelism: Int) -> String {
    let place =
      lane.place.map { place in
        " on \(place.taskManager)" + (place.slot.map { " slot \($0)" } ?? "")
          + (place.isGone ? ", which is dead" : "")
      } ?? ""
    let recordsIn =
      lane.offset.map { "has read up to offset \(Quantity.grouped($0))" }
      ?? "records in \(Quantity.grouped(lane.recordsIn))"
    return "Lane \(lane.index + 1) of \(parallelism) is \(lane.state.rawValue)\(place), "
      + "\(recordsIn), out \(Quantity.grouped(lane.recordsOut))."
  }

  private static func gauge(_ gauge: LaneGauge) -> String {
    switch gauge {
    case .idle: ""
    case .untouched(let id): "Barrier \(id) has not reached it."
    case .waiting(let id, let arrived, let count):
      "Barrier \(id) arrived on \(arrived) of \(Wording.count(count, "channel")); "
        + "it waits for the others."
    case .taken(let id, let entries):
      "Its snapshot for checkpoint \(id) is taken: \(Wording.count(entries, "entry", "entries"))."
    case .saved(let id, let entries):
      "Its snapshot for checkpoint \(id) is saved: \(Wording.count(entries, "entry", "entries"))."
    case .toRestore(let id): "Its state will come back from checkpoint \(id)."
    case .restoring(let id): "Its state comes back from checkpoint \(id)."
    case .restored(let id): "Its state is back from checkpoint \(id)."
    case .readsAgain(let id, let offset):
      "Its state is back from checkpoint \(id); "
        + "it reads again what it had read up to offset \(Quantity.grouped(offset))."
    }
  }

  private static func track(_ track: BarrierTrack) -> String {
    let channel = "From lane \(track.producer + 1) to lane \(track.consumer + 1) the barrier"
    return switch track.place {
    case .absent: "\(channel) has not been sent."
    case .travelling(let thousandths): "\(channel) has come \(thousandths / 10)% of the way."
    case .held: "\(channel) has arrived; what follows it is held."
    case .arrived: "\(channel) has arrived."
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
}
