import ClusterProtocol
import DataStreamAPI
import Deployment
import Sandbox
import SimulationKernel
import StreamOperators

/// Checkpoints of many keys while records flow: how long one takes, and the longest time that no
/// record came out, by a probe in the pipeline.
struct CheckpointBenchmark {
  let keys: Int
  let elements: Int

  /// - Returns: The longest stall in milliseconds once every key is there.
  func run() throws -> Double {
    let probe = Probe()
    let keys = keys
    let elements = elements
    let job = Program(
      "many-keys",
      summary: "counts by many keys",
      columns: ["key", "count"],
      isConfluent: true
    ) { environment in
      environment.generate(count: elements) { number, _ in
        Tuple2(Int(truncatingIfNeeded: UInt(bitPattern: number &* 7_919) % UInt(keys)), 1)
      }
      .keyBy(\.f0).sum(\.f1)
      .filter { _ in
        probe.note()
        return true
      }
      .writeAsCSV()
    }
    var options = RunOptions(job: job)
    options.parallelism = 2
    options.rowLimit = 10
    let run = try JobRun(options)
    var durations: [Double] = []
    var triggered: Double?
    var read = 0
    while run.ending == nil {
      try run.advance(until: run.now + .milliseconds(5))
      let items = run.cluster.simulation.journal.items
      for item in items[read...] {
        if case .checkpointTriggered = item.entry { triggered = Stopwatch.seconds }
        if case .checkpointCompleted = item.entry, let start = triggered {
          durations.append(Stopwatch.seconds - start)
        }
      }
      read = items.count
      if !probe.isCounting, run.history.sourceElements >= keys * 2 { probe.start() }
    }
    let longest = durations.max() ?? 0
    print("checkpoints of \(keys) keys while \(elements) records flow, parallelism 2")
    print(
      "  a checkpoint takes   \(Figure.tenths(longest * 1000)) ms at most"
        + " (wall clock, beside the records; \(durations.count) taken)"
    )
    print("  longest stall        \(Figure.tenths(probe.longestMilliseconds)) ms")
    return probe.longestMilliseconds
  }
}

/// Notes the longest time between two records.
///
/// A run lives on one thread, which alone calls it.
private final class Probe: @unchecked Sendable {
  private var last: Double?
  private var longest = 0.0
  private(set) var isCounting = false

  var longestMilliseconds: Double { longest * 1000 }

  func start() {
    isCounting = true
    last = nil
  }

  func note() {
    guard isCounting else { return }
    let now = Stopwatch.seconds
    if let last { longest = max(longest, now - last) }
    last = now
  }
}
