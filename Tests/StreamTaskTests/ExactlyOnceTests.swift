import JobGraphs
import Connectors
import DataStreamAPI
import GraphTranslation
import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime
import TestSupport
import Testing

/// Whole jobs without a cluster: whatever order tasks work in and whenever they crash, the rows
/// that become visible are those of an undisturbed run.
@Suite struct ExactlyOnceTests {
  typealias Count = Tuple2<String, Int>

  private static let elements = 120

  /// generator (p) → flat map → keyed sum (2) → map by rebalance (p) → collect.
  private func graph(parallelism: Int, checkpoints: DeliveryGuarantee) throws -> JobGraph {
    let environment = StreamExecutionEnvironment(parallelism: parallelism)
    if checkpoints != .none {
      environment.enableCheckpointing(every: .seconds(1), guarantee: checkpoints)
    }
    environment
      .generate(count: Self.elements, seed: 5) { index, random in
        Count("k\(random.below(9))", 1)
      }
      .flatMap { (count: Count, output: inout Collector<Count>) in
        output.collect(count)
        if count.f0 != "k3" { output.collect(Count("all", count.f1)) }
      }
      .keyBy(\.f0).sum(\.f1).setParallelism(2)
      .rebalance().map { $0 }
      .collect()
    return try environment.streamGraph(named: "sums").translated()
  }

  /// The visible rows, in an order of their own.
  private func rows(_ storage: [String: [UInt8]]) throws -> [String] {
    try storage.filter { $0.key.contains("/committed/") }
      .flatMap { try CollectedRows.decode(Count.self, from: $0.value).map(\.description) }
      .sorted()
  }

  /// What the job says by definition: each key counts from 1 to the number of its elements.
  private var expected: [String] {
    var counts: [String: Int] = [:]
    for index in 0..<Self.elements {
      var random = RandomStream(seed: 5 ^ Digest.mix(UInt64(index)), name: "generator")
      let key = "k\(random.below(9))"
      for key in key == "k3" ? [key] : [key, "all"] { counts[key, default: 0] += 1 }
    }
    return counts.sorted { $0.key < $1.key }
      .flatMap { key, count in (1...count).map { "(\(key),\($0))" } }.sorted()
  }

  /// Runs a job to its end: checkpoints and aborts by chance, crashes after so many steps each.
  private func run(
    _ graph: JobGraph,
    seed: UInt64,
    crashes: [Int],
    alignment: BarrierAlignment.Mode = .aligned,
    takesCheckpoints: Bool = true
  ) throws -> [String] {
    var random = RandomStream(seed: seed, name: "faults")
    var bench = try JobBench(graph, seed: seed, alignment: alignment)
    for (attempt, limit) in (crashes + [Int.max]).enumerated() {
      if attempt > 0 {
        bench = try JobBench(
          graph,
          seed: seed,
          attempt: attempt,
          restoring: bench.completed,
          storage: bench.storage,
          alignment: alignment
        )
      }
      var steps = 0
      while !bench.isFinished, steps < limit {
        if takesCheckpoints, random.chance(1, in: 25) { bench.trigger() }
        if takesCheckpoints, random.chance(1, in: 100) { bench.abort() }
        let hasWorked = try bench.step()
        if !hasWorked { try #require(takesCheckpoints, "the job finds no end") }
        steps += 1
        try #require(steps < 100_000, "the job finds no end")
      }
      if bench.isFinished { break }
      // A crash before the first checkpoint begins anew: with nothing restored.
      if bench.completed == nil { bench = try JobBench(graph, seed: seed, storage: [:]) }
    }
    return try rows(bench.storage)
  }

  @Test(arguments: 1...4)
  func withoutFailuresEveryRowAppearsOnce(parallelism: Int) throws {
    let plain = try graph(parallelism: parallelism, checkpoints: .none)
    #expect(try run(plain, seed: 1, crashes: [], takesCheckpoints: false) == expected)
    let graph = try graph(parallelism: parallelism, checkpoints: .exactlyOnce)
    #expect(try run(graph, seed: 2, crashes: []) == expected)
  }

  @Test(arguments: 1...UInt64(Draws.runs(byDay: 24, search: 2000)))
  func afterCrashesEveryRowStillAppearsOnce(seed: UInt64) throws {
    let graph = try graph(parallelism: Int(seed % 3) + 1, checkpoints: .exactlyOnce)
    var random = RandomStream(seed: seed, name: "crashes")
    let crashes = (0..<3).map { _ in 10 + random.below(400) }
    #expect(try run(graph, seed: seed, crashes: crashes) == expected, "crashes after \(crashes)")
  }

  /// Counted barriers lose nothing, but repeat: the canary of the test above.
  @Test func atLeastOnceRepeatsRowsAndLosesNone() throws {
    let graph = try graph(parallelism: 2, checkpoints: .atLeastOnce)
    var repeats = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      let rows = try run(graph, seed: seed, crashes: [150, 150], alignment: .counted)
      let totals = rows.filter { $0.hasPrefix("(all,") }.count
      #expect(totals >= expected.filter { $0.hasPrefix("(all,") }.count)
      repeats += rows == expected ? 0 : 1
    }
    #expect(repeats > 0)
  }

  /// The planted mistake must be caught by the test above.
  @Test func theFirstBarrierIsNotEnough() throws {
    let graph = try graph(parallelism: 2, checkpoints: .exactlyOnce)
    let violations = try (1...20 as ClosedRange<UInt64>).count { seed in
      try run(graph, seed: seed, crashes: [150, 150], alignment: .skipsAlignment) != expected
    }
    #expect(violations > 0)
  }
}
