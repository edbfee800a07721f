import ExternalSystems
import Connectors
import ClusterProtocol
import DataStreamAPI
import Deployment
import EventLog
import GraphTranslation
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel
import StreamOperators
import TestSupport
import Testing

/// Jobs that write and read the cluster's log.
@Suite struct LogJobTests {
  private static let orders = LogTopic("orders", partitions: 3)

  /// Writes the numbers from 0 into the topic, under their last digit.
  private func writer(
    _ guarantee: DeliveryGuarantee = .exactlyOnce,
    count: Int = 200
  ) throws -> JobGraph {
    let environment = StreamExecutionEnvironment(parallelism: 2)
    environment.enableCheckpointing(every: .milliseconds(300))
    environment.generate(count: count, rate: SourceRate(elementsPerSecond: 100)) { number, _ in
      number
    }
    .sinkTo(
      LogSink(Self.orders, guarantee: guarantee) { number in
        ProducerRecord(key: "\(number % 10)", value: "\(number)")
      }
    )
    return try environment.streamGraph(named: "writer").translated()
  }

  /// Reads the topic, and writes what it read.
  private func reader(
    _ source: LogSource<String>,
    every interval: VirtualDuration = .milliseconds(300)
  ) throws -> JobGraph {
    let environment = StreamExecutionEnvironment(parallelism: 2)
    environment.enableCheckpointing(every: interval)
    environment.fromSource(source).sinkTo(FileSink { _ in ValueSerializer<String>() })
    return try environment.streamGraph(named: "reader").translated()
  }

  private func cluster(seed: UInt64 = 1) -> Cluster {
    Cluster(
      seed: seed,
      layout: ClusterLayout(kind: .standalone, taskManagers: 5, slotsPerTaskManager: 1)
    )
  }

  /// Lets time pass until so many jobs are over; the states that they ended in.
  @discardableResult
  private func finish(_ cluster: Cluster, jobs: Int = 1) -> [JobState?] {
    let end = cluster.simulation.now + .minutes(1)
    _ = cluster.simulation.run(until: end) {
      cluster.jobs.count < jobs || cluster.jobs.contains { $0.state == nil }
    }
    return cluster.jobs.map(\.state)
  }

  /// What file sinks of strings show, sorted as numbers.
  private func rows(_ cluster: Cluster) throws -> [Int] {
    let storage = cluster.simulation.storage
    return try storage.list("sinks/").filter { $0.contains("/committed/") }
      .flatMap { try CollectedRows.decode(String.self, from: storage.read($0)) }
      .compactMap { Int($0) }.sorted()
  }

  @Test func oneJobWritesWhatAnotherReads() throws {
    let cluster = cluster()
    cluster.submit(try writer())
    #expect(finish(cluster) == [.finished])
    let written = cluster.external.lines(ofTopic: "orders").compactMap { Int($0) }
    #expect(written.sorted() == Array(0..<200))
    #expect(cluster.external.log.unfinishedTransactions.isEmpty)
    cluster.submit(try reader(.text(Self.orders, group: "readers").readCommitted().bounded()))
    #expect(finish(cluster, jobs: 2) == [.finished, .finished])
    #expect(try rows(cluster) == Array(0..<200))
    // The group's offsets are those of the last checkpoint, behind the last record.
    for partition in try cluster.external.log.partitions(of: "orders") {
      #expect(try cluster.external.log.lag(of: partition, group: "readers") == 0)
    }
  }

  @Test func bothJobsLoseATaskManagerAndNoRow() throws {
    for seed in 1...UInt64(Draws.runs(byDay: 3, search: 60)) {
      let cluster = cluster(seed: seed)
      cluster.submit(try writer())
      cluster.submit(try reader(.text(Self.orders).readCommitted()))
      for (name, milliseconds) in [("tm-1", 900 + seed * 61), ("tm-4", 1400 + seed * 67)] {
        _ = cluster.simulation.run(until: .zero + .milliseconds(Int64(milliseconds)))
        cluster.simulation.process(named: name).map { cluster.kill($0, named: name) }
        cluster.startTaskManager(named: name)
      }
      _ = cluster.simulation.run(until: .zero + .seconds(30))
      #expect(cluster.jobs.first?.state == .finished)
      #expect(try rows(cluster) == Array(0..<200), "seed \(seed)")
    }
  }

  /// What a program writes it can read itself.
  @Test func oneProgramWritesAndReadsATopic() throws {
    let environment = StreamExecutionEnvironment(parallelism: 1)
    environment.enableCheckpointing(every: .milliseconds(300))
    environment.generate(count: 100, rate: SourceRate(elementsPerSecond: 100)) { number, _ in
      number
    }
    .sinkTo(LogSink(Self.orders, guarantee: .exactlyOnce) { ProducerRecord(value: "\($0)") })
    environment.fromSource(LogSource.text(Self.orders).readCommitted())
      .sinkTo(FileSink { _ in ValueSerializer<String>() })
    let cluster = cluster()
    cluster.submit(try environment.streamGraph(named: "loop").translated())
    _ = cluster.simulation.run(until: .zero + .seconds(10))
    #expect(try rows(cluster) == Array(0..<100))
  }

  @Test func aTopicIsThereBeforeTheTasksOfItsJob() throws {
    let cluster = cluster()
    cluster.submit(try reader(.text(Self.orders).bounded()))
    #expect(cluster.external.topicNames == ["orders"])
    #expect(try cluster.external.log.partitions(of: "orders").count == 3)
    #expect(finish(cluster) == [.finished])
    // A topic that is there stays as it is.
    cluster.submit(try reader(.text(LogTopic("orders", partitions: 7)).bounded()))
    #expect(try cluster.external.log.partitions(of: "orders").count == 3)
  }

  @Test func aJobFailsAtOnceWhereItsOffsetsAreGone() throws {
    let cluster = cluster()
    var source = LogSource.text(Self.orders, group: "readers", start: .committed())
    source.options.reset = .none
    cluster.submit(try reader(source))
    #expect(finish(cluster) == [.failed])
    let error = try #require(cluster.jobs.first?.error)
    #expect("\(error)".contains("the group readers has committed no offset"))
  }

  @Test func isTheSameTwiceByteForByte() throws {
    func journal() throws -> (bytes: [UInt8], log: String) {
      let cluster = cluster(seed: 3)
      cluster.submit(try writer())
      cluster.submit(try reader(.text(Self.orders, group: "readers").readCommitted()))
      _ = cluster.simulation.run(until: .zero + .milliseconds(1234))
      cluster.simulation.process(named: "tm-2").map { cluster.kill($0, named: "tm-2") }
      _ = cluster.simulation.run(until: .zero + .seconds(20))
      return (cluster.simulation.journal.jsonLines(), cluster.external.log.description)
    }
    let (first, second) = (try journal(), try journal())
    #expect(first.bytes == second.bytes)
    #expect(first.log == second.log)
    #expect(String(decoding: first.bytes, as: UTF8.self).contains("log/orders/"))
  }

  /// A row that is visible at once must be written before the checkpoint that counts it as written.
  @Test(arguments: [1, 100] as [Int64])
  func noPlainRowIsLostWhereverTheTaskManagerDies(bufferTimeout: Int64) throws {
    func run(killingAt death: VirtualInstant?) throws -> Cluster {
      let environment = StreamExecutionEnvironment(parallelism: 1)
      environment.enableCheckpointing(every: .milliseconds(10))
      // A long one lets a barrier push rows before it, a short one lets rows come in between.
      environment.settings.bufferTimeout = .milliseconds(bufferTimeout)
      environment.generate(count: 30, rate: SourceRate(elementsPerSecond: 100)) { index, _ in
        index
      }
      .rebalance().map { "\($0)" }.sinkTo(PlainSink { _ in ValueSerializer<String>() })
      let cluster = cluster()
      cluster.submit(try environment.streamGraph(named: "rows").translated())
      if let death {
        _ = cluster.simulation.run(until: death)
        cluster.simulation.process(named: "tm-1").map { cluster.kill($0, named: "tm-1") }
      }
      finish(cluster)
      return cluster
    }
    let commits = try run(killingAt: nil).simulation.journal.items.compactMap { item in
      if case .rowsCommitted = item.entry { item.instant } else { nil }
    }
    let first = try #require(commits.first)
    var twice = 0
    for step in Draws.cases(0...60, byDay: 13) {
      let death = first + .microseconds(Int64(step) * 500 - 5000)
      let rows = try rows(try run(killingAt: death))
      #expect(Set(rows) == Set(0..<30), "\(death)")
      twice += rows.count > 30 ? 1 : 0
    }
    if bufferTimeout == 1 { #expect(twice > 0) }
  }
}
