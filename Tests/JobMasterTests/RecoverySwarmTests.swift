import ClusterClient
import ClusterProtocol
import JobGraphs
import JobMaster
import SimulationKernel
import StreamModel
import TestSupport
import Testing

@Suite("Recovery under drawn faults")
struct RecoverySwarmTests {
  /// Kills, restarts, pauses and failed tasks for a minute; then the job must run again, and end.
  @Test(arguments: 1...UInt64(Draws.runs(byDay: 8, search: 400)))
  func aJobThatIsLeftAloneRecoversAndFinishes(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "faults")
    let cluster = TestCluster(seed: seed, taskManagers: 4)
    var names = cluster.taskManagers.map(\.name)
    cluster.submit(TestGraph.wordCount())
    for _ in 0..<8 {
      cluster.run(for: random.duration(in: .zero...(.seconds(8))))
      let place = random.below(names.count)
      switch random.below(4) {
      case 0:
        cluster.kill(names[place])
        names[place] = "tm-\(place + 1)"
        cluster.run(for: random.duration(in: .zero...(.seconds(3))))
        cluster.startTaskManager(names[place])
      case 1:
        cluster.pause(names[place], for: random.duration(in: .zero...(.seconds(70))))
      case 2:
        cluster.tellJobMaster(
          .failTask(SubtaskID(vertex: random.below(2), index: random.below(2)))
        )
      default: cluster.kill(names[place])
      }
      if cluster.simulation.process(named: names[place]) == nil {
        cluster.startTaskManager(names[place])
      }
    }
    cluster.run(for: .minutes(4))
    #expect(
      cluster.jobMaster?.execution.areAllRunning == true,
      "seed \(seed): \(String(describing: cluster.jobMaster?.execution.taskCounts))"
    )
    for taskManager in cluster.taskManagers { cluster.endInput(of: taskManager) }
    cluster.run(for: .seconds(10))
    #expect(cluster.client.jobs.first?.outcome == .finished, "seed \(seed)")
  }
}
