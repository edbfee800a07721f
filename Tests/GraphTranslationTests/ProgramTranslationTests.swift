import DataStreamAPI
import GraphTranslation
import JobGraphs
import StreamModel
import Testing

/// What recorded programs show that the API cannot write in full yet.
@Suite struct ProgramTranslationTests {
  private typealias Count = Tuple2<String, Int>

  private func source(_ environment: StreamExecutionEnvironment) -> DataStream<Count> {
    environment.generate(count: 9) { index, _ in Count("\(index)", 1) }.name("src")
  }

  /// As far as the API goes: the vertices before the window, by name.
  @Test func operatorsHaveTheNamesOfFlinkWithoutAnyOfTheirOwn() throws {
    let environment = StreamExecutionEnvironment(parallelism: 2)
    source(environment).map { $0 }.map { $0 }.keyBy(\.f0).sum(\.f1).print()
    source(environment).filter { _ in true }
      .flatMap { (count: Count, output: inout Collector<Count>) in output.collect(count) }
      .keyBy(\.f0).reduce { first, _ in first }.collect()
    let graph = try environment.streamGraph(named: "unnamed").translated()
    #expect(
      graph.vertices.map(\.name) == [
        "Source: src -> Map -> Map", "Source: src -> Filter -> Flat Map",
        "Keyed Aggregation -> Sink: Print to Std. Out", "Keyed Reduce -> Sink: Collect",
      ]
    )
  }

  @Test func dataOfAnArrayIsReadByOneSubtask() throws {
    let environment = StreamExecutionEnvironment(parallelism: 4)
    environment.fromData([1, 2, 3]).map { $0 }.name("m1").collect().name("snk")
    let graph = try environment.streamGraph(named: "from_data").translated()
    #expect(graph.vertices.map(\.name) == ["Source: Collection Source", "m1 -> snk: Writer"])
    #expect(graph.vertices.map(\.parallelism) == [1, 4])
    #expect(graph.edges.map(\.strategy) == [.rebalance])
  }
}
