import Checkpointing
import ClusterClient
import ClusterProtocol
import JobGraphs
import JobMaster
import ResourceManager
import SimulationKernel
import StreamModel
import Testing

@Suite("TaskManagers that cannot be reached")
struct UnreachableTaskManagerTests {
  /// All tasks on one TaskManager: nobody feels its death but the heartbeats.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func theDeathOfTheOnlyOneIsNoticedByHeartbeats(seed: UInt64) {
    let cluster = TestCluster(seed: seed, taskManagers: 2, slots: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(7))
    let latest = cluster.jobMaster?.checkpoints.latest?.id.number ?? 0
    cluster.kill("tm-1")
    let killed = cluster.simulation.now
    cluster.run(for: .seconds(25))
    let lost = cluster.timesOfLoss(after: killed).first ?? 0
    #expect((10_000...20_100).contains(lost), "seed \(seed): \(lost)")
    #expect(cluster.times(of: .restarting, after: killed).count == 1)
    #expect(cluster.failures(after: killed).first?.error == .taskManagerUnreachable(name: "tm-1"))
    #expect(cluster.restored(after: killed) == [latest])
    // Each trigger that found nobody took a number and did not fail the job.
    let aborted = cluster.aborted(after: killed)
    #expect(aborted.allSatisfy { $0.reason == "Trigger checkpoint failure." })
    #expect(aborted.map(\.number) == Array((latest + 1)...(latest + aborted.count)))
    #expect((9...21).contains(aborted.count))
    #expect(cluster.completed(after: killed).first == latest + aborted.count + 1)
  }

  @Test
  func aFrozenTaskManagerTimesOutAndMayComeBack() {
    var options = ClusterOptions()
    options.heartbeatInterval = .seconds(2)
    options.heartbeatTimeout = .seconds(8)
    let cluster = TestCluster(taskManagers: 2, slots: 2, options: options)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(5))
    cluster.pause("tm-1", for: .seconds(20))
    let paused = cluster.simulation.now
    cluster.run(for: .seconds(12))
    let lost = cluster.timesOfLoss(after: paused).first ?? 0
    #expect((6000...8100).contains(lost), "\(lost)")
    #expect(cluster.failures(after: paused).first?.error == .heartbeatTimeout(name: "tm-1"))
    #expect(cluster.jobMaster?.execution.areAllRunning == true)
    cluster.run(for: .seconds(15))
    #expect(cluster.resourceManager.slotTable.taskManagers.map(\.name) == ["tm-1", "tm-2"])
    #expect(cluster.resourceManager.slotTable.freeSlotCount == 2)
    #expect(cluster.jobMaster?.restarts == 1)
  }

  @Test
  func aTaskManagerThatComesBackUnderItsNameReplacesTheOldOne() {
    let cluster = TestCluster(taskManagers: 2)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(5))
    cluster.kill("tm-2")
    let killed = cluster.simulation.now
    cluster.run(for: .milliseconds(500))
    cluster.startTaskManager("tm-2")
    cluster.run(for: .seconds(5))
    #expect(cluster.timesOfLoss(after: killed).first.map { $0 < 1000 } == true)
    #expect(cluster.jobMaster?.execution.areAllRunning == true)
    #expect(cluster.jobMaster?.restarts == 1)
  }

  @Test
  func nothingRestartsWhenTheSpareIsLost() {
    let cluster = TestCluster(taskManagers: 3)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(5))
    cluster.kill("tm-3")
    let killed = cluster.simulation.now
    cluster.run(for: .seconds(30))
    #expect(cluster.timesOfLoss(after: killed).isEmpty == false)
    #expect(cluster.jobMaster?.restarts == 0)
    #expect(cluster.resourceManager.slotTable.taskManagers.count == 2)
  }
}
