import DataStreamAPI

/// What a fact's job emits: where in the answer a value stands, and the value.
///
/// The places of `{"a": [1, 2]}` are `a/0` and `a/1`. A later row for a place replaces an earlier
/// one.
typealias FactRow = Tuple2<String, String>

/// A fact about the datasets, and the job that finds it.
struct Fact: Sendable {
  /// What a fact's rows depend on besides the records.
  enum Order: Sendable {
    /// Nothing: any order and any timing of the records gives the same last rows.
    case free
    /// The order of the records, which is kept at parallelism 1; what is remembered of it is state,
    /// so that a failure changes nothing.
    case byState
    /// How far the watermark was when a record came. A watermark is no part of a checkpoint, so a
    /// failure changes the answer, as in Flink.
    case byWatermark
  }

  /// The name, as in the answers.
  let id: String
  /// The datasets, the one first that says how long the job takes.
  let inputs: [String]
  /// What its rows depend on.
  let order: Order
  /// Writes the program.
  let program: @Sendable (FactInputs) -> DataStream<FactRow>

  init(
    _ id: String,
    _ inputs: String...,
    order: Order = .free,
    _ program: @escaping @Sendable (FactInputs) -> DataStream<FactRow>
  ) {
    self.id = id
    self.inputs = inputs
    self.order = order
    self.program = program
  }

  /// Every fact.
  static let all: [Fact] =
    totals + windows + lateness + joins + patterns + quakes + generated

  /// The fact as a job.
  var job: Program { Self.job(of: [self]) }

  /// Facts as one job that reads each dataset once; the places of its rows begin with the names of
  /// the facts.
  static func job(of facts: [Fact]) -> Program {
    var inputs: [String] = []
    for input in facts.flatMap(\.inputs) where !inputs.contains(input) { inputs.append(input) }
    return Program(
      "facts",
      summary: "a fact about the datasets",
      columns: ["place", "value"],
      inputs: inputs,
      isConfluent: facts.allSatisfy { $0.order == .free }
    ) { environment in
      let inputs = FactInputs(environment: environment)
      let rows = facts.map { fact in
        let id = fact.id
        return fact.program(inputs).map { FactRow("\(id): \($0.f0)", $0.f1) }
      }
      rows.dropFirst().reduce(rows[0]) { $0.union($1) }.writeAsCSV().name("rows").uid("rows")
    }
  }
}

/// A row of the dataset `quakes`.
struct Quake: Codable, Sendable {
  var seq: Int
  var event_time: EventTime
  var mag: Double
  var place: String
}

extension DataStream {
  /// How many elements there are of each name, told anew for each element.
  func counted(
    by name: @escaping @Sendable (Element) -> String
  ) -> DataStream<FactRow> {
    summed { Tuple2(name($0), 1) }
  }

  /// The sum of each name, told anew for each element.
  func summed(
    _ named: @escaping @Sendable (Element) -> Tuple2<String, Int>
  ) -> DataStream<FactRow> {
    map(named).keyBy(\.f0).sum(\.f1).map { Tuple2($0.f0, String($0.f1)) }
  }

  /// The elements with their event time, and no watermark before the end: nothing is ever late.
  func timed(_ time: @escaping @Sendable (Element) -> EventTime) -> DataStream {
    assignTimestampsAndWatermarks(
      .noWatermarks().withTimestampAssigner { time($0).milliseconds }
    )
  }

  /// The elements with their event time and a watermark after each.
  func timed(
    boundMinutes: Int64,
    _ time: @escaping @Sendable (Element) -> EventTime
  ) -> DataStream {
    assignTimestampsAndWatermarks(
      .forBoundedOutOfOrdernessPerRecord(.minutes(boundMinutes))
        .withTimestampAssigner { time($0).milliseconds }
    )
  }

  /// The elements that are behind the watermark.
  func behindTheWatermark() -> DataStream {
    process(emitting: Element.self) { element, context, output in
      if let time = context.timestamp, time <= context.currentWatermark.timestamp {
        output.collect(element)
      }
    }
  }
}

extension KeyedStream where Element: Codable & SendableMetatype {
  /// All elements of each key, when the input is at its end.
  func atEnd() -> WindowedStream<Element, Key, TriggeredWindowKind> {
    window(.global).trigger(EventTimeTrigger<Element>())
  }
}

extension DataStream where Element: Codable & SendableMetatype {
  /// All elements, when the input is at its end.
  func allAtEnd() -> WindowedStream<Element, Int8, TriggeredWindowKind> {
    windowAll(.global).trigger(EventTimeTrigger<Element>())
  }
}

/// A name or a moment with a number.
typealias NamedCount = Tuple2<String, Int>
typealias TimedCount = Tuple2<Int64, Int>

/// A moment as facts write it.
func text(_ milliseconds: Int64) -> String {
  EventTime(milliseconds: milliseconds).description
}
