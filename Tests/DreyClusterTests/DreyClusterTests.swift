import DreyCluster
import Testing

/// A cluster in a script: programs as values, with faults, and through their environment.
@Suite struct DreyClusterTests {
  static let counts = Program("counts", columns: ["parity", "sum"]) { environment in
    environment.fromSequence(1, 100)
      .map { Tuple2($0 % 2 == 0 ? "even" : "odd", $0) }
      .keyBy(\.f0).sum(\.f1).name("counts")
      .sinkTo(FileSink.csv())
  }

  @Test func runsAProgramThroughAKill() throws {
    let cluster = try DreyCluster(taskManagers: 3, seed: 7)
    let run = try cluster.run(
      Self.counts,
      parallelism: 2,
      rate: 20,
      faults: ["kill tm-1 at 3s"]
    )
    #expect(run.state == "FINISHED")
    #expect(run.isSuccess)
    #expect(run.restarts > 0)
    #expect(run.recordsIn == 100)
    #expect(run.recordsOut == 100)
    #expect(Set(run.rows).contains("even,2550"))
    #expect(Set(run.rows).contains("odd,2500"))
    #expect(run.report.contains("FINISHED"))
    let again = try DreyCluster(taskManagers: 3, seed: 7)
      .run(Self.counts, parallelism: 2, rate: 20, faults: ["kill tm-1 at 3s"])
    #expect(again.digest == run.digest)
    #expect(again.rows == run.rows)
  }

  @Test func runsSeveralJobsOneAfterTheOther() throws {
    let cluster = try DreyCluster(taskManagers: 1)
    let first = try cluster.run(Self.counts)
    let second = try cluster.run(Self.counts)
    #expect(first.rows == second.rows)
    #expect(second.job == "counts-2")
  }

  @Test func anEnvironmentExecutes() throws {
    let cluster = try DreyCluster(taskManagers: 1, inputs: ["poem": "to be\nor not\nto be\n"])
    let environment = cluster.environment()
    environment.readTextFile("poem").map { $0.utf8.count }.collect()
    let result = try environment.execute("lengths")
    #expect(result.jobName == "lengths")
    #expect(try result.netRuntime > .zero)
    let values = try result.outcome.commits.flatMap {
      try CollectedRows.decode(Int.self, from: $0.bytes)
    }
    #expect(values == [5, 6, 5])
    #expect(throws: ExecutionProblem.noOperators) { try environment.execute() }
    #expect(try environment.fromData(3, 1, 2).filter { $0 > 1 }.executeAndCollect() == [3, 2])
  }

  @Test func aJobThatRunsIsInTheProgramsHand() throws {
    let cluster = try DreyCluster(taskManagers: 2)
    let environment = cluster.environment()
    environment.fromSequence(1, 1_000, rate: SourceRate(elementsPerSecond: 10)).print()
    let client = try environment.executeAsync("slow")
    try cluster.advance(by: .seconds(5))
    #expect(try client.getJobStatus() == .running)
    try client.cancel()
    #expect(throws: JobExecutionFailure.self) { try client.getJobExecutionResult() }
    #expect(try client.getJobStatus() == .canceled)
  }

  @Test func aProgramMayExecuteItself() throws {
    let program = Program("own") { environment in
      environment.fromData(1, 2).print()
      let result = try environment.execute("named by itself")
      #expect(throws: DetachedJobResult.self) { try result.netRuntime }
    }
    let run = try DreyCluster().run(program)
    #expect(run.rows == ["1", "2"])
    let twice = Program("twice") { environment in
      environment.fromData(1).print()
      try environment.execute()
      environment.fromData(2).print()
      try environment.execute()
    }
    let problem = #expect(throws: ClusterProblem.self) { try DreyCluster().run(twice) }
    #expect(problem?.description.contains("more than one execute()") == true)
  }

  @Test func parametersAreSetWithinTheirBounds() throws {
    let factor = ProgramParameter.number("factor", of: "times", default: 2, in: 1...9, help: "")
    let program = Program("product", parameters: [factor]) { environment in
      let factor = environment.number(factor)
      environment.fromData(1, 2).map { $0 * factor }.print()
    }
    #expect(try DreyCluster().run(program).rows == ["2", "4"])
    #expect(try DreyCluster().run(program, parameters: ["factor": "5"]).rows == ["5", "10"])
    for (name, value, text) in [
      ("factor", "10", "from 1 to 9 times"), ("factor", "x", "not \"x\""),
      ("fact", "3", "unknown parameter"),
    ] {
      let problem = #expect(throws: ClusterProblem.self) {
        try DreyCluster().run(program, parameters: [name: value])
      }
      #expect(problem?.description.contains(text) == true, "\(problem?.description ?? "")")
    }
  }

  @Test func saysWhatIsWrong() throws {
    #expect(throws: ClusterProblem.self) { try DreyCluster(taskManagers: 0) }
    let cluster = try DreyCluster(taskManagers: 1)
    #expect(throws: ClusterProblem.self) { try cluster.run(Self.counts, faults: ["kill tm-1"]) }
    let failing = Program("failing") { environment in
      environment.setRestartStrategy(.none)
      environment.fromData(1).map { _ -> Int in throw Mishap() }.name("map").print()
    }
    let run = try cluster.run(failing)
    #expect(run.state == "FAILED")
    #expect(run.error?.contains("Mishap") == true)
    let endless = Program("endless") { environment in
      environment.fromData(1).map { _ -> Int in throw Mishap() }.name("map").print()
    }
    let limited = try DreyCluster().run(endless, limit: .seconds(30))
    #expect(limited.state == "LIMIT")
    #expect(limited.error?.contains("Mishap") == true)
    let unstruck = try DreyCluster(taskManagers: 1).run(Self.counts, faults: ["kill tm-1 at 30min"])
    #expect(unstruck.unstruck == ["kill tm-1 at 30min"])
    #expect(!unstruck.isSuccess)
  }

  @Test func anEnvironmentOfNobodyCannotExecute() {
    let environment = StreamExecutionEnvironment()
    environment.fromData(1).print()
    #expect(throws: ExecutionProblem.noExecutor) { try environment.execute() }
  }

  /// Asks for a timer, and has a method that only looks as if it took it.
  struct NearMiss: KeyedProcessFunction {
    func processElement(
      _ number: Int,
      _ context: KeyedFunctionContext<Int>,
      _ output: inout Collector<Int>
    ) {
      context.timerService.registerEventTimeTimer(1)
    }

    func onTimer(
      _ timestamp: Int,
      _ context: KeyedFunctionContext<Int>,
      _ output: inout Collector<Int>
    ) {
      output.collect(1)
    }
  }

  @Test func aTimerThatNobodyTakesIsAFailure() throws {
    let program = Program("near-miss") { environment in
      environment.setRestartStrategy(.none)
      environment.fromData(1).keyBy { $0 }.process { _ in NearMiss() }.print()
    }
    let run = try DreyCluster().run(program)
    #expect(run.state == "FAILED")
    #expect(run.error?.contains("NearMiss registered a timer, and has no onTimer") == true)
  }

  /// Fills its state in a method that nobody calls.
  struct Forgetful: KeyedProcessFunction {
    private var seen: ValueState<Bool>?

    mutating func open(_ context: FunctionContext) throws {}

    func processElement(
      _ number: Int,
      _ context: KeyedFunctionContext<Int>,
      _ output: inout Collector<Int>
    ) {
      if seen?.value() == nil { output.collect(number) }
    }
  }

  @Test func aStateThatWasNeverAskedForIsAFailure() throws {
    let program = Program("forgetful") { environment in
      environment.setRestartStrategy(.none)
      environment.fromData(1).keyBy { $0 }.process { _ in Forgetful() }.print()
    }
    let run = try DreyCluster().run(program)
    #expect(run.error?.contains("Forgetful.seen is nil") == true)
  }

  private struct Mishap: Error {}

  /// What is waited for no longer gives its slots back.
  @Test func aJobThatTookTooLongIsCancelled() throws {
    let cluster = try DreyCluster(taskManagers: 1, slots: 1)
    let numbers = Program("numbers") { $0.fromSequence(1, 1_000).print() }
    let slow = try cluster.run(numbers, rate: 10, limit: .seconds(5))
    #expect(slow.state == "LIMIT")
    #expect(try cluster.run(numbers).state == "FINISHED")
  }

  @Test func readsTheInputThatIsNamed() throws {
    let cluster = try DreyCluster(inputs: ["first": "a\n", "second": "b\nc\n"])
    let lines = Program("lines") { $0.readTextFile($0.input).print() }
    #expect(try cluster.run(lines).rows == ["a"])
    #expect(try cluster.run(lines, input: "second").rows == ["b", "c"])
    #expect(throws: ClusterProblem.self) { try cluster.run(lines, input: "third") }
  }
}
