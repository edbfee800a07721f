import Checkpointing
import ClusterClient
import ClusterProtocol
import JobGraphs
import JobMaster
import ResourceManager
import SimulationKernel
import StreamModel
import Testing

@Suite("The life of a job")
struct JobLifecycleTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func finishesOnlyAfterACheckpointBehindTheEnd(seed: UInt64) {
    let cluster = TestCluster(seed: seed, taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .milliseconds(3300))
    let ended = cluster.simulation.now
    for taskManager in cluster.taskManagers { cluster.endInput(of: taskManager) }
    cluster.runUntil { cluster.client.jobs.first?.outcome != nil }
    #expect(cluster.client.jobs.first?.outcome == .finished, "seed \(seed)")
    #expect(cluster.jobMaster?.execution.areAllFinished == true)
    #expect(cluster.completed(after: ended).isEmpty == false)
    #expect(cluster.jobMaster?.restarts == 0)
    cluster.run(for: .seconds(1))
    #expect(cluster.resourceManager.slotTable.freeSlotCount == 2)
    #expect(cluster.resourceManager.requirements.isEmpty)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func checkpointsGoOnWhenOneSourceHasFinished(seed: UInt64) {
    let cluster = TestCluster(seed: seed, taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .milliseconds(3300))
    cluster.endInput(of: cluster.taskManagers[0])
    cluster.run(for: .seconds(4))
    #expect(cluster.jobMaster?.execution[SubtaskID(vertex: 0, index: 0)].state == .finished)
    #expect(cluster.jobMaster?.state == .running)
    let latest = cluster.jobMaster?.checkpoints.latest
    #expect(latest?.handles.map(\.isFinished) == [true, false, false, false], "seed \(seed)")
    // What has finished stays so when the job is restored.
    cluster.tellJobMaster(.failTask(SubtaskID(vertex: 0, index: 1)))
    cluster.run(for: .seconds(5))
    #expect(cluster.jobMaster?.restarts == 1)
    #expect(cluster.jobMaster?.execution[SubtaskID(vertex: 0, index: 0)].state == .finished)
    #expect(cluster.jobMaster?.checkpoints.latest.map { $0.id } != latest?.id)
    cluster.endInput(of: cluster.taskManagers[1])
    cluster.runUntil { cluster.client.jobs.first?.outcome != nil }
    #expect(cluster.client.jobs.first?.outcome == .finished)
  }

  @Test
  func isCanceledWhenAskedTo() {
    let cluster = TestCluster(taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(3))
    cluster.cancel()
    cluster.run(for: .seconds(1))
    #expect(cluster.client.jobs.first?.outcome == .canceled)
    #expect(cluster.client.jobs.first?.error == nil)
    #expect(cluster.resourceManager.slotTable.freeSlotCount == 2)
  }

  @Test
  func isCanceledWhileItWaitsForItsBackoff() {
    let cluster = TestCluster(taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(3))
    cluster.tellJobMaster(.failTask(SubtaskID(vertex: 1, index: 0)))
    cluster.run(for: .milliseconds(500))
    #expect(cluster.jobMaster?.state == .restarting)
    cluster.cancel()
    cluster.run(for: .milliseconds(100))
    #expect(cluster.client.jobs.first?.outcome == .canceled)
    cluster.run(for: .seconds(5))
    #expect(cluster.jobMaster?.state == .canceled)
  }

  @Test
  func tooFewSlotsFailAJobThatNeverRan() {
    let cluster = TestCluster(taskManagers: 1)
    let submitted = cluster.simulation.now
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .milliseconds(3000))
    let failures = cluster.failures(after: submitted)
    #expect(failures.first?.error == .noResourceAvailable(needed: 2, available: 1))
    #expect((failures.first?.time).map { (800...1400).contains($0) } == true)
    // The next attempt fails soon after it is made.
    let running = cluster.times(of: .running, after: submitted)
    #expect(failures.count == 2)
    #expect(running.count == 2)
    #expect((failures.last?.time).map { (40...160).contains($0 - (running.last ?? 0)) } == true)
    cluster.startTaskManager("tm-2")
    cluster.run(for: .seconds(5))
    #expect(cluster.jobMaster?.execution.areAllRunning == true)
  }

  @Test
  func tooFewSlotsWithoutCheckpointsEndTheJob() {
    let cluster = TestCluster(taskManagers: 1)
    cluster.submit(TestGraph.wordCount(checkpoints: nil))
    cluster.run(for: .seconds(2))
    #expect(cluster.client.jobs.first?.outcome == .failed)
  }

  @Test
  func declinedCheckpointsFailTheJobOver() {
    let cluster = TestCluster(taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(3))
    let origin = cluster.simulation.now
    cluster.taskManagers[0].manner = .decline
    cluster.runUntil { cluster.jobMaster?.restarts == 1 }
    cluster.taskManagers[0].manner = .acknowledge
    #expect(cluster.aborted(after: origin).first?.reason.contains("declined") == true)
    cluster.run(for: .seconds(5))
    #expect(cluster.jobMaster?.execution.areAllRunning == true)
    #expect(cluster.jobMaster?.restarts == 1)
  }

  @Test
  func aCheckpointThatTakesTooLongExpires() {
    let cluster = TestCluster(taskManagers: 2)
    var graph = TestGraph.wordCount()
    graph.settings.checkpoints?.timeout = .minutes(1)
    cluster.submit(graph)
    cluster.run(for: .seconds(3))
    let origin = cluster.simulation.now
    cluster.taskManagers[1].manner = .keepSilent
    cluster.run(for: .seconds(62))
    #expect(
      cluster.aborted(after: origin).first?.reason == "Checkpoint expired before completing."
    )
    #expect(cluster.jobMaster?.restarts == 1)
  }

  @Test
  func storageThatFailsFailsTheCheckpoint() {
    let cluster = TestCluster(taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(3))
    let before = cluster.jobMaster?.checkpoints.latest?.id
    let origin = cluster.simulation.now
    cluster.simulation.setStorageFailing(true)
    cluster.runUntil { cluster.jobMaster?.restarts == 1 }
    cluster.simulation.setStorageFailing(false)
    #expect(cluster.aborted(after: origin).first?.reason.contains("finalize") == true)
    cluster.runUntil { cluster.restored(after: origin).isEmpty == false }
    #expect(cluster.restored(after: origin) == [before?.number])
  }

  @Test
  func onlyTheLatestCheckpointIsKeptInStorage() throws {
    let cluster = TestCluster(taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .milliseconds(6500))
    let latest = try #require(cluster.jobMaster?.checkpoints.latest)
    let stored = try cluster.simulation.storage.list("checkpoints/")
    #expect(stored == [latest.metadataPath])
  }
}
