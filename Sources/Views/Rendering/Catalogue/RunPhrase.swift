import JobGraphs
import SimulationKernel
import StreamModel

/// What is written in the live picture of a run.
enum RunPhrase: Phrase {
  // Headings.
  case laneHeading, stateHeading, placeHeading, recordsInHeading, recordsOutHeading
  case inHeading, outHeading, barrierHeading
  case lanes(Int), laneCount(Int, of: Int), offset(Int, columns: Int)
  case place(name: String, slot: Int), shortPlace(name: String, slot: Int)
  case virtualTime(VirtualInstant), shortTime(VirtualInstant)
  case figures(restarts: Int, rows: Int), shortFigures(restarts: Int, rows: Int)
  // What the job does, in a sentence.
  case notSubmitted, everyTaskRuns, restartsAt(VirtualInstant), endedBecause(String)
  case everyTaskFinished, canceled, beingTakenDown
  case waitsForSlots(needed: Int, available: Int)
  case tasksNotRunning([(state: ExecutionState, count: Int)])
  case deadAndUnnoticed([String])
  // TaskManagers.
  case taskManagers, dead, lost, paused, spare, none, more(Int)
  // The barrier on its way.
  case edgeBarrier(CheckpointID, underWay: Int, arrived: Int, of: Int)
  case shortEdgeBarrier(CheckpointID, arrived: Int, of: Int)
  case tracks(TrackLayout.Pooling, Int), countOf(Int, of: Int), held, everyConsumer, everyChannel
  // Checkpoints.
  case checkpointsOff, checkpointUnderWay(CheckpointTrail, tasks: Int), noCheckpointUnderWay
  case checkpointCounts(completed: Int, failed: Int)
  case shortCheckpointCounts(completed: Int, failed: Int)
  case recoveryStartsFrom(CheckpointLedger.Completed), recoveryStartsAfresh, recoveryImpossible
  case nothingToRecover
  // Batch.
  case inBatch, stages, recoveryByStage

  var english: String {
    switch self {
    case .laneHeading: "lane"
    case .stateHeading: "state"
    case .placeHeading: "on"
    case .recordsInHeading: "records in"
    case .recordsOutHeading: "records out"
    case .inHeading: "in"
    case .outHeading: "out"
    case .barrierHeading: "checkpoint"
    case .lanes(let count): Wording.count(count, "lane")
    case .laneCount(let count, let total): "\(count) of \(Wording.count(total, "lane"))"
    case .offset(let offset, let columns): "at \(Quantity.fitted(offset, columns: columns - 3))"
    case .place(let name, let slot): "\(name) slot \(slot)"
    case .shortPlace(let name, let slot): "\(name)/\(slot)"
    case .virtualTime(let now): "virtual time \(Quantity.moment(now))"
    case .shortTime(let now): Quantity.moment(now)
    case .figures(let restarts, let rows):
      "restarts \(Quantity.grouped(restarts))   rows committed \(Quantity.grouped(rows))"
    case .shortFigures(let restarts, let rows):
      "restarts \(Quantity.grouped(restarts))  rows \(Quantity.grouped(rows))"
    case .notSubmitted: "handed over, waits for the clock to run"
    case .everyTaskRuns: "every task is running"
    case .everyTaskFinished: "every task has finished"
    case .canceled: "a user ended the job"
    case .beingTakenDown: "the tasks are being stopped"
    case .restartsAt(let instant): "waits, deployed anew at \(Quantity.moment(instant))"
    case .endedBecause(let reason): reason
    case .waitsForSlots(let needed, let available):
      "needs \(Wording.count(needed, "slot")), \(available) there"
    case .tasksNotRunning(let counts):
      "its tasks: " + counts.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
    case .deadAndUnnoticed(let names):
      "\(Wording.list(names)) died, unnoticed so far"
    case .taskManagers: "TaskManagers"
    case .dead: "dead"
    case .lost: "lost"
    case .paused: "paused"
    case .spare: "spare"
    case .none: "none"
    case .more(let count): "and \(count) more"
    case .edgeBarrier(let id, let underWay, let arrived, let count):
      "barrier \(id): \(underWay) on the way, \(arrived) of \(count) arrived"
    case .shortEdgeBarrier(let id, let arrived, let count): "\(id) on \(arrived) of \(count)"
    case .tracks(.none, 1): "1 channel from lane to lane"
    case .tracks(.none, let count): "\(count) channels from lane to lane"
    case .tracks(.byProducer, let count):
      "\(count) channels, one track a producer"
    case .tracks(.all, let count): "\(count) channels on one track"
    case .countOf(let arrived, let count): "\(arrived) of \(count)"
    case .held: "held"
    case .everyConsumer: "all"
    case .everyChannel: "all lanes"
    case .checkpointsOff: "checkpoints are off"
    case .checkpointUnderWay(let trail, let tasks):
      "checkpoint \(trail.id): taken \(trail.count(atLeast: .taken)) of \(tasks), "
        + "saved \(trail.count(atLeast: .saved))"
    case .noCheckpointUnderWay: "no checkpoint under way"
    case .checkpointCounts(let completed, let failed): "completed \(completed)   failed \(failed)"
    case .shortCheckpointCounts(let completed, let failed): "done \(completed)  failed \(failed)"
    case .nothingToRecover: "the job is over: nothing is left to recover"
    case .recoveryStartsFrom(let latest):
      "recovery starts from checkpoint \(latest.id), completed at \(Quantity.moment(latest.at))"
    case .recoveryStartsAfresh: "recovery starts from the beginning: none is complete"
    case .inBatch: "in batch"
    case .stages: "no checkpoints: one stage after the other, each keeps its results for the next"
    case .recoveryByStage: "a failure repeats the tasks that fail, and those whose results are lost"
    case .recoveryImpossible: "a failure would lose all that was done"
    }
  }
}
