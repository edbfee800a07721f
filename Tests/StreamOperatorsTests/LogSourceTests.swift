import ExternalSystems
import RecordFormats
import Connectors
import EventLog
import JobGraphs
import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

@Suite struct LogSourceTests {
  private let bench = ExternalBench()

  private func fill(_ numbers: Range<Int>, partition: (Int) -> Int = { $0 % 3 }) throws {
    for number in numbers {
      try bench.external.log.append(
        value: Array("\(number)".utf8),
        timestamp: Int64(number),
        to: TopicPartition("orders", partition(number))
      )
    }
  }

  private func open(
    _ received: Received<Int>,
    in context: OperatorContext? = nil,
    start: LogStart = .earliest,
    change: (inout LogSourceOptions) -> Void = { _ in }
  ) throws -> any SourceOperator {
    var options = LogSourceOptions(topic: bench.topic, group: "readers", start: start)
    change(&options)
    let factory = StreamOperatorFactory.logSource(options) { record in
      Int(String(decoding: record.value, as: UTF8.self)) ?? -1
    }
    #expect(factory.topics == [options.topic])
    let opened = try factory.open(context ?? bench.context(), [received.receiver()])
    return try #require(opened as? any SourceOperator)
  }

  /// Reads until the source waits or ends; whether it ended.
  @discardableResult
  private func drain(_ source: any SourceOperator) throws -> Bool {
    for _ in 0..<1000 {
      switch try source.emitNext(now: .zero) {
      case .emitted: continue
      case .waiting: return false
      case .endOfInput: return true
      }
    }
    Issue.record("the source goes on for ever")
    return false
  }

  @Test(arguments: 1...4)
  func dealsPartitionsOut(parallelism: Int) throws {
    try fill(0..<30)
    var all: [Int] = []
    for subtask in 0..<parallelism {
      let received = Received<Int>()
      let source = try open(received, in: bench.context(subtask: subtask, parallelism: parallelism))
      {
        $0.isBounded = true
      }
      #expect(try drain(source))
      #expect(source.offset == received.elements.count)
      all += received.elements
    }
    #expect(all.sorted() == Array(0..<30))
  }

  @Test func goesOnWhereItsCheckpointWasTaken() throws {
    try fill(0..<30)
    let received = Received<Int>()
    var source = try open(received) { $0.rate = SourceRate(elementsPerSecond: 10) }
    _ = try source.emitNext(now: .zero + .seconds(1))
    let before = received.elements
    #expect((1...10).contains(before.count))
    let state = try source.snapshot(CheckpointID(1)).restored()
    let again = Received<Int>()
    source = try open(again, in: bench.context(restored: state))
    #expect(source.offset == before.count)
    #expect(try drain(source) == false)
    #expect((before + again.elements).sorted() == Array(0..<30))
  }

  @Test func aBoundedSourceEndsWhereTheTopicEndedWhenItStarted() throws {
    try fill(0..<10)
    let received = Received<Int>()
    let source = try open(received) { $0.isBounded = true }
    let state = try source.snapshot(CheckpointID(1)).restored()
    try fill(10..<20)
    #expect(try drain(source))
    #expect(received.elements.sorted() == Array(0..<10))
    // Its end is part of the checkpoint.
    let again = Received<Int>()
    #expect(try drain(open(again, in: bench.context(restored: state)) { $0.isBounded = true }))
    #expect(again.elements.sorted() == Array(0..<10))
    let nothing = try open(Received<Int>(), start: .latest) { $0.isBounded = true }
    #expect(try drain(nothing))
  }

  @Test func anUnboundedSourceWaitsForMore() throws {
    let received = Received<Int>()
    let source = try open(received)
    #expect(try source.emitNext(now: .zero) == .waiting(until: .zero + .milliseconds(10)))
    try fill(0..<6)
    #expect(try drain(source) == false)
    #expect(received.elements.sorted() == Array(0..<6))
    // More subtasks than partitions: one has none, and waits as well.
    let idle = try open(Received<Int>(), in: bench.context(subtask: 3, parallelism: 4))
    #expect(try drain(idle) == false)
  }

  @Test func beginsWhereItIsTold() throws {
    try fill(0..<30)
    func read(_ start: LogStart) throws -> [Int] {
      let received = Received<Int>()
      try drain(open(received, start: start) { $0.isBounded = true })
      return received.elements.sorted()
    }
    #expect(try read(.earliest) == Array(0..<30))
    #expect(try read(.latest) == [])
    #expect(try read(.timestamp(24)) == Array(24..<30))
    #expect(try read(.timestamp(99)) == [])
    #expect(throws: UnreadableInput.self) { try read(.committed()) }
    #expect(try read(.committed(otherwise: .earliest)) == Array(0..<30))
    for number in 0..<3 {
      let partition = TopicPartition("orders", number)
      try bench.external.log.commitOffset(8, of: partition, group: "readers")
    }
    #expect(try read(.committed()) == Array(24..<30))
  }

  @Test func commitsItsOffsetsWhenACheckpointIsComplete() throws {
    try fill(0..<9)
    let source = try open(Received<Int>())
    _ = try source.snapshot(CheckpointID(1))
    try drain(source)
    _ = try source.snapshot(CheckpointID(2))
    let log = { self.bench.external.log }
    func committed() -> [Int64?] {
      (0..<3).map { log().committedOffset(of: TopicPartition("orders", $0), group: "readers") }
    }
    try bench.perform(try source.takeOperations())
    #expect(committed() == [nil, nil, nil])
    #expect(source.checkpointCompleted(CheckpointID(1)).isEmpty)
    try bench.perform(try source.takeOperations())
    #expect(committed() == [0, 0, 0])
    _ = source.checkpointCompleted(CheckpointID(2))
    _ = source.checkpointCompleted(CheckpointID(2))
    let operations = try source.takeOperations()
    #expect(operations.count == 1)
    try bench.perform(operations)
    #expect(committed() == [3, 3, 3])
    let nameless = try open(Received<Int>()) { $0.group = nil }
    _ = try nameless.snapshot(CheckpointID(3))
    _ = nameless.checkpointCompleted(CheckpointID(3))
    #expect(try nameless.takeOperations() == [])
  }

  @Test func seesTransactionsAsItsIsolationSays() throws {
    let sink = try bench.sink(.exactlyOnce, bench.context())
    try sink.take(["1", "2"])
    try bench.perform(try sink.takeOperations())
    let (dirty, clean) = (Received<Int>(), Received<Int>())
    let careless = try open(dirty)
    let careful = try open(clean) { $0.isolation = .readCommitted }
    try drain(careless)
    try drain(careful)
    #expect(dirty.elements.sorted() == [1, 2])
    #expect(clean.elements == [])
    _ = try bench.snapshot(sink, 1)
    try bench.complete(sink, 1)
    // The next transaction is aborted: a marker and its records are passed over.
    try sink.take(["3"])
    try bench.perform(try sink.takeOperations())
    try drain(careless)
    let next = try bench.sink(.exactlyOnce, bench.context(attempt: 1))
    try bench.perform(try next.takeOperations())
    try fill(4..<5)
    try drain(careless)
    try drain(careful)
    #expect(dirty.elements.sorted() == [1, 2, 3, 4])
    #expect(clean.elements.sorted() == [1, 2, 4])
    // A bounded reader of committed records ends at the last stable offset.
    try next.take(["5"])
    try bench.perform(try next.takeOperations())
    let bounded = Received<Int>()
    let source = try open(bounded) {
      $0.isolation = .readCommitted
      $0.isBounded = true
    }
    #expect(try drain(source))
    #expect(bounded.elements.sorted() == [1, 2, 4])
  }

  @Test(arguments: OffsetReset.allCases)
  func goesOnAsItIsToldWhenItsOffsetIsGone(reset: OffsetReset) throws {
    let topic = LogTopic(
      "short",
      options: TopicOptions(segmentRecords: 5, retention: RetentionLimits(records: 5))
    )
    bench.external.create(topic)
    func append(_ numbers: Range<Int>) throws {
      for number in numbers {
        try bench.external.log.append(
          value: Array("\(number)".utf8),
          timestamp: 0,
          to: TopicPartition("short", 0)
        )
      }
    }
    try append(0..<2)
    let received = Received<Int>()
    let source = try open(received) {
      $0.topic = topic
      $0.reset = reset
    }
    try drain(source)
    try append(2..<20)
    bench.external.keepHouse(at: .zero + .seconds(5))
    #expect(try bench.external.log.startOffset(of: TopicPartition("short", 0)) == 15)
    switch reset {
    case .earliest:
      try drain(source)
      #expect(received.elements == [0, 1] + Array(15..<20))
    case .latest:
      try drain(source)
      #expect(received.elements == [0, 1])
    case .none:
      let failure = #expect(throws: OperatorFailure.self) { try drain(source) }
      #expect(try #require(failure).underlying is UnreadableInput)
    }
  }

  @Test func failsWithItsNameWhenARecordCannotBeRead() throws {
    try fill(0..<1)
    let source = try StreamOperatorFactory.logSource(LogSourceOptions(topic: bench.topic)) {
      _ -> Int in throw Mishap()
    }.open(bench.context(), [Received<Int>().receiver()])
    let reader = try #require(source as? any SourceOperator)
    let failure = #expect(throws: OperatorFailure.self) { try reader.emitNext(now: .zero) }
    #expect(try #require(failure).operatorName == "sink")
  }
}
