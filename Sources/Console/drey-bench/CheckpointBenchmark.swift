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
  let rounds: Int

  /// What it came to.
  struct Outcome {
    /// The longest stall as a share of the time that a checkpoint takes.
    var shareOfCheckpoint: Double
    /// How many records the pipeline handles in as long as the longest stall.
    var records: Double
  }

  func run() throws -> Outcome {
    var durations: [Double] = []
    var stalls = Stalls()
    var completed = 0
    let figure = try BesideLoop(rounds: rounds) {
      let probe = Probe()
      var longest = 0.0
      completed = 0
      try play(probe) { duration in
        longest = max(longest, duration)
        completed += 1
      }
      durations.append(longest)
      stalls.add(probe.stalls)
      return elements
    }
    let checkpoint = Figure.median(durations)
    let stall = stalls.longest
    let outcome = Outcome(
      shareOfCheckpoint: stall / checkpoint,
      records: stall * figure.perSecond
    )
    print("checkpoints of \(keys) keys while \(elements) records flow, parallelism 2")
    print("  records              \(figure.text(of: "records"))")
    print(
      "  a checkpoint takes   \(Self.text(checkpoint, figure)); at most, of \(completed),"
        + " beside the records"
    )
    print("  longest stall        \(Self.text(stall, figure))")
    print(
      "  ratio                \(Figure.ratio(outcome.shareOfCheckpoint)) of a checkpoint,"
        + " \(Int(outcome.records)) records at the pipeline's pace"
    )
    return outcome
  }

  /// A time, and what the loop does meanwhile.
  private static func text(_ seconds: Double, _ figure: BesideLoop) -> String {
    "\(Figure.tenths(seconds * 1000)) ms, or"
      + " \(Figure.tenths(seconds * figure.loopPerSecond / 1e6)) M events of the loop"
  }

  /// Runs the job once; tells how long each checkpoint took.
  private func play(_ probe: Probe, _ note: (Double) -> Void) throws {
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
    var triggered: Double?
    var read = 0
    while run.ending == nil {
      try run.advance(until: run.now + .milliseconds(5))
      let items = run.cluster.simulation.journal.items
      for item in items[read...] {
        if case .checkpointTriggered = item.entry { triggered = Stopwatch.seconds }
        if case .checkpointCompleted = item.entry, let start = triggered {
          note(Stopwatch.seconds - start)
        }
      }
      read = items.count
      if !probe.isCounting, run.history.sourceElements >= keys * 2 { probe.start() }
    }
  }
}

/// The stalls of runs that are the same but for the machine.
///
/// What the pipeline itself stalls for, it stalls for at the same record of every run; what the
/// machine does elsewhere meanwhile falls on another record each time. So of each record the
/// shortest of its stalls counts, and of those the longest.
private struct Stalls {
  private var shortest: [Int: Double]?

  /// Adds the stalls of a run, in seconds by the number of the record before which they were.
  mutating func add(_ stalls: [Int: Double]) {
    guard let known = shortest else {
      shortest = stalls
      return
    }
    // A stall of some of the runs only is the machine's.
    shortest = [:]
    for (record, stall) in stalls {
      if let other = known[record] { shortest?[record] = min(stall, other) }
    }
  }

  /// In seconds.
  var longest: Double {
    // order: the greatest of them does not depend on it.
    shortest?.values.max() ?? 0
  }
}

/// Notes the times between two records that are long.
///
/// A run lives on one thread, which alone calls it.
private final class Probe: @unchecked Sendable {
  private var last: Double?
  private var count = 0
  private(set) var isCounting = false
  /// In seconds, by the number of the record.
  private(set) var stalls: [Int: Double] = [:]

  /// Shorter ones are many, and none of them is the longest.
  private static let shortest = 0.000_05

  func start() {
    isCounting = true
    last = nil
  }

  func note() {
    guard isCounting else { return }
    let now = Stopwatch.seconds
    count += 1
    if let last, now - last > Self.shortest { stalls[count] = now - last }
    last = now
  }
}
