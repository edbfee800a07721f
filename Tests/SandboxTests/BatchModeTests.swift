import RecordFormats
import Connectors
import DataStreamAPI
import GraphTranslation
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// What a job emits when it is executed as batch, beside what it emits as streaming.
@Suite struct BatchModeTests {
  typealias Count = Tuple2<String, Int>

  /// The committed rows of a program.
  static func rows(
    _ mode: RuntimeMode,
    parallelism: Int = 1,
    _ program: @escaping @Sendable (StreamExecutionEnvironment) -> DataStream<Count>
  ) throws -> [String] {
    let job = Program("job", summary: "", columns: ["key", "n"], isConfluent: true) { environment in
      program(environment).writeAsCSV().name("rows")
    }
    var options = RunOptions(job: job)
    options.parallelism = parallelism
    options.runtimeMode = mode
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    return observed.lines
  }

  /// Elements whose number is also their time, in seconds, out of order.
  static func timed(_ environment: StreamExecutionEnvironment) -> DataStream<Count> {
    environment.fromData([
      Count("b", 7), Count("a", 3), Count("ab", 25), Count("a", 1), Count("b", 31),
      Count("a", 22), Count("c", 2), Count("ab", 4), Count("b", 8), Count("a", 40),
    ])
    .assignTimestampsAndWatermarks(
      .forBoundedOutOfOrderness(.seconds(60)).withTimestampAssigner { Int64($0.f1) * 1000 }
    )
  }

  @Test func emitsWordsInTheOrderThatWasMeasured() throws {
    let words = ["the", "zebra", "be", "a", "the", "apple", "of", "zz", "I", "a"]
    let rows = try Self.rows(.batch) { environment in
      environment.fromData(words.map { Count($0, 1) }).keyBy(\.f0).sum(\.f1)
    }
    #expect(rows == ["I,1", "a,2", "be,1", "of,1", "zz,1", "the,2", "apple,1", "zebra,1"])
  }

  @Test func takesTheBytesOfNumbersAsSigned() throws {
    let numbers = [1, 300, -1, 128, 0, -300, 127, 255]
    let rows = try Self.rows(.batch) { environment in
      environment.fromData(numbers.map { Count("n", $0) })
        .keyBy { Int32($0.f1) }.reduce { first, _ in first }
    }
    // As Flink's comparator takes them: 0x80 to 0xFF come before 0x00 to 0x7F in each byte.
    #expect(rows == ["n,-300", "n,-1", "n,128", "n,255", "n,0", "n,1", "n,127", "n,300"])
  }

  @Test func reducesToTheLastOfTheStreamingRows() throws {
    let program: @Sendable (StreamExecutionEnvironment) -> DataStream<Count> = { environment in
      Self.timed(environment).keyBy(\.f0).reduce { Count($0.f0, $0.f1 + $1.f1) }
    }
    #expect(try Self.rows(.batch, program) == ["a,66", "b,46", "c,2", "ab,29"])
    #expect(Set(try Self.rows(.streaming, program)).isSuperset(of: try Self.rows(.batch, program)))
  }

  @Test func firesWindowsOnceWithEverything() throws {
    for assigner in [
      WindowAssignment.tumblingEventTime(.seconds(10)),
      .slidingEventTime(.seconds(20), slide: .seconds(10)),
      .eventTimeSession(gap: .seconds(5)),
    ] {
      let program: @Sendable (StreamExecutionEnvironment) -> DataStream<Count> = { environment in
        Self.timed(environment).keyBy(\.f0).window(PlannedWindows(assigner)).reduce {
          Count($0.f0, $0.f1 + $1.f1)
        }
      }
      let batch = try Self.rows(.batch, program)
      #expect(batch.sorted() == (try Self.rows(.streaming, program)).sorted())
      #expect(batch.map { $0.prefix(2) } == batch.map { $0.prefix(2) }.sorted(by: inKeyOrder))
    }
  }

  /// `a,` before `b,` before `ab`.
  private func inKeyOrder(_ left: Substring, _ right: Substring) -> Bool {
    let (left, right) = (left.filter { $0 != "," }, right.filter { $0 != "," })
    return (left.count, left) < (right.count, right)
  }

  @Test func losesNoRecordAsLate() throws {
    let rows = try Self.rows(.batch) { environment in
      environment.fromData([Count("a", 90), Count("a", 1), Count("a", 2)])
        .assignTimestampsAndWatermarks(
          .forBoundedOutOfOrdernessPerRecord(.zero).withTimestampAssigner { Int64($0.f1) * 1000 }
        )
        .keyBy(\.f0).window(.tumblingEventTime(.seconds(10)))
        .reduce { Count($0.f0, $0.f1 + $1.f1) }
    }
    #expect(rows == ["a,3", "a,90"])
  }

  /// Emits each element with the number of those of its key before it, and asks for timers.
  private struct Numbering: KeyedProcessFunction {
    private let seen: ValueState<Int>

    init(_ context: KeyedFunctionContext<String>) throws {
      seen = try context.valueState(named: "seen")
    }

    mutating func processElement(
      _ element: Count,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) throws {
      let before = seen.value() ?? 0
      seen.update(before + 1)
      #expect(context.currentWatermark == .none)
      context.timerService.registerEventTimeTimer(50_000)
      context.timerService.registerProcessingTimeTimer(0)
      output.collect(Count("\(element.f0)\(element.f1)", before))
    }

    mutating func onTimer(
      _ timestamp: Int64,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) throws {
      context.timerService.registerProcessingTimeTimer(timestamp + 1)
      let kind = context.timeDomain == .eventTime ? "event" : "processing"
      output.collect(Count("\(context.currentKey ?? "?") \(kind)", seen.value() ?? 0))
    }
  }

  @Test func showsAProcessFunctionOneKeyAfterTheOther() throws {
    let rows = try Self.rows(.batch) { environment in
      Self.timed(environment).keyBy(\.f0).process(Numbering.init)
    }
    #expect(
      rows == [
        "a1,0", "a3,1", "a22,2", "a40,3", "a event,4", "a processing,4",
        "b7,0", "b8,1", "b31,2", "b event,3", "b processing,3",
        "c2,0", "c event,1", "c processing,1",
        "ab4,0", "ab25,1", "ab event,2", "ab processing,2",
      ]
    )
  }

  @Test func joinsIntervalsAsStreamingDoes() throws {
    let program: @Sendable (StreamExecutionEnvironment) -> DataStream<Count> = { environment in
      let left = Self.timed(environment).keyBy(\.f0)
      let right = Self.timed(environment).map { Count($0.f0, $0.f1 + 1) }
        .assignTimestampsAndWatermarks(
          .forBoundedOutOfOrderness(.seconds(60)).withTimestampAssigner { Int64($0.f1) * 1000 }
        ).keyBy(\.f0)
      return left.intervalJoin(right, between: .seconds(-5), and: .seconds(5))
        .process { left, right, _, output in
          output.collect(Count("\(left.f0) \(left.f1)", right.f1))
        }
    }
    let batch = try Self.rows(.batch, program)
    #expect(batch.count > 8)
    #expect(batch.sorted() == (try Self.rows(.streaming, program)).sorted())
  }

  /// Emits the elements of both sides with how many of the key came before.
  private struct BothSides: KeyedCoProcessFunction {
    private let seen: ValueState<Int>

    init(_ context: KeyedFunctionContext<String>) throws {
      seen = try context.valueState(named: "seen")
    }

    private func note(_ text: String, _ output: inout Collector<Count>) {
      let before = seen.value() ?? 0
      seen.update(before + 1)
      output.collect(Count(text, before))
    }

    mutating func processElement1(
      _ element: Count,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) throws { note("\(element.f0) first \(element.f1)", &output) }

    mutating func processElement2(
      _ element: Count,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) throws { note("\(element.f0) second \(element.f1)", &output) }
  }

  @Test func mergesTwoInputsByKeyAndTime() throws {
    let rows = try Self.rows(.batch) { environment in
      let first = Self.timed(environment).filter { $0.f1 < 10 }.keyBy(\.f0)
      let second = Self.timed(environment).filter { $0.f1 % 2 == 1 }.keyBy(\.f0)
      return first.connect(second).process(BothSides.init)
    }
    #expect(
      rows == [
        "a first 1,0", "a second 1,1", "a first 3,2", "a second 3,3", "b first 7,0",
        "b second 7,1", "b first 8,2", "b second 31,3", "c first 2,0", "ab first 4,0",
        "ab second 25,1",
      ]
    )
  }

  /// Multiplies by the last broadcast number.
  private struct Scaling: KeyedBroadcastProcessFunction {
    static let factor = BroadcastStateDescriptor<String, Int>("factor")

    mutating func processElement(
      _ element: Count,
      _ context: KeyedFunctionContext<String>,
      _ broadcast: ReadOnlyBroadcastContext,
      _ output: inout Collector<Count>
    ) throws {
      let factor = try broadcast.broadcastState(Self.factor)["factor"] ?? 0
      output.collect(Count(element.f0, element.f1 * factor))
    }

    mutating func processBroadcastElement(
      _ element: Int,
      _ context: BroadcastContext,
      _ output: inout Collector<Count>
    ) throws {
      let state = try context.broadcastState(Self.factor)
      state["factor"] = element
    }
  }

  @Test func readsWhatIsBroadcastFirst() throws {
    let rows = try Self.rows(.batch) { environment in
      let numbers = environment.generate(
        count: 30,
        rate: SourceRate(elementsPerSecond: 10)
      ) { number, _ in number }
      return Self.timed(environment).filter { $0.f0 != "a" }.keyBy(\.f0)
        .connect(numbers.broadcast(Scaling.factor)).process { _ in Scaling() }
    }
    #expect(rows == ["b,203", "b,232", "b,899", "c,58", "ab,116", "ab,725"])
  }

  @Test func isTheSameAtAnyParallelism() throws {
    let program: @Sendable (StreamExecutionEnvironment) -> DataStream<Count> = { environment in
      environment.generate(count: 500) { number, _ in Count("k\(number % 37)", number) }
        .keyBy(\.f0).sum(\.f1)
    }
    let one = try Self.rows(.batch, program)
    #expect(one.count == 37)
    #expect(try Self.rows(.batch, parallelism: 3, program).sorted() == one.sorted())
    #expect(try Self.rows(.automatic, parallelism: 2, program).sorted() == one.sorted())
  }

  @Test func decidesByTheSources() throws {
    func graph(_ mode: RuntimeMode, _ boundedness: Boundedness) throws -> JobGraph {
      let environment = StreamExecutionEnvironment()
      environment.setRuntimeMode(mode)
      environment.enableCheckpointing(every: .seconds(1))
      var factory = StreamOperatorFactory.source { _ in CollectionFormat([1]) }
      factory.boundedness = boundedness
      let stream: DataStream<Int> = environment.addSource("Source: numbers", factory)
      stream.print()
      return try environment.streamGraph(named: "job").translated()
    }
    #expect(try graph(.automatic, .bounded).settings.runtimeMode == .batch)
    #expect(try graph(.automatic, .bounded).settings.checkpoints == nil)
    #expect(try graph(.automatic, .continuousUnbounded).settings.runtimeMode == .streaming)
    #expect(try graph(.automatic, .continuousUnbounded).settings.checkpoints != nil)
    #expect(try graph(.streaming, .bounded).settings.runtimeMode == .streaming)
    #expect(
      performing: { _ = try graph(.batch, .continuousUnbounded) },
      throws: {
        "\($0)" == "Source 'Source: numbers' is unbounded: a job that reads it cannot be executed"
          + " in batch."
      }
    )
  }
}
