import RecordFormats
import DataStreamAPI
import Sandbox
import StreamModel
import StreamOperators

/// Windows over generated events beside the hand-written loop, and other jobs by event time.
struct WindowBenchmark {
  let events: Int
  let rounds: Int

  /// What it came to.
  struct Outcome {
    /// The share of the hand-written loop that tumbling windows reach.
    var ratio: Double
    /// Millions of events a second through sliding windows.
    var slidingMillions: Double
  }

  func run() throws -> Outcome {
    var loops: [Double] = []
    var runs: [Double] = []
    var rows = 0
    var peak = 0
    var wanted = (rows: 0, sum: 0)
    var state = StateEntries()
    for _ in 0..<rounds {
      loops.append(Stopwatch.time { wanted = WindowLoop.run(events) })
      runs.append(
        try Stopwatch.time {
          let run = try JobRun(
            options("tumbling", by: Self.windows(.tumblingEventTime(.seconds(10))))
          )
          while run.ending == nil {
            try run.advance(until: run.now + .seconds(1))
            peak = max(peak, AnonymousMemory.megabytes)
          }
          rows = run.history.committedRows
          state = StateEntries(of: run)
        }
      )
    }
    guard rows == wanted.rows else {
      throw BenchmarkError("\(rows) rows of windows, not \(wanted.rows)")
    }
    let ratio = Figure.median(zip(loops, runs).map { $0 / $1 })
    print(
      "windows, \(events / 1_000_000) M events, \(GeneratedEvent.keyCount) keys, 2 s out of order,"
        + " parallelism 1"
    )
    print("  hand-written loop    \(millions(Figure.median(loops))) M events/s")
    print("  tumbling 10 s        \(millions(Figure.median(runs))) M events/s, \(rows) rows")
    print("  ratio                \(Figure.ratio(ratio)) (median of \(rounds) pairs)")
    print("  state                \(state)")
    print("  anonymous memory     \(peak) MB at most")
    let minute = SlidingEventTimeWindows.of(.seconds(60), slide: .seconds(10))
    let session = EventTimeSessionWindows.withGap(.milliseconds(500))
    let sliding = try time("sliding 60 s / 10 s ", events / 2, by: Self.windows(minute))
    _ = try time("session, gap 500 ms ", events / 10, by: Self.windows(session))
    _ = try time("interval join ± 1 s ", events / 20, by: Self.join)
    return Outcome(ratio: ratio, slidingMillions: Double(events / 2) / sliding / 1e6)
  }

  private func millions(_ seconds: Double) -> String { Figure.millions(events, in: seconds) }

  private func time(
    _ name: String,
    _ events: Int,
    by program: @escaping @Sendable (StreamExecutionEnvironment, Int) -> DataStream<WindowRow>
  ) throws -> Double {
    var best = Double.infinity
    var rows = 0
    var state = StateEntries()
    for _ in 0..<rounds {
      let seconds = try Stopwatch.time {
        let run = try JobRun(options(name, events: events, by: program))
        while run.ending == nil { try run.advance(until: run.now + .seconds(1)) }
        rows = run.history.committedRows
        state = StateEntries(of: run)
      }
      best = min(best, seconds)
    }
    print("  \(name) \(Figure.millions(events, in: best)) M events/s, \(rows) rows; state \(state)")
    return best
  }

  private func options(
    _ name: String,
    events: Int? = nil,
    by program: @escaping @Sendable (StreamExecutionEnvironment, Int) -> DataStream<WindowRow>
  ) -> RunOptions {
    let events = events ?? self.events
    var options = RunOptions(
      job: Program(
        name,
        summary: "windows of generated events",
        columns: ["key", "end", "count", "sum"],
        isConfluent: true
      ) { environment in
        program(environment, events).writeAsCSV()
      }
    )
    options.rowLimit = 10
    options.checkpointInterval = .seconds(10)
    return options
  }

  // MARK: Programs

  private static func source(
    _ environment: StreamExecutionEnvironment,
    _ events: Int
  ) -> KeyedStream<GeneratedEvent, Int> {
    environment.fromSequence(count: events) { GeneratedEvent(number: $0) }
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.milliseconds(Int64(GeneratedEvent.disorder)))
          .withTimestampAssigner { $0.time }
      )
      .keyBy(\.key)
  }

  /// Counts and adds up in windows.
  private static func windows<Assigner: WindowAssigner>(
    _ assigner: Assigner
  ) -> @Sendable (StreamExecutionEnvironment, Int) -> DataStream<WindowRow> {
    { environment, events in
      source(environment, events).window(assigner)
        .aggregate(CountAndSum(), emitting: WindowRow.self) { key, total, context, rows in
          rows.collect(WindowRow(key, context.window.end, total))
        }
    }
  }

  @Sendable
  private static func join(
    _ environment: StreamExecutionEnvironment,
    _ events: Int
  ) -> DataStream<WindowRow> {
    source(environment, events)
      .intervalJoin(source(environment, events), between: .seconds(-1), and: .seconds(1))
      .process(emitting: WindowRow.self) { left, right, context, rows in
        rows.collect(
          WindowRow(
            left.key,
            context.leftTimestamp,
            CountAndSum.Total(count: 1, sum: left.value &+ right.value)
          )
        )
      }
  }
}

/// A row of the benchmark.
struct WindowRow: Codable, CSVRow {
  var key: Int
  var end: Int64
  var count: Int
  var sum: Int

  init(_ key: Int, _ end: Int64, _ total: CountAndSum.Total) {
    self.key = key
    self.end = end
    count = total.count
    sum = total.sum
  }

  func writeCSVRow(to bytes: inout [UInt8]) {
    bytes += "\(key),\(end),\(count),\(sum)".utf8
  }
}

/// Counts events and adds their values up.
struct CountAndSum: AggregateFunction {
  struct Total: Codable {
    var count = 0
    var sum = 0
  }

  func createAccumulator() -> Total { Total() }

  func add(_ element: GeneratedEvent, to accumulator: inout Total) {
    accumulator.count &+= 1
    accumulator.sum &+= element.value
  }

  func getResult(_ accumulator: Total) -> Total { accumulator }

  func merge(_ other: Total, into accumulator: inout Total) {
    accumulator.count &+= other.count
    accumulator.sum &+= other.sum
  }
}
