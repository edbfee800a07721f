import DataStreamAPI
import GraphTranslation
import Testing

/// The recorded programs, written in the API that learners use.
@Suite struct GoldenAPIChainingTests {
  private typealias Pair = Tuple2<Int, Int>

  @Test(
    .enabled(if: !ChainingCase.recorded.isEmpty, "not run: chaining.json"),
    arguments: ChainingCase.recorded
  )
  func chainsAsFlinkDoes(_ recorded: ChainingCase) throws {
    let environment = StreamExecutionEnvironment(parallelism: 2)
    let write = try #require(Self.programs[recorded.name], "no program for \(recorded.name)")
    write(environment)
    let graph = try environment.streamGraph(named: recorded.name).translated()
    #expect(recorded.differences(from: graph) == [])
  }

  @Test func unitesStreamsIntoOneInput() throws {
    let environment = StreamExecutionEnvironment(parallelism: 2)
    let first = Self.source(environment, "a")
    let second = Self.source(environment, "b")
    first.union(second).map { $0 }.name("both").writeAsCSV().name("snk")
    let graph = try environment.streamGraph(named: "union").translated()
    #expect(graph.vertices.map(\.name) == ["Source: a", "Source: b", "both -> snk: Writer"])
    #expect(graph.edges.map(\.strategy) == [.forward, .forward])
  }

  @Test func refusesToForwardBetweenDifferentParallelism() {
    let environment = StreamExecutionEnvironment(parallelism: 2)
    Self.source(environment, "src").forward().map { $0 }.setParallelism(3).writeAsCSV()
    #expect(throws: TranslationError.self) {
      try environment.streamGraph(named: "forward").translated()
    }
  }

  private static let programs: [String: @Sendable (StreamExecutionEnvironment) -> Void] = [
    "all_chained": { environment in
      source(environment, "src").map { $0 }.name("m1").filter { _ in true }.name("f1")
        .writeAsCSV().name("snk")
    },
    "keyby": { environment in
      source(environment, "src").map { $0 }.name("m1")
        .keyBy(\.f0).reduce { $1 }.name("red").writeAsCSV().name("snk")
    },
    "partitioners": { environment in
      source(environment, "src").rebalance().map { $0 }.name("m1").rescale().map { $0 }.name("m2")
        .shuffle().map { $0 }.name("m3").broadcast().map { $0 }.name("m4").global().map { $0 }
        .name("m5").forward().writeAsCSV().name("snk")
    },
    "disable_chaining": { environment in
      source(environment, "src").map { $0 }.name("m1").disableChaining().map { $0 }.name("m2")
        .writeAsCSV().name("snk")
    },
    "start_new_chain": { environment in
      source(environment, "src").map { $0 }.name("m1").startNewChain().map { $0 }.name("m2")
        .writeAsCSV().name("snk")
    },
    "env_disable_operator_chaining": { environment in
      environment.disableOperatorChaining()
      source(environment, "src").map { $0 }.name("m1").writeAsCSV().name("snk")
    },
    "slot_sharing_groups": { environment in
      source(environment, "src").map { $0 }.name("m1").slotSharingGroup("heavy")
        .map { $0 }.name("m2")
        .keyBy(\.f0).reduce { $1 }.name("red").setParallelism(3).slotSharingGroup("default")
        .writeAsCSV().name("snk")
    },
    "max_parallelism": { environment in
      environment.maxParallelism = 64
      source(environment, "src").keyBy(\.f0).reduce { $1 }.name("red").setMaxParallelism(16)
        .writeAsCSV().name("snk")
    },
    "connect_keyed": { environment in
      let first = source(environment, "src")
      let other = source(environment, "src2")
      first.keyBy(\.f0).connect(other.keyBy(\.f0)).process(Counting.init).name("co")
        .writeAsCSV().name("snk")
    },
    "broadcast_state": { environment in
      let rules = source(environment, "rules").setParallelism(1)
      let events = source(environment, "events")
      let descriptor = BroadcastStateDescriptor<Int, Int>("rules")
      events.keyBy(\.f0).connect(rules.broadcast(descriptor)).process(Counting.init).name("apply")
        .writeAsCSV().name("snk")
    },
    "from_data_window_all": { environment in
      environment.parallelism = 4
      environment.fromData([1, 2, 3]).map { Pair($0, 1) }.name("m1")
        .windowAll(.tumblingEventTime(.seconds(1))).reduce { $1 }.name("wall")
        .writeAsCSV().name("snk")
    },
    "unnamed_ops": { environment in
      source(environment, "src").map { $0 }.map { $0 }.keyBy(\.f0)
        .window(.slidingEventTime(.seconds(10), slide: .seconds(5))).reduce { $1 }.print()
    },
  ]

  /// Counts what it sees; what a program's shape does not depend on.
  private struct Counting: KeyedCoProcessFunction, KeyedBroadcastProcessFunction {
    typealias Key = Int

    init(_ context: KeyedFunctionContext<Int>) throws {}

    mutating func processElement1(
      _ element: Pair,
      _ context: KeyedFunctionContext<Int>,
      _ output: inout Collector<Pair>
    ) throws { output.collect(element) }

    mutating func processElement2(
      _ element: Pair,
      _ context: KeyedFunctionContext<Int>,
      _ output: inout Collector<Pair>
    ) throws { output.collect(element) }

    mutating func processElement(
      _ element: Pair,
      _ context: KeyedFunctionContext<Int>,
      _ broadcast: ReadOnlyBroadcastContext,
      _ output: inout Collector<Pair>
    ) throws { output.collect(element) }

    mutating func processBroadcastElement(
      _ element: Pair,
      _ context: BroadcastContext,
      _ output: inout Collector<Pair>
    ) throws { output.collect(element) }
  }

  private static func source(
    _ environment: StreamExecutionEnvironment,
    _ name: String
  ) -> DataStream<Pair> {
    environment.generate(count: 10) { number, _ in Tuple2(number, 1) }.name(name)
  }
}
