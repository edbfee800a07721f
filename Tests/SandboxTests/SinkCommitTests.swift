import Connectors
import ClusterProtocol
import DataStreamAPI
import Deployment
import GraphTranslation
import JobGraphs
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// A sink remembers a transaction until its commit is done, not only until it is asked for.
///
/// A checkpoint that is taken between the two must hold the transaction: if the TaskManager dies
/// before the rename, a restore from that checkpoint has to commit the rows.
@Suite struct SinkCommitTests {
  private static let rows = 30

  private func cluster() throws -> Cluster {
    let environment = StreamExecutionEnvironment(parallelism: 1)
    environment.enableCheckpointing(every: .milliseconds(2))
    environment.generate(count: Self.rows, rate: SourceRate(elementsPerSecond: 100)) { index, _ in
      index
    }
    .rebalance().map { $0 }.collect()
    let cluster = Cluster(
      seed: 1,
      layout: ClusterLayout(kind: .standalone, taskManagers: 2, slotsPerTaskManager: 1)
    )
    cluster.submit(try environment.streamGraph(named: "rows").translated())
    return cluster
  }

  /// Lets the job end; the rows that are visible in storage.
  private func finish(_ cluster: Cluster) throws -> [Int] {
    _ = cluster.simulation.run(until: .zero + .minutes(5)) { !cluster.isFirstJobOver }
    let storage = cluster.simulation.storage
    return try storage.list("sinks/").filter { $0.contains("/committed/") }
      .flatMap { try CollectedRows.decode(Int.self, from: storage.read($0)) }.sorted()
  }

  @Test(arguments: [300, 800, 1300, 1800] as [Int64])
  func noRowIsLostWhereverTheTaskManagerDies(microsecondsBefore: Int64) throws {
    let calm = try cluster()
    #expect(try finish(calm) == Array(0..<Self.rows))
    let commits = calm.simulation.journal.items.compactMap { item in
      if case .rowsCommitted = item.entry { item.instant } else { nil }
    }
    let run = try cluster()
    let death = try #require(commits.first) + .microseconds(-microsecondsBefore)
    _ = run.simulation.run(until: death)
    run.simulation.process(named: "tm-1").map(run.simulation.kill)
    #expect(try finish(run) == Array(0..<Self.rows))
  }
}
