import Glibc  // exit, getpid

/// The benchmarks: each prints what it measured beside a hand-written loop in the same run.
///
/// Speed is judged by ratios only: another machine is slower at both.
struct Benchmarks {
  /// The least share of the hand-written loop that a full run must reach.
  static let wordCountFloor = 0.20
  /// The least share of the hand-written loop that tumbling windows must reach.
  static let windowFloor = 0.10
  /// The least share of their hand-written loop that sliding windows must reach.
  static let slidingFloor = 0.04
  /// The largest share of a checkpoint of a million keys for which it may stall the pipeline.
  static let stallCeiling = 0.04
  /// How many records the pipeline may be behind after such a stall.
  static let stalledRecordsCeiling = 15_000.0
  /// How many millions of events the loop on all cores may handle in the time of one run of a
  /// search.
  static let searchCeiling = 1.6
  /// How much more a channel may cost in a job ten times as wide.
  static let wideCeiling = 2.0

  private let isShort: Bool
  private let only: String?

  init(_ arguments: ArraySlice<String>) throws {
    isShort = arguments.contains("--short")
    only = arguments.first { !$0.hasPrefix("--") }
    let parts = [
      "words", "windows", "expiry", "kernel", "checkpoints", "rows", "searches", "wide",
    ]
    if let only, !parts.contains(only) {
      throw BenchmarkError("unknown benchmark \(only); there are \(parts.joined(separator: ", "))")
    }
    if let unknown = arguments.first(where: { $0.hasPrefix("--") && $0 != "--short" }) {
      throw BenchmarkError("unknown option \(unknown); there is --short")
    }
  }

  /// Runs all of them, or the one that was named; a full run fails when a bound is missed, a short
  /// one only shows.
  func run() throws {
    if only ?? "words" == "words" { try runWords() }
    if only ?? "windows" == "windows" { try runWindows() }
    if only ?? "expiry" == "expiry" { try runExpiry() }
    if only ?? "kernel" == "kernel" {
      KernelBenchmark(events: isShort ? 1_000_000 : 5_000_000).run()
    }
    if only ?? "checkpoints" == "checkpoints" { try runCheckpoints() }
    if only ?? "rows" == "rows" {
      try RowsBenchmark(bytes: isShort ? 10_000_000 : 100_000_000).run()
    }
    if only ?? "searches" == "searches" { try runSearches() }
    if only ?? "wide" == "wide" { try runWide() }
  }

  private func runWords() throws {
    let words = try WordCountBenchmark(
      bytes: isShort ? 20_000_000 : 200_000_000,
      rounds: isShort ? 3 : 5
    ).run()
    guard !isShort else { return }
    if words.ratio < Self.wordCountFloor {
      Self.fail("word count reached \(Figure.ratio(words.ratio)) of the loop, less than 0.20")
    }
    if words.anonymousMegabytes > 150 {
      Self.fail("word count took \(words.anonymousMegabytes) MB of anonymous memory, more than 150")
    }
    if words.checkpoints < 10 { Self.fail("word count took fewer than 10 checkpoints") }
  }

  private func runWindows() throws {
    let windows = try WindowBenchmark(
      events: isShort ? 2_000_000 : 20_000_000,
      rounds: 3
    ).run()
    guard !isShort else { return }
    if windows.tumbling < Self.windowFloor {
      Self.fail("windows reached \(Figure.ratio(windows.tumbling)) of the loop, less than 0.10")
    }
    if windows.sliding < Self.slidingFloor {
      Self.fail(
        "sliding windows reached \(Figure.ratio(windows.sliding)) of their loop, less than 0.04"
      )
    }
  }

  private func runExpiry() throws {
    let keys = isShort ? 10_000 : 100_000
    let state = try ExpiryBenchmark(events: keys * 100, keys: keys).run()
    guard !isShort else { return }
    if state.most > keys * 3 || state.last > keys / 10 {
      Self.fail("expired state stays: \(state.most) entries at most, \(state.last) at the end")
    }
  }

  private func runCheckpoints() throws {
    let stall = try CheckpointBenchmark(
      keys: isShort ? 200_000 : 1_000_000,
      elements: isShort ? 2_000_000 : 12_000_000,
      rounds: isShort ? 2 : 5
    ).run()
    guard !isShort else { return }
    if stall.shareOfCheckpoint > Self.stallCeiling {
      let share = Figure.ratio(stall.shareOfCheckpoint)
      Self.fail("a checkpoint stalled the pipeline for \(share) of its time, more than 0.04")
    }
    if stall.records > Self.stalledRecordsCeiling {
      let records = Int(stall.records)
      Self.fail("a checkpoint stalled the pipeline for the time of \(records) records, over 15000")
    }
  }

  private func runSearches() throws {
    let events = try SearchBenchmark(runs: isShort ? 200 : 1_000, rounds: isShort ? 1 : 3).run()
    if !isShort, events > Self.searchCeiling {
      Self.fail("a run of a search took as long as \(Figure.tenths(events)) M events, over 1.6 M")
    }
  }

  private func runWide() throws {
    let wide = try WideJobBenchmark(widths: isShort ? [100, 300] : [100, 300, 1000]).run()
    guard !isShort else { return }
    if let narrow = wide.costs.first, let widest = wide.costs.last,
      widest > narrow * Self.wideCeiling
    {
      Self.fail(
        "a channel costs \(Figure.ratio(widest / narrow)) times as much in a wide job, not 2"
      )
    }
    if wide.megabytes > 1000 {
      Self.fail("1000 + 1000 subtasks took \(wide.megabytes) MB of memory, more than 1000")
    }
  }

  /// Ends with a message and exit code 1.
  static func fail(_ message: String) -> Never {
    print("drey-bench: \(message)")
    exit(1)
  }
}

/// What is wrong with how the benchmarks were called.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
