import SimulationKernel
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
    var tumbling: Double
    /// The share of the loop for sliding windows that sliding windows reach.
    var sliding: Double
  }

  func run() throws -> Outcome {
    print(
      "windows, \(events / 1_000_000) M events, \(GeneratedEvent.keyCount) keys, 2 s out of order,"
        + " parallelism 1; medians of \(rounds) rounds"
    )
    let ten = TumblingEventTimeWindows.of(.seconds(10))
    let minute = SlidingEventTimeWindows.of(.seconds(60), slide: .seconds(10))
    let session = EventTimeSessionWindows.withGap(.milliseconds(500))
    let tumbling = try pair(
      "tumbling 10 s        ",
      events,
      by: Self.windows(ten),
      beside: WindowLoop.run
    )
    let sliding = try pair(
      "sliding 60 s / 10 s  ",
      events / 2,
      by: Self.windows(minute),
      beside: SlidingLoop.run
    )
    try time("session, gap 500 ms  ", events / 10, by: Self.windows(session))
    try time("interval join ± 1 s  ", events / 20, by: Self.join)
    return Outcome(tumbling: tumbling, sliding: sliding)
  }

  private typealias Job =
    @Sendable (StreamExecutionEnvironment, Int) -> DataStream<WindowRow>

  /// Times windows and the loop that makes the same rows, in turn.
  ///
  /// - Returns: The share of the loop's speed.
  private func pair(
    _ name: String,
    _ events: Int,
    by program: @escaping Job,
    beside loop: (Int) -> (rows: Int, sum: Int)
  ) throws -> Double {
    var loops: [Double] = []
    var runs: [Double] = []
    var wanted = (rows: 0, sum: 0)
    var seen = Seen()
    for _ in 0..<rounds {
      loops.append(Stopwatch.time { wanted = loop(events) })
      runs.append(try Stopwatch.time { try play(name, events, by: program, &seen) })
    }
    guard seen.rows == wanted.rows else {
      throw BenchmarkError("\(seen.rows) rows of windows, not \(wanted.rows)")
    }
    let ratio = Figure.median(zip(loops, runs).map { $0 / $1 })
    let loop = Figure.millions(events, in: Figure.median(loops))
    let run = Figure.millions(events, in: Figure.median(runs))
    print("  \(name)\(run) M events/s, \(Figure.ratio(ratio)) of its loop's \(loop) M")
    print("                       \(seen)")
    return ratio
  }

  /// Times a job beside the loop for tumbling windows.
  private func time(_ name: String, _ events: Int, by program: @escaping Job) throws {
    var seen = Seen()
    let figure = try BesideLoop(rounds: rounds) {
      try play(name, events, by: program, &seen)
      return events
    }
    print("  \(name)\(figure.text(of: "events"))")
    print("                       \(seen)")
  }

  /// What was seen of runs.
  private struct Seen: CustomStringConvertible {
    var rows = 0
    var state = StateEntries()
    var megabytes = 0

    var description: String {
      "\(rows) rows; state \(state); \(megabytes) MB anonymous"
    }
  }

  private func play(
    _ name: String,
    _ events: Int,
    by program: @escaping Job,
    _ seen: inout Seen
  ) throws {
    let run = try JobRun(options(name, events, by: program))
    while run.ending == nil {
      try run.advance(until: run.now + .seconds(1))
      seen.megabytes = max(seen.megabytes, AnonymousMemory.megabytes)
    }
    seen.rows = run.history.committedRows
    seen.state = StateEntries(of: run)
  }

  private func options(
    _ name: String,
    _ events: Int,
    by program: @escaping Job
  ) -> RunOptions {
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
