import DreyCluster
import Examples
import Testing

/// The examples of doc comments, run where they run by themselves.
@Suite struct SnippetTests {
  @Test func clustersProgramsAndHarnessesRun() throws {
    programs()
    moreOfPrograms()
    try executions()
    try clusters()
    try harnesses()
    try secondFile()
  }

  @Test func sourcesMakeAGraph() {
    let environment = StreamExecutionEnvironment()
    sources(environment)
    sources2(environment)
    #expect(environment.streamGraph(named: "sources").nodes.count > 20)
  }

  static let jobs: [Program] = [
    job("streams") { words, readings, _ in
      let numbers = words.map { $0.utf8.count }
      streams(words, numbers, readings)
      streams2(words, numbers, readings)
    },
    job("keyed") { words, readings, costs in keyedStreams(words, readings, costs) },
    job("windows") { _, readings, costs in
      windows(readings, costs)
      windows2(readings, costs)
      windows3(readings, costs)
    },
    job("guide") { _, readings, _ in guide(readings) },
    job("joins") { _, readings, _ in joins(readings, readings) },
    job("connections") { words, readings, _ in connections(words, words, readings) },
    job("sinks") { _, readings, _ in sinks(readings) },
    job("strategies") { _, readings, _ in strategies(readings) },
  ]

  @Test(arguments: jobs.map(\.name))
  func streamsRun(_ name: String) throws {
    let job = try #require(Self.jobs.first { $0.name == name })
    let run = try DreyCluster(taskManagers: 2, slots: 8).run(job)
    #expect(run.isSuccess, "\(run.error ?? run.state)")
    #expect(run.recordsOut > 0)
  }

  private static func job(
    _ name: String,
    _ body:
      @escaping @Sendable (
        DataStream<String>, DataStream<Reading>, DataStream<Tuple2<String, Double>>
      ) -> Void
  ) -> Program {
    Program(name) { environment in
      let readings = environment.fromData(Reading.minute).assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.seconds(10)).withTimestampAssigner { $0.time }
      )
      let costs = environment.fromData(Tuple2("attic", 0.5), Tuple2("cellar", 1.5))
      body(environment.fromData("to", "be", "or", "not", "to", "be"), readings, costs)
    }
  }
}
