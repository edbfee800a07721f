import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

import Rendering

extension HandWrittenRun {
  /// A run with everything at work on one TaskManager for each lane.
  static func running(_ graph: JobGraph) -> HandWrittenRun {
    let parallelism = graph.vertices[0].parallelism
    let names = (1...parallelism).map { "tm-\($0)" }
    var run = HandWrittenRun(graph: graph, taskManagers: names.map { ($0, 1) })
    run.at(10)
    run.add(.jobState(run.job, from: .created, to: .running, reason: nil))
    run.tasks(.scheduled)
    for name in names { run.add(.slotAccepted(run.job, taskManager: name, slot: 0)) }
    run.tasks(.deploying, .initializing, .running, on: names)
    run.at(990)
    run.count(46)
    return run
  }

  /// Checkpoint 7 with the instants of a real run: a barrier between TaskManagers takes some
  /// 100 µs, one within a TaskManager next to nothing, and the second source is late.
  static func slowCheckpoint(
    graph: JobGraph = SampleGraphs.wordCount(),
    isComplete: Bool = true
  ) -> HandWrittenRun {
    var run = running(graph)
    let id = CheckpointID(7)
    let parallelism = graph.vertices[0].parallelism
    run.at(micros: 1_000_000)
    run.add(.checkpointTriggered(run.job, id))
    run.frame("the checkpoint begins")
    for index in 0..<parallelism {
      run.at(micros: 1_000_112 + Int64(index) * 90)
      let source = SubtaskID(vertex: 0, index: index)
      run.add(
        .sourceOffset(run.job, source, offset: 46 + 7 * index, checkpoint: id)
      )
      run.add(.snapshotTaken(run.job, id, subtask: source, entries: 1))
      guard isComplete else { continue }
      // What has arrived by now, in the order of its arrival.
      for producer in 0...index where index == producer { run.arrive(id, from: index, to: index) }
      if index == 0 {
        run.at(micros: 1_000_150)
        run.frame("source 1 has sent its barrier")
      }
    }
    guard isComplete else { return run }
    for producer in 0..<parallelism {
      for consumer in 0..<parallelism where consumer != producer {
        let order = Int64(producer * parallelism + consumer)
        run.at(micros: 1_000_112 + Int64(parallelism) * 90 + order * 11)
        run.arrive(id, from: producer, to: consumer)
      }
      if producer == parallelism / 2 - 1 || parallelism == 1 { run.frame("some channels are held") }
    }
    run.finishSlowCheckpoint(id, parallelism)
    return run
  }

  private mutating func finishSlowCheckpoint(_ id: CheckpointID, _ parallelism: Int) {
    at(micros: 1_002_100)
    for index in 0..<parallelism {
      let source = SubtaskID(vertex: 0, index: index)
      add(.checkpointAcknowledged(job, id, subtask: source, bytes: 75))
    }
    frame("every snapshot is taken")
    for index in 0..<parallelism {
      at(micros: 1_002_300 + Int64(index) * 26)
      let task = SubtaskID(vertex: 1, index: index)
      add(.checkpointAcknowledged(job, id, subtask: task, bytes: 6_955 - 209 * index))
      if index == 0 { frame("the first is saved") }
    }
    at(micros: 1_004_637)
    add(.checkpointCompleted(job, id, bytes: 13_852, duration: .microseconds(4_637)))
    frame("complete")
  }

  /// The barrier arrives; with the last one the snapshot is taken.
  private mutating func arrive(_ id: CheckpointID, from producer: Int, to consumer: Int) {
    let task = SubtaskID(vertex: 1, index: consumer)
    let count = graph.vertices[0].parallelism
    add(.barrierArrived(job, id, subtask: task, channel: producer, of: count))
    let lane = graph.vertices[0].parallelism + consumer
    guard picture.checkpoints.current?.parts[lane].arrivedCount == count else { return }
    add(.snapshotTaken(job, id, subtask: task, entries: 120 + 13 * consumer))
  }

  /// A checkpoint of which one barrier never arrives, because the job fails.
  static func abortedCheckpoint() -> RunPicture {
    var run = running(SampleGraphs.wordCount())
    let id = CheckpointID(3)
    run.at(micros: 1_000_000)
    run.add(.checkpointTriggered(run.job, id))
    run.at(micros: 1_000_112)
    let source = SubtaskID(vertex: 0, index: 0)
    run.add(.sourceOffset(run.job, source, offset: 40, checkpoint: id))
    run.add(.snapshotTaken(run.job, id, subtask: source, entries: 1))
    run.arrive(id, from: 0, to: 0)
    run.at(micros: 1_000_215)
    run.arrive(id, from: 0, to: 1)
    run.at(micros: 1_040_000)
    run.add(.checkpointAborted(run.job, id, reason: "tm-2 was lost"))
    return run.picture
  }

  /// A run of five minutes with a checkpoint in each second and a failure in the middle.
  static func longRun() -> HandWrittenRun {
    var run = running(SampleGraphs.wordCount())
    for second in 2...120 {
      run.at(Int64(second) * 1000)
      run.checkpoint(second - 1)
    }
    run.at(120_500)
    run.count(4_000)
    run.add(.kernel(.processKilled(name: "tm-1")))
    let failed = SubtaskID(vertex: 1, index: 1)
    run.at(120_530)
    run.add(
      .taskFailed(
        run.job,
        task: run.graph.taskName(of: failed),
        attempt: 0,
        error: .connectionLost(peer: "tm-1")
      )
    )
    run.task(failed, .failed)
    run.restart(1, after: 1_024, reason: "connection to tm-1 lost")
    for subtask in run.graph.subtasks where subtask != failed { run.task(subtask, .canceled) }
    run.at(243_912)
    run.add(
      .taskManagerLost(
        name: "tm-1",
        incarnation: 0,
        by: "resource-manager",
        reason: "no longer reachable"
      )
    )
    run.add(.kernel(.processStarted(name: "tm-1", incarnation: 2)))
    run.add(.taskManagerRegistered(name: "tm-1", slots: 1))
    run.redeploy(from: 119)
    run.tasks(.scheduled)
    run.tasks(.deploying, .initializing, .running, on: ["tm-1", "tm-2"])
    for second in 245...300 {
      run.at(Int64(second) * 1000 + 200)
      run.checkpoint(second - 120)
    }
    return run
  }
}
