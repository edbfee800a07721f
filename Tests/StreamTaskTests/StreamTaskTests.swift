import RecordFormats
import Connectors
import DataStreamAPI
import StreamModel
import StreamOperators
import TaskRuntime
import Testing

@Suite struct StreamTaskTests {
  typealias Count = Tuple2<String, Int>

  // MARK: Sources

  /// Ten numbers a second to two consumers, with checkpoints.
  private func paced(_ environment: StreamExecutionEnvironment) {
    environment.enableCheckpointing(every: .seconds(1))
    environment.generate(count: 5, rate: SourceRate(elementsPerSecond: 10)) { index, _ in index }
      .rescale().map { $0 }.setParallelism(2).collect().setParallelism(2)
  }

  @Test func aSourceEmitsAtItsRateAndFlushesInTime() throws {
    let bench = try TaskBench(program: paced)
    #expect(bench.take() == ["offset 0"])
    bench.task.connect(output: 0, subpartition: 0, credit: 9)
    bench.task.connect(output: 0, subpartition: 1, credit: 9)
    #expect(try bench.run(until: .milliseconds(199)) == [])
    #expect(try bench.run(until: .milliseconds(200)) == ["send 0.0 [0]"])
    #expect(try bench.run(until: .milliseconds(299)) == [])
    #expect(try bench.run(until: .milliseconds(300)) == ["send 0.1 [1]"])
    #expect(bench.task.metrics.recordsIn == 3)
    bench.task.trigger(CheckpointID(1))
    #expect(
      try bench.run(until: .milliseconds(399)) == [
        "send 0.0 [2]", "send 0.0 | 1", "send 0.1 | 1", "offset 3 at 1", "snapshot 1",
      ]
    )
    #expect(
      try bench.run(until: .milliseconds(5000)) == [
        "send 0.1 [3]", "send 0.0 [4]", "send 0.0 wm \(Int64.max)", "send 0.0 endOfData",
        "send 0.1 wm \(Int64.max)", "send 0.1 endOfData", "offset 5", "end of data",
      ]
    )
  }

  @Test func aSourceFinishesWithTheFirstCheckpointAfterItsEnd() throws {
    let bench = try TaskBench(program: paced)
    bench.task.connect(output: 0, subpartition: 0, credit: 9)
    bench.task.connect(output: 0, subpartition: 1, credit: 9)
    _ = try bench.run(until: .milliseconds(100))
    bench.task.trigger(CheckpointID(1))
    _ = try bench.run(until: .milliseconds(5000))
    #expect(bench.task.nextInstant(now: .milliseconds(5000)) == nil)
    // The checkpoint was taken before the end: its completion finishes nothing.
    bench.task.checkpointCompleted(CheckpointID(1))
    #expect(try bench.run(until: .milliseconds(5000)) == [])
    bench.task.trigger(CheckpointID(2))
    #expect(
      try bench.run(until: .milliseconds(5000)) == [
        "send 0.0 | 2", "send 0.1 | 2", "offset 5 at 2", "snapshot 2 finished",
      ]
    )
    // Late news of the one before finishes nothing either.
    bench.task.checkpointCompleted(CheckpointID(1))
    #expect(try bench.run(until: .milliseconds(5000)) == [])
    // It is aborted; the next one is final too.
    bench.task.checkpointAborted(CheckpointID(2))
    #expect(try bench.run(until: .milliseconds(5000)) == [])
    bench.task.trigger(CheckpointID(3))
    #expect(try bench.run(until: .milliseconds(5000)).last == "snapshot 3 finished")
    bench.task.checkpointCompleted(CheckpointID(3))
    #expect(
      try bench.run(until: .milliseconds(5000)) == [
        "send 0.0 endOfPartition", "send 0.1 endOfPartition", "finish",
      ]
    )
    #expect(bench.task.nextInstant(now: .milliseconds(6000)) == nil)
  }

  @Test func anyCheckpointAfterItsEndIsGoodEnough() throws {
    let bench = try TaskBench(program: paced)
    for channel in 0...1 { bench.task.connect(output: 0, subpartition: channel, credit: 9) }
    _ = try bench.run(until: .milliseconds(5000))
    for number in [1, 2] { bench.task.trigger(CheckpointID(number)) }
    #expect(try bench.run(until: .milliseconds(5000)).last == "snapshot 2 finished")
    bench.task.checkpointCompleted(CheckpointID(1))
    #expect(try bench.run(until: .milliseconds(5000)).last == "finish")
  }

  /// The order to begin the next checkpoint may wait in the mailbox behind the news that ends it.
  @Test func aSourceThatHasFinishedBeginsNoCheckpoint() throws {
    let bench = try TaskBench(program: paced)
    for channel in 0...1 { bench.task.connect(output: 0, subpartition: channel, credit: 9) }
    _ = try bench.run(until: .milliseconds(5000))
    bench.task.trigger(CheckpointID(1))
    _ = try bench.run(until: .milliseconds(5000))
    bench.task.checkpointCompleted(CheckpointID(1))
    bench.task.trigger(CheckpointID(2))
    #expect(
      try bench.run(until: .milliseconds(5000)) == [
        "send 0.0 endOfPartition", "send 0.1 endOfPartition", "finish",
      ]
    )
  }

  @Test func withoutCheckpointsASourceFinishesAtItsEnd() throws {
    let bench = try TaskBench { environment in
      environment.fromData([1, 2]).rebalance().map { $0 }.collect()
    }
    bench.task.connect(output: 0, subpartition: 0, credit: 9)
    #expect(
      try bench.run() == [
        "offset 0", "send 0.0 [1, 2]", "send 0.0 wm \(Int64.max)", "send 0.0 endOfData", "offset 2",
        "end of data", "send 0.0 endOfPartition", "finish",
      ]
    )
  }

  private struct Refusing: RowSerializer {
    var rows = 0
    mutating func append(_ batch: RecordBatch<Int>) { rows += batch.count }
    mutating func seal() throws -> [UInt8] { throw Mishap() }
  }

  @Test(arguments: [SinkVisibility.immediate, .onCheckpoint])
  func rowsThatCannotBeSerialisedFailTheTask(visibility: SinkVisibility) throws {
    let bench = try TaskBench { environment in
      environment.enableCheckpointing(every: .seconds(1))
      environment.fromData([1]).addSink("rows", .sink(visibility: visibility) { _ in Refusing() })
    }
    bench.task.trigger(CheckpointID(1))
    let failure = #expect(throws: OperatorFailure.self) {
      _ = try bench.run()
      bench.task.trigger(CheckpointID(2))
      _ = try bench.run()
    }
    #expect(failure?.operatorName == "rows")
    #expect(failure?.underlying is Mishap)
  }

  @Test func aBufferTimeoutOfZeroSendsAtOnce() throws {
    let bench = try TaskBench { environment in
      self.paced(environment)
      environment.settings.bufferTimeout = .zero
    }
    bench.task.connect(output: 0, subpartition: 0, credit: 9)
    #expect(try bench.run(until: .milliseconds(100)).last == "send 0.0 [0]")
  }

  // MARK: Back pressure

  @Test func aTaskStopsWhenNobodyTakesItsBuffers() throws {
    let bench = try TaskBench(exclusiveBuffers: 2, floatingBuffers: 3, bufferBytes: 80) {
      environment in
      environment.fromData(Array(0..<1000)).rebalance().map { $0 }.collect()
    }
    #expect(try bench.run() == ["offset 0"])
    #expect(bench.task.metrics.isBackPressured)
    #expect(bench.task.metrics.recordsIn == 50)
    bench.task.connect(output: 0, subpartition: 0, credit: 0)
    #expect(try bench.run() == [])
    bench.task.grant(2, output: 0, subpartition: 0)
    #expect(bench.take() == ["send 0.0 \(Array(0..<10))", "send 0.0 \(Array(10..<20))"])
    #expect(!bench.task.metrics.isBackPressured)
    #expect(try bench.run() == [])
    #expect(bench.task.metrics.recordsIn == 70)
    bench.task.release(output: 0, subpartition: 0)
    #expect(try bench.run().last == "finish")
  }

  /// Mail is read under back pressure too: a checkpoint need not wait for room.
  @Test func aBackPressuredTaskTakesItsSnapshot() throws {
    let bench = try TaskBench(bufferBytes: 80) { environment in
      environment.enableCheckpointing(every: .seconds(1))
      environment.fromData(Array(0..<1000)).rebalance().map { $0 }.collect()
    }
    bench.task.connect(output: 0, subpartition: 0, credit: 0)
    _ = try bench.run()
    #expect(bench.task.metrics.isBackPressured)
    bench.task.trigger(CheckpointID(1))
    #expect(try bench.run() == ["offset 100 at 1", "snapshot 1"])
  }

  // MARK: Keyed sums

  /// `words` (p = 2) → keyed sum → collect (p = 1), chained behind the exchange.
  private func counting(_ environment: StreamExecutionEnvironment) {
    environment.parallelism = 1
    environment.enableCheckpointing(every: .seconds(1))
    environment.generate(count: 1) { _, _ in Count("a", 1) }.setParallelism(2)
      .keyBy(\.f0).sum(\.f1).collect()
  }

  @Test func aKeyedSumAlignsBarriersAndCommitsItsRows() throws {
    let bench = try TaskBench(1, program: counting)
    #expect(bench.task.initialCredit == 2)
    bench.deliver([Count("a", 1), Count("b", 10)], on: 0)
    bench.deliverBarrier(1, on: 0)
    bench.deliver([Count("a", 100)], on: 0)
    bench.deliver([Count("a", 2)], on: 1)
    #expect(try bench.run() == ["credit 0 +1", "barrier 1 on 0", "credit 1 +1"])
    #expect(bench.task.metrics.queuedElements == 1)
    bench.deliverBarrier(1, on: 1)
    // The snapshot comes before what waited behind the first barrier.
    #expect(try bench.run() == ["barrier 1 on 1", "snapshot 1", "credit 0 +1"])
    bench.task.checkpointCompleted(CheckpointID(1))
    #expect(try bench.run() == ["visible [3]"])
    #expect(bench.task.metrics.recordsIn == 4)
    #expect(bench.task.metrics.recordsOut == 4)
  }

  @Test func atLeastOnceLetsRecordsThrough() throws {
    let bench = try TaskBench(1, alignment: .counted, program: counting)
    bench.deliverBarrier(1, on: 0)
    bench.deliver([Count("a", 100)], on: 0)
    bench.deliverBarrier(1, on: 1)
    #expect(
      try bench.run() == ["barrier 1 on 0", "credit 0 +1", "barrier 1 on 1", "snapshot 1"]
    )
  }

  @Test func anAbortedCheckpointLetsItsChannelsGo() throws {
    let bench = try TaskBench(1, program: counting)
    bench.deliverBarrier(1, on: 0)
    bench.deliver([Count("a", 1)], on: 0)
    #expect(try bench.run() == ["barrier 1 on 0"])
    bench.task.checkpointAborted(CheckpointID(1))
    #expect(try bench.run() == ["credit 0 +1"])
    bench.deliverBarrier(1, on: 1)
    bench.deliver([Count("a", 1)], on: 1)
    #expect(try bench.run() == ["barrier 1 on 1", "credit 1 +1"])
    bench.deliverBarrier(2, on: 1)
    bench.deliverBarrier(2, on: 0)
    #expect(try bench.run() == ["barrier 2 on 1", "barrier 2 on 0", "snapshot 2"])
  }

  @Test func aBacklogIsAnsweredWithCredit() throws {
    let bench = try TaskBench(1, exclusiveBuffers: 2, floatingBuffers: 3, program: counting)
    bench.deliver([Count("a", 1)], on: 1, backlog: 5)
    #expect(bench.take() == ["credit 1 +3"])
  }

  @Test func aTaskEndsAfterAllOfItsInputs() throws {
    let bench = try TaskBench(1, program: counting)
    bench.deliver([Count("a", 1)], on: 0)
    bench.task.deliver(.endOfData, on: 0, backlog: 0)
    #expect(try bench.run() == ["credit 0 +1"])
    bench.deliver([Count("a", 2)], on: 1)
    bench.task.deliver(.endOfData, on: 1, backlog: 0)
    #expect(try bench.run() == ["credit 1 +1", "end of data"])
    bench.deliverBarrier(4, on: 0)
    bench.deliverBarrier(4, on: 1)
    #expect(try bench.run() == ["barrier 4 on 0", "barrier 4 on 1", "snapshot 4 finished"])
    bench.task.checkpointCompleted(CheckpointID(4))
    #expect(try bench.run() == ["visible [2]"])
    bench.task.deliver(.endOfPartition, on: 0, backlog: 0)
    #expect(try bench.run() == [])
    #expect(bench.task.isClosed(0))
    #expect(!bench.task.isClosed(1))
    bench.task.deliver(.endOfPartition, on: 1, backlog: 0)
    #expect(try bench.run() == ["finish"])
  }

  @Test func aTaskWhoseInputsAreClosedStillWaitsForItsLastCheckpoint() throws {
    let bench = try TaskBench(1, program: counting)
    for channel in 0..<2 { bench.task.deliver(.endOfData, on: channel, backlog: 0) }
    bench.deliverBarrier(4, on: 0)
    bench.deliverBarrier(4, on: 1)
    for channel in 0..<2 { bench.task.deliver(.endOfPartition, on: channel, backlog: 0) }
    #expect(try bench.run().last == "snapshot 4 finished")
    bench.task.checkpointCompleted(CheckpointID(4))
    #expect(try bench.run() == ["finish"])
  }

  /// A producer that has finished brings no barriers: the others' are enough.
  @Test func aClosedChannelNeedsNoBarrier() throws {
    let bench = try TaskBench(1, program: counting)
    bench.deliverBarrier(1, on: 0)
    #expect(try bench.run() == ["barrier 1 on 0"])
    bench.task.deliver(.endOfData, on: 1, backlog: 0)
    bench.task.deliver(.endOfPartition, on: 1, backlog: 0)
    #expect(try bench.run() == ["snapshot 1"])
    bench.deliverBarrier(2, on: 0)
    #expect(try bench.run() == ["barrier 2 on 0", "snapshot 2"])
  }

  // MARK: Restored as finished

  /// Those behind it that had not finished know nothing of its watermarks any more: without the
  /// last one they would wait for it for ever, and never fire.
  @Test func aFinishedTaskOnlySaysSo() throws {
    for vertex in 0...1 {
      let bench = try TaskBench(vertex, restored: [:], isFinished: true) { environment in
        environment.enableCheckpointing(every: .seconds(1))
        environment.fromData([1, 2]).rebalance().map { $0 }.rebalance().map { $0 }.collect()
      }
      bench.task.connect(output: 0, subpartition: 0, credit: 2)
      let said = try bench.run(until: .milliseconds(5000))
      #expect(
        said.filter { !$0.hasPrefix("offset") } == [
          "finish", "send 0.0 wm \(Int64.max)", "send 0.0 endOfData", "send 0.0 endOfPartition",
        ]
      )
      #expect(bench.task.nextInstant(now: .milliseconds(5000)) == nil)
    }
  }

  @Test func aFinishedSinkCommitsWhatItsCheckpointHolds() throws {
    let sink = try TaskBench(1, program: counting)
    sink.deliver([Count("a", 1)])
    sink.deliverBarrier(1, on: 0)
    sink.deliverBarrier(1, on: 1)
    var states: [OperatorID: RestoredState] = [:]
    while let instant = sink.task.nextInstant(now: .zero), instant <= .zero {
      _ = try sink.task.runSlice(now: .zero)
    }
    for action in sink.task.takeActions() {
      guard case .snapshot(let snapshot) = action else { continue }
      for part in snapshot.operators { states[part.id] = try part.snapshot.restored() }
    }
    #expect(states.count == 2)
    let restored = try TaskBench(1, restored: states, isFinished: true, program: counting)
    #expect(try restored.run() == ["visible [1]", "finish"])
  }

  // MARK: Failures

  @Test func aFunctionThatThrowsIsReportedWithItsOperator() throws {
    let bench = try TaskBench { environment in
      environment.fromData([1, 2, 3]).map { $0 * 2 }.name("double")
        .map { (number: Int) throws -> Int in
          if number == 4 { throw Mishap() }
          return number
        }.name("picky")
        .filter { _ in true }.name("rest").collect()
    }
    let failure = #expect(throws: OperatorFailure.self) { _ = try bench.run() }
    #expect(failure?.operatorName == "picky")
    #expect(failure?.underlying is Mishap)
  }

  /// Fails when its timer fires.
  private struct Alarming: KeyedCoProcessFunction {
    func processElement1(
      _ count: Count,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) { context.timerService.registerEventTimeTimer(10) }
    func processElement2(
      _ count: Count,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) {}
    func onTimer(
      _ timestamp: Int64,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) throws { throw Mishap() }
  }

  /// An input that becomes idle lets event time go on, and so timers fire.
  @Test func aFunctionThatThrowsWhenAnInputBecomesIdleIsReportedToo() throws {
    let bench = try TaskBench(2) { environment in
      let first = environment.fromData([Count("a", 1)]).keyBy(\.f0)
      let second = environment.fromData([Count("a", 1)]).keyBy(\.f0)
      first.connect(second).process { _ in Alarming() }.name("alarming").collect()
    }
    bench.deliver([Count("a", 1)], on: 0)
    bench.task.deliver(.watermark(Watermark(20)), on: 0, backlog: 0)
    _ = try bench.run()
    bench.task.deliver(.status(isIdle: true), on: 1, backlog: 0)
    let failure = #expect(throws: OperatorFailure.self) { _ = try bench.run() }
    #expect(failure?.operatorName == "alarming")
    #expect(failure?.underlying is Mishap)
  }

  @Test func aSourceThatCannotBeOpenedIsReportedWithItsOperator() {
    let failure = #expect(throws: OperatorFailure.self) {
      try TaskBench { environment in environment.readTextFile("missing").print() }
    }
    #expect(failure?.operatorName == "Source: lines")
    #expect(failure?.underlying is UnreadableInput)
  }

  @Test func stateThatCannotBeReadIsReportedWithItsOperator() throws {
    func program(_ environment: StreamExecutionEnvironment) {
      environment.fromData([Count("a", 1)]).keyBy(\.f0).sum(\.f1).uid("sum").name("summed")
        .collect()
    }
    let broken = RestoredState(keyed: [[1, 2, 3]], operatorStates: [])
    let failure = #expect(throws: OperatorFailure.self) {
      try TaskBench(1, restored: [OperatorID(uid: "sum"): broken], program: program)
    }
    #expect(failure?.operatorName == "summed")
  }

  @Test func workIsCountedInRecordsAndBuffers() throws {
    let bench = try TaskBench(1, program: counting)
    bench.deliver([Count("a", 1), Count("b", 1)])
    for expected in [[4, 1], [0, 0], [0, 0]] {
      let work = try bench.task.runSlice(now: .zero)
      #expect([work.records, work.buffers] == expected)
      bench.deliverBarrier(1)
    }
  }
}
