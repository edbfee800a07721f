import Checkers
import ClusterProtocol
import Connectors
import DataStreamAPI
import ExternalSystems
import JobGraphs
import RecordFormats
import ReferenceJobs
import RunFarm
import Sandbox
import SimulationKernel
import StreamModel

extension SearchScenario {
  /// How the searched runs differ.
  private enum Trouble: String, CaseIterable {
    /// Kills and failed tasks, checkpoints every 400 ms.
    case crashes
    /// Records in flight always, checkpoints every 40 ms.
    case torrent
    /// Also TaskManagers that stand still or are cut off, too short a time to be given up.
    case hiccups
    /// Pauses and cuts for longer than the cluster endures: what was given up goes on writing.
    case zombies
  }

  /// One job that writes the same rows to every kind of sink: the same faults tell them apart.
  package static let delivery: [SearchScenario] = Trouble.allCases.map { trouble in
    SearchScenario("delivery, \(trouble.rawValue)") { plantedBugs in
      search(trouble, plantedBugs)
    } findDoubt: { outcome in
      func tally(_ name: String) -> DeliveryTally? { outcome.deliveries.first { $0.name == name } }
      if outcome.restarts <= outcome.runs / 3 { return "too few restarts to mean anything" }
      for name in ["plain: Writer", "log-at-least-once"]
      where tally(name)?.runsWithDuplicates ?? 0 == 0 {
        return "\(name) never doubled a row: the faults do not reach it"
      }
      if tally("log-none")?.runsWithLoss ?? 0 == 0 { return "log-none never lost a row" }
      let isFenced = trouble != .zombies || outcome.fencedOperations > 0
      return isFenced ? nil : "no zombie was ever fenced"
    }
  }

  /// A count of words that goes to six sinks.
  private static let deliveries = Program(
    "deliveries",
    summary: "a count of words that goes to six sinks",
    columns: ["word", "count"],
    isConfluent: true
  ) { environment in
    let counts = environment.readTextFile(environment.input)
      .flatMap { line, words in
        Tokens.forEach(in: line) { words.collect(Tuple2($0, 1)) }
      }
      .keyBy(\.f0)
      .sum(\.f1).name("counts")
    counts.sinkTo(FileSink.csv()).name("file")
    counts.sinkTo(PlainSink.csv()).name("plain")
    counts.sinkTo(UpsertSink.csv(table: "upsert") { $0.f0 }).name("upsert")
    for guarantee in DeliveryGuarantee.allCases {
      let name = "log-\(guarantee.rawValue)"
      var sink = LogSink<Tuple2<String, Int>>.csv(
        LogTopic(name, partitions: 3),
        guarantee: guarantee
      ) { $0.f0 }
      // Long enough for a producer to hold records when a barrier passes.
      sink.options.linger = .milliseconds(100)
      sink.options.batchBytes = 1 << 20
      counts.sinkTo(sink).name(name)
    }
  }

  private static func search(_ trouble: Trouble, _ plantedBugs: Set<PlantedBug>) -> SeedSearch {
    let isTorrent = trouble == .torrent
    var options = RunOptions(job: deliveries)
    options.input = .lines(isTorrent ? 2000 : trouble == .zombies ? 300 : 180, words: 4)
    options.parallelism = 2
    options.rate = SourceRate(elementsPerSecond: isTorrent ? 2000 : 60)
    options.checkpointInterval = .milliseconds(isTorrent ? 40 : 400)
    options.cluster.plantedBugs = plantedBugs
    var faults = FaultPlan(
      horizon: isTorrent ? .milliseconds(1300) : .seconds(4),
      taskManagers: ["tm-1", "tm-2", "tm-3"],
      tasks: [("lines", 2), ("counts", 2)]
    )
    if trouble == .hiccups {
      faults.most = 2
      faults.longestPause = .seconds(5)
      faults.longestCut = .seconds(5)
    }
    if trouble == .zombies {
      // Soon given up and soon replaced, while there is still something to read.
      options.cluster.heartbeatInterval = .milliseconds(100)
      options.cluster.heartbeatTimeout = .milliseconds(500)
      options.restartStrategy = .fixedDelay(attempts: 1000, delay: .milliseconds(100))
      faults.longestPause = .seconds(4)
      faults.longestCut = .seconds(4)
      faults.most = 2
    }
    // A zombie's late row writes over a newer one: nothing fences a table.
    let upsert = SinkPromise.exactlyOnce
    let promises: [(name: String, promise: SinkPromise)] = [
      ("file: Writer", .exactlyOnce), ("log-exactly-once", .exactlyOnce),
      ("upsert", trouble == .zombies ? .nothing : upsert),
      ("plain: Writer", .atLeastOnce), ("log-at-least-once", .atLeastOnce),
      ("log-none", .nothing),
    ]
    return SeedSearch(
      options: options,
      faults: faults,
      properties: [.finishes, .sameState, .delivers(promises)]
    )
  }
}
