import Connectors
import ClusterProtocol
import DataStreamAPI
import Deployment
import GraphTranslation
import JobGraphs
import SimulationKernel
import StreamModel
import StreamOperators
import TestSupport
import Testing

/// A restored sink remembers what its checkpoint held until the commit is done.
///
/// A checkpoint that is taken before the rename is done must hold the rows: if the TaskManager dies
/// then, a restore from that checkpoint has to commit them.
@Suite struct RestoredCommitTests {
  private static let rows = 30

  private func cluster(seed: UInt64) throws -> Cluster {
    let environment = StreamExecutionEnvironment(parallelism: 1)
    environment.enableCheckpointing(every: .milliseconds(2))
    environment.generate(count: Self.rows, rate: SourceRate(elementsPerSecond: 100)) { index, _ in
      index
    }
    .rebalance().map { $0 }.collect()
    let cluster = Cluster(
      seed: seed,
      layout: ClusterLayout(kind: .standalone, taskManagers: 3, slotsPerTaskManager: 1)
    )
    cluster.submit(try environment.streamGraph(named: "rows").translated())
    return cluster
  }

  /// The instants at which rows became visible.
  private func commits(_ cluster: Cluster) -> [VirtualInstant] {
    cluster.simulation.journal.items.compactMap { item in
      if case .rowsCommitted = item.entry { item.instant } else { nil }
    }
  }

  /// Kills a TaskManager at each instant, lets the job end, and gives the cluster back.
  private func run(seed: UInt64, killing deaths: [(String, VirtualInstant)]) throws -> Cluster {
    let cluster = try cluster(seed: seed)
    for (name, instant) in deaths {
      _ = cluster.simulation.run(until: instant)
      cluster.simulation.process(named: name).map(cluster.simulation.kill)
    }
    _ = cluster.simulation.run(until: .zero + .minutes(5)) { !cluster.isFirstJobOver }
    return cluster
  }

  @Test(arguments: Draws.cases([2, 5, 8] as [UInt64], byDay: 2))
  func noRowIsLostWhenARestoredCommitIsCutShort(seed: UInt64) throws {
    let first = try #require(commits(try run(seed: seed, killing: [])).first)
    let death = ("tm-1", first + .microseconds(-800))
    let restored = commits(try run(seed: seed, killing: [death]))
    // The first commit after the restart is the one that the checkpoint held.
    let second = try #require(restored.first { $0 > first + .milliseconds(100) })
    for before in Draws.cases([200, 600, 1000, 1400] as [Int64], byDay: 2) {
      let again = ("tm-2", second + .microseconds(-before))
      let cluster = try run(seed: seed, killing: [death, again])
      let storage = cluster.simulation.storage
      let rows = try storage.list("sinks/").filter { $0.contains("/committed/") }
        .flatMap { try CollectedRows.decode(Int.self, from: storage.read($0)) }.sorted()
      #expect(rows == Array(0..<Self.rows), "\(again)")
    }
  }
}
