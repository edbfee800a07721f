import SimulationKernel
import DataStreamAPI
import Sandbox
import StreamOperators

/// State with a time to live whose keys never come back: it returns to its bound.
struct ExpiryBenchmark {
  let events: Int
  let keys: Int

  /// - Returns: The entries of the largest checkpoint, and of the last.
  func run() throws -> (most: Int, last: Int) {
    let events = events
    let keys = keys
    let job = Program(
      "expiry",
      summary: "counts by keys that are replaced by others",
      columns: ["key", "count"],
      isConfluent: false
    ) { environment in
      environment.fromSequence(count: events) { number in
        // Each set of keys is seen ten times, then never again; in the end a few are left.
        let set = number / (keys * 10)
        let isLast = number >= events - keys * 5
        return isLast ? number % 10 : set * keys + number % keys + 10
      }
      .keyBy { $0 }
      .process(ExpiringCount.init)
      .filter { _ in false }
      .writeAsCSV()
    }
    var options = RunOptions(job: job)
    options.rowLimit = 10
    options.checkpointInterval = .milliseconds(500)
    var peak = 0
    var state = StateEntries()
    let figure = try BesideLoop(rounds: 1) {
      let run = try JobRun(options)
      while run.ending == nil {
        try run.advance(until: run.now + .seconds(1))
        peak = max(peak, AnonymousMemory.megabytes)
      }
      state = StateEntries(of: run)
      return events
    }
    print(
      "state with a time to live of 500 ms, \(events / 1_000_000) M events, \(keys) keys at a time"
    )
    print("  events               \(figure.text(of: "events"))")
    print("  state                \(state)")
    print("  anonymous memory     \(peak) MB at most")
    return (state.most, state.last)
  }
}

/// Counts the elements of each key that have come within the time to live.
private struct ExpiringCount: KeyedProcessFunction {
  private let count: ValueState<Int>

  init(_ context: KeyedFunctionContext<Int>) throws {
    count = try context.valueState(
      named: "count",
      timeToLive: StateTimeToLive(.milliseconds(500))
    )
  }

  mutating func processElement(
    _ element: Int,
    _ context: KeyedFunctionContext<Int>,
    _ output: inout Collector<Tuple2<Int, Int>>
  ) throws {
    let seen = (count.value() ?? 0) + 1
    count.update(seen)
    output.collect(Tuple2(element, seen))
  }
}
