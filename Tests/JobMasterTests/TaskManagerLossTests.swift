import ClusterClient
import ClusterProtocol
import JobGraphs
import JobMaster
import ResourceManager
import SimulationKernel
import StreamModel
import Testing

/// The timelines recorded from Flink 2.3.0 when a TaskManager is lost, each within a fifth.
@Suite("Losing a TaskManager")
struct TaskManagerLossTests {
  /// The ranges of the recorded runs, in milliseconds after the kill.
  private static let redeployments: [ClosedRange<Int64>] = [
    1070...1100, 2500...2700, 4770...5120, 7920...8840, 12630...13860,
  ]

  private func expect(
    _ time: Int64?,
    in range: ClosedRange<Int64>,
    seed: UInt64,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let widened = (range.lowerBound * 4 / 5)...(range.upperBound * 6 / 5)
    #expect(
      time.map { widened.contains($0) } == true,
      "seed \(seed): \(time ?? -1) ms is not in \(widened)",
      sourceLocation: location
    )
  }

  private func lossOfOne(
    seed: UInt64,
    taskManagers: Int,
    checkpoints: VirtualDuration? = .seconds(1),
    killedAfter: VirtualDuration = .milliseconds(9000)
  ) -> (cluster: TestCluster, killed: VirtualInstant) {
    let cluster = TestCluster(seed: seed, taskManagers: taskManagers)
    cluster.submit(TestGraph.wordCount(checkpoints: checkpoints))
    cluster.run(for: killedAfter)
    cluster.kill("tm-2")
    return (cluster, cluster.simulation.now)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aSpareTakesOverOnceTheLossIsNoticed(seed: UInt64) {
    let (cluster, killed) = lossOfOne(seed: seed, taskManagers: 3)
    cluster.run(for: .seconds(30))
    let restarting = cluster.times(of: .restarting, after: killed)
    let running = cluster.times(of: .running, after: killed)
    expect(restarting.first, in: 56...81, seed: seed)
    for (time, range) in zip(running, Self.redeployments) { expect(time, in: range, seed: seed) }
    // Each redeployment before the detection goes to the dead TaskManager and fails soon.
    for (again, failed) in zip(running, restarting.dropFirst()) {
      expect(failed - again, in: 9...37, seed: seed)
    }
    let lost = cluster.timesOfLoss(after: killed)
    let last = running.last ?? 0
    #expect(lost.first.map { $0 < last && $0 > 1000 } == true, "seed \(seed): \(lost), \(last)")
    expect(
      (cluster.timesOfAllRunning(after: killed).last ?? 0) - last,
      in: 370...510,
      seed: seed
    )
    #expect(restarting.count == running.count)
    #expect(cluster.jobMaster?.restarts == running.count)
    #expect(Set(cluster.restored(after: killed)).count == 1)
    #expect(cluster.completed(after: killed).count >= 5, "seed \(seed)")
    #expect(cluster.jobMaster?.execution.areAllRunning == true)
  }

  @Test
  func theSurvivorsFailureIsTheRoot() {
    let (cluster, killed) = lossOfOne(seed: 3, taskManagers: 3)
    cluster.run(for: .seconds(2))
    let errors = cluster.failures(after: killed).map(\.error)
    #expect(errors.first == .connectionLost(peer: "tm-2"))
    #expect(
      errors.dropFirst().first
        == .recipientUnreachable(
          recipient: "tm-2",
          message: "submitTask"
        )
    )
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func withoutASpareTheJobWaitsForATaskManager(seed: UInt64) {
    let (cluster, killed) = lossOfOne(seed: seed, taskManagers: 2)
    cluster.run(for: .seconds(60))
    #expect(cluster.jobMaster?.state == .running)
    #expect(cluster.jobMaster?.execution.subtasks(in: .scheduled).count == 4, "seed \(seed)")
    let failures = cluster.failures(after: killed).count
    let restarts = cluster.jobMaster?.restarts
    cluster.startTaskManager("tm-3")
    cluster.run(for: .seconds(5))
    expect(
      cluster.timesOfAllRunning(after: killed).last.map { $0 - 60_000 },
      in: 300...420,
      seed: seed
    )
    #expect(cluster.failures(after: killed).count == failures)
    #expect(cluster.jobMaster?.restarts == restarts)
    #expect(restarts.map { (4...7).contains($0) } == true)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func withoutCheckpointsTheJobFails(seed: UInt64) {
    let (cluster, killed) = lossOfOne(seed: seed, taskManagers: 3, checkpoints: nil)
    cluster.run(for: .seconds(2))
    expect(cluster.times(of: .failing, after: killed).first, in: 66...81, seed: seed)
    expect(cluster.times(of: .failed, after: killed).first, in: 85...112, seed: seed)
    let cause = ClusterError.connectionLost(peer: "tm-2")
    let expected = ClusterError.recoverySuppressed(
      strategy: "NoRestartBackoffTimeStrategy",
      cause: cause
    )
    #expect(cluster.jobMaster?.failure == expected)
    #expect(cluster.client.jobs.first?.outcome == .failed)
    #expect(cluster.client.jobs.first?.error == expected)
    #expect(cluster.resourceManager.slotTable.freeSlotCount == 2)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func aThrowingFunctionRestartsTheJobInTheSameSlots(seed: UInt64) {
    let cluster = TestCluster(seed: seed, taskManagers: 3)
    cluster.submit(TestGraph.wordCount())
    cluster.run(for: .seconds(5))
    let slots = cluster.jobMaster?.execution.vertices.joined().map(\.slot?.taskManager)
    let thrown = cluster.simulation.now
    cluster.tellJobMaster(.failTask(SubtaskID(vertex: 0, index: 1)))
    cluster.run(for: .seconds(3))
    expect(cluster.times(of: .restarting, after: thrown).first, in: 28...32, seed: seed)
    let running = cluster.times(of: .running, after: thrown).first
    expect(running, in: 1030...1050, seed: seed)
    expect(
      (cluster.timesOfAllRunning(after: thrown).last ?? 0) - (running ?? 0),
      in: 90...120,
      seed: seed
    )
    #expect(cluster.jobMaster?.restarts == 1)
    #expect(cluster.jobMaster?.execution.vertices.joined().map(\.slot?.taskManager) == slots)
    #expect(cluster.jobMaster?.execution.vertices.joined().allSatisfy { $0.attempt == 1 } == true)
  }

  @Test
  func theSameSeedGivesTheSameJournal() {
    let digests = (0..<2).map { _ in
      let (cluster, _) = lossOfOne(seed: 7, taskManagers: 3)
      cluster.run(for: .seconds(30))
      return cluster.simulation.journal.digest
    }
    #expect(digests[0] == digests[1])
  }
}
