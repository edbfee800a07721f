import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

import Rendering

/// A run written by hand: entries as a cluster would make them, and pictures taken on the way.
struct HandWrittenRun {
  let job = JobID(seed: 1, submission: 1)
  let graph: JobGraph
  private(set) var picture: RunPicture
  private(set) var frames: [(title: String, picture: RunPicture)] = []
  private var now = VirtualInstant.zero
  private var attempt = 0

  init(graph: JobGraph, taskManagers: [(name: String, slots: Int)]) {
    self.graph = graph
    picture = RunPicture(graph: graph)
    for taskManager in taskManagers {
      add(.taskManagerRegistered(name: taskManager.name, slots: taskManager.slots))
    }
    add(.jobSubmitted(job, name: graph.name))
    add(.jobState(job, from: .initializing, to: .created, reason: nil))
  }

  mutating func at(_ milliseconds: Int64) {
    now = .zero + .milliseconds(milliseconds)
  }

  mutating func at(micros: Int64) {
    now = .zero + .microseconds(micros)
  }

  mutating func add(_ entry: JournalEntry) {
    picture.apply(entry, at: now)
  }

  mutating func update(_ metrics: RunMetrics) {
    picture.update(metrics, at: now)
  }

  mutating func frame(_ title: String) {
    picture.update(RunMetrics(), at: now)
    frames.append((title, picture))
  }

  /// Every task goes through these states, subtask i on the ith of the TaskManagers.
  mutating func tasks(_ states: ExecutionState..., on taskManagers: [String] = []) {
    for state in states {
      for subtask in graph.subtasks {
        let place = taskManagers.isEmpty ? nil : taskManagers[subtask.index % taskManagers.count]
        task(subtask, state, on: place)
      }
    }
  }

  mutating func task(_ subtask: SubtaskID, _ state: ExecutionState, on taskManager: String? = nil) {
    let lane = picture.lanes.first { $0.id == subtask }
    add(
      .taskState(
        TaskStateChange(
          job: job,
          subtask: subtask,
          task: graph.taskName(of: subtask),
          attempt: attempt,
          from: lane?.state ?? .created,
          to: state,
          taskManager: taskManager
        )
      )
    )
  }

  mutating func restart(_ restart: Int, after delay: Int64, reason: String) {
    add(.jobState(job, from: .running, to: .restarting, reason: reason))
    add(.restartScheduled(job, restart: restart, delay: .milliseconds(delay)))
  }

  mutating func redeploy(from checkpoint: Int) {
    attempt += 1
    add(.jobState(job, from: .restarting, to: .running, reason: nil))
    add(.restoring(job, CheckpointID(checkpoint)))
  }

  mutating func checkpoint(_ number: Int, bytes: Int = 1234) {
    let id = CheckpointID(number)
    add(.checkpointTriggered(job, id))
    for subtask in graph.subtasks {
      add(.snapshotTaken(job, id, subtask: subtask, entries: 10))
      add(.checkpointAcknowledged(job, id, subtask: subtask, bytes: bytes / 4))
    }
    add(.checkpointCompleted(job, id, bytes: bytes, duration: .milliseconds(41)))
  }

  /// Numbers that grow with the offset of the sources.
  mutating func count(_ offset: Int) {
    let subtasks = graph.subtasks.map { subtask in
      let isSource = graph.vertices[subtask.vertex].isSource
      let read = offset + 7 * subtask.index
      return RunMetrics.Subtask(
        id: subtask,
        recordsIn: isSource ? read : read * 9,
        recordsOut: read * 9
      )
    }
    picture.update(RunMetrics(subtasks: subtasks), at: now)
  }
}

extension HandWrittenRun {
  /// A word count that loses tm-1 and finds its way to the spare, as Flink's run 1 did.
  static func lossOfATaskManager(graph: JobGraph = SampleGraphs.wordCount()) -> HandWrittenRun {
    var run = HandWrittenRun(
      graph: graph,
      taskManagers: [("tm-1", 1), ("tm-2", 1), ("tm-3", 1)]
    )
    run.frame("submitted")
    run.start()
    run.checkpoints()
    run.kill()
    run.futileRedeployments()
    run.recover()
    run.finish()
    return run
  }

  private mutating func start() {
    at(10)
    add(.jobState(job, from: .created, to: .running, reason: nil))
    tasks(.scheduled)
    add(.slotsRequested(job, count: 2))
    at(210)
    add(.slotAccepted(job, taskManager: "tm-1", slot: 0))
    add(.slotAccepted(job, taskManager: "tm-2", slot: 0))
    tasks(.deploying, on: ["tm-1", "tm-2"])
    frame("deploying")
    at(300)
    tasks(.initializing, .running)
  }

  private mutating func checkpoints() {
    at(1_300)
    count(26)
    checkpoint(1)
    at(2_000)
    count(40)
    frame("running")
    at(2_300)
    count(46)
    let id = CheckpointID(2)
    add(.checkpointTriggered(job, id))
    add(.sourceOffset(job, SubtaskID(vertex: 0, index: 0), offset: 46, checkpoint: id))
    add(.snapshotTaken(job, id, subtask: SubtaskID(vertex: 0, index: 0), entries: 1))
    at(2_301)
    add(.barrierArrived(job, id, subtask: SubtaskID(vertex: 1, index: 0), channel: 0, of: 2))
    frame("the barrier of source 1 has reached count 1")
    add(.sourceOffset(job, SubtaskID(vertex: 0, index: 1), offset: 53, checkpoint: id))
    add(.snapshotTaken(job, id, subtask: SubtaskID(vertex: 0, index: 1), entries: 1))
    add(.checkpointAcknowledged(job, id, subtask: SubtaskID(vertex: 0, index: 0), bytes: 8))
    add(.barrierArrived(job, id, subtask: SubtaskID(vertex: 1, index: 0), channel: 1, of: 2))
    add(.barrierArrived(job, id, subtask: SubtaskID(vertex: 1, index: 1), channel: 1, of: 2))
    add(.snapshotTaken(job, id, subtask: SubtaskID(vertex: 1, index: 0), entries: 120))
    frame("count 1 has taken its snapshot, count 2 waits for one channel")
    at(2_341)
    for (vertex, index) in [(0, 1), (1, 0), (1, 1)] {
      add(
        .checkpointAcknowledged(
          job,
          id,
          subtask: SubtaskID(vertex: vertex, index: index),
          bytes: 600
        )
      )
    }
    add(.checkpointCompleted(job, id, bytes: 1_808, duration: .milliseconds(41)))
    add(
      .rowsCommitted(
        job,
        sink: "words",
        path: "words/2",
        rows: 1_204,
        subtask: SubtaskID(vertex: 1, index: 0)
      )
    )
  }

  private mutating func kill() {
    at(3_000)
    count(60)
    add(.kernel(.processKilled(name: "tm-1")))
    frame("tm-1 is dead, and nobody knows")
    at(3_030)
    let failed = SubtaskID(vertex: 1, index: 1)
    add(
      .taskFailed(
        job,
        task: graph.taskName(of: failed),
        attempt: 0,
        error: .connectionLost(peer: "tm-1")
      )
    )
    task(failed, .failed)
    at(3_056)
    restart(1, after: 1_024, reason: "connection to tm-1 lost")
    frame("the job is being taken down")
    for subtask in graph.subtasks where subtask != failed { task(subtask, .canceled) }
  }

  private mutating func futileRedeployments() {
    for (number, moment) in [4_080, 5_520, 7_790, 11_260].enumerated() {
      at(Int64(moment))
      redeploy(from: 2)
      tasks(.scheduled)
      tasks(.deploying, on: ["tm-1", "tm-2"])
      if number == 1 { frame("redeployed onto the dead TaskManager") }
      at(Int64(moment) + 20)
      let failed = SubtaskID(vertex: 0, index: 0)
      add(
        .taskFailed(
          job,
          task: graph.taskName(of: failed),
          attempt: attempt,
          error: .recipientUnreachable(recipient: "tm-1", message: "submitTask")
        )
      )
      task(failed, .failed)
      restart(
        number + 2,
        after: [1_420, 2_250, 3_450, 4_790][number],
        reason: "tm-1 is unreachable"
      )
      for subtask in graph.subtasks where subtask != failed { task(subtask, .canceled) }
    }
    at(13_000)
    frame("waiting, with tm-1 still counted on")
    at(13_900)
    add(
      .taskManagerLost(
        name: "tm-1",
        incarnation: 0,
        by: "resource-manager",
        reason: "no longer reachable"
      )
    )
    add(.slotReleased(job, taskManager: "tm-1", slot: 0))
    frame("tm-1 is declared lost")
  }

  private mutating func recover() {
    at(16_070)
    redeploy(from: 2)
    tasks(.scheduled)
    add(.slotAccepted(job, taskManager: "tm-3", slot: 0))
    tasks(.deploying, on: ["tm-3", "tm-2"])
    at(16_300)
    tasks(.initializing)
    add(.sourceOffset(job, SubtaskID(vertex: 0, index: 0), offset: 46, checkpoint: nil))
    add(.sourceOffset(job, SubtaskID(vertex: 0, index: 1), offset: 53, checkpoint: nil))
    frame("restoring on the spare")
    at(16_490)
    tasks(.running)
    frame("every task runs again")
    at(16_700)
    count(50)
    frame("reading again what was read before")
    at(17_300)
    count(62)
    checkpoint(3)
    at(17_500)
    frame("after the first checkpoint")
  }

  private mutating func finish() {
    at(20_000)
    count(118)
    checkpoint(4)
    at(20_400)
    add(
      .rowsCommitted(
        job,
        sink: "words",
        path: "words/4",
        rows: 1_112,
        subtask: SubtaskID(vertex: 1, index: 0)
      )
    )
    tasks(.finished)
    add(.jobState(job, from: .running, to: .finished, reason: nil))
    frame("finished")
  }
}
