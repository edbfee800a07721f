import ExternalSystems
import Connectors
import EventLog
import JobGraphs
import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// A log and tables that operators are opened with, and what they ask for is done at once.
final class ExternalBench {
  let external = ExternalSystems()
  let topic = LogTopic("orders", partitions: 3)

  init() {
    external.create(topic)
  }

  /// The context of an operator that sees the log.
  func context(
    subtask: Int = 0,
    parallelism: Int = 1,
    attempt: Int = 0,
    restored: RestoredState? = nil,
    guarantee: DeliveryGuarantee = .exactlyOnce
  ) -> OperatorContext {
    var context = OperatorContext.test(
      "sink",
      subtask: subtask,
      parallelism: parallelism,
      attempt: attempt,
      restored: restored,
      guarantee: guarantee
    )
    context.external = external
    return context
  }

  /// A sink for texts, whose key is their first letter.
  func sink(
    _ guarantee: DeliveryGuarantee = .exactlyOnce,
    _ context: OperatorContext,
    change: (inout LogSinkOptions) -> Void = { _ in }
  ) throws -> any StreamOperator {
    var options = LogSinkOptions(topic: topic, guarantee: guarantee)
    options.linger = .zero
    change(&options)
    return try StreamOperatorFactory.logSink(options) { (text: String) in
      ProducerRecord(key: String(text.prefix(1)), value: text)
    }.open(context, [])
  }

  /// Does what an operator asks for.
  func perform(_ operations: [ExternalOperation], milliseconds: Int64 = 0) throws {
    for operation in operations {
      _ = try external.perform(operation, at: .zero + .milliseconds(milliseconds))
    }
  }

  /// Takes a snapshot and does what must be done before it is durable.
  func snapshot(_ sink: any StreamOperator, _ number: Int) throws -> RestoredState {
    let snapshot = try sink.snapshot(CheckpointID(number))
    try perform(snapshot.operations)
    return try snapshot.restored()
  }

  /// Completes a checkpoint and does what follows.
  func complete(_ sink: any StreamOperator, _ number: Int) throws {
    #expect(sink.checkpointCompleted(CheckpointID(number)).isEmpty)
    for operation in try sink.takeOperations() {
      try perform([operation])
      if case .commit(let committable) = operation { sink.commitDone(at: committable.path) }
    }
  }

  /// What readers see, sorted.
  func seen(_ isolation: IsolationLevel = .readCommitted) -> [String] {
    external.lines(ofTopic: "orders", isolation: isolation).sorted()
  }
}

@Suite struct LogSinkTests {
  @Test func showsATransactionWhenItsCheckpointIsComplete() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.exactlyOnce, bench.context())
    try sink.take(["a1", "b1"])
    try bench.perform(try sink.takeOperations())
    #expect(bench.seen() == [])
    #expect(bench.seen(.readUncommitted) == ["a1", "b1"])
    _ = try bench.snapshot(sink, 1)
    try sink.take(["a2"])
    try bench.perform(try sink.takeOperations())
    #expect(bench.seen() == [])
    try bench.complete(sink, 1)
    #expect(bench.seen() == ["a1", "b1"])
    // The transaction that is still open holds back what comes behind it, and nothing before.
    #expect(bench.external.log.unfinishedTransactions.map(\.state) == [.open])
    #expect(try sink.snapshot(CheckpointID(2)).operations.count == 1)
  }

  @Test func commitsEarlierTransactionsWithALaterCheckpoint() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.exactlyOnce, bench.context())
    for number in 1...3 {
      try sink.take(["a\(number)"])
      try bench.perform(try sink.takeOperations())
      _ = try bench.snapshot(sink, number)
    }
    try bench.complete(sink, 2)
    #expect(bench.seen() == ["a1", "a2"])
    try bench.complete(sink, 3)
    #expect(bench.seen() == ["a1", "a2", "a3"])
    #expect(try sink.snapshot(CheckpointID(4)).operatorState.isEmpty)
  }

  @Test func aRestoredSinkCommitsWhatItsCheckpointHoldsAndAbortsTheRest() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.exactlyOnce, bench.context())
    try sink.take(["a1"])
    try bench.perform(try sink.takeOperations())
    let state = try bench.snapshot(sink, 1)
    // Prepared for a checkpoint that never completes, and open: both are to be aborted.
    try sink.take(["a2"])
    try bench.perform(try sink.takeOperations())
    _ = try bench.snapshot(sink, 2)
    try sink.take(["a3"])
    try bench.perform(try sink.takeOperations())
    let next = try bench.sink(.exactlyOnce, bench.context(attempt: 1, restored: state))
    // Until the commit is done, a snapshot of the restored sink holds the transaction too.
    let asked = try next.takeOperations()
    #expect(try next.snapshot(CheckpointID(3)).operatorState == state.operatorStates[0])
    try bench.perform(asked)
    #expect(bench.seen() == ["a1"])
    #expect(bench.external.log.unfinishedTransactions.isEmpty)
    // To commit once more changes nothing.
    let again = try bench.sink(.exactlyOnce, bench.context(attempt: 2, restored: state))
    try bench.perform(try again.takeOperations())
    #expect(bench.seen() == ["a1"])
  }

  @Test func aZombieIsFenced() throws {
    let bench = ExternalBench()
    let zombie = try bench.sink(.exactlyOnce, bench.context())
    try zombie.take(["a1"])
    try bench.perform(try zombie.takeOperations())
    let next = try bench.sink(.exactlyOnce, bench.context(attempt: 1))
    try bench.perform(try next.takeOperations())
    try zombie.take(["a2"])
    #expect(throws: ProducerFenced.self) { try bench.perform(try zombie.takeOperations()) }
    #expect(throws: ProducerFenced.self) { try bench.snapshot(zombie, 1) }
    // Nor can it begin another transaction.
    try zombie.take(["a3"])
    #expect(throws: ProducerFenced.self) { try bench.perform(try zombie.takeOperations()) }
    #expect(bench.external.fencedOperations == 3)
    #expect(bench.external.log.unfinishedTransactions.isEmpty)
    try next.take(["a1"])
    try bench.perform(try next.takeOperations())
    _ = try bench.snapshot(next, 1)
    try bench.complete(next, 1)
    #expect(bench.seen() == ["a1"])
  }

  /// A paused attempt opens after its successor: it must not abort what that one has prepared.
  @Test func aZombieThatOpensLateTakesNothingOver() throws {
    let bench = ExternalBench()
    let late = try bench.sink(.exactlyOnce, bench.context(attempt: 1))
    let present = try bench.sink(.exactlyOnce, bench.context(attempt: 2))
    try present.take(["a1"])
    try bench.perform(try present.takeOperations())
    _ = try bench.snapshot(present, 1)
    let error = #expect(throws: ProducerFenced.self) {
      try bench.perform(try late.takeOperations())
    }
    #expect("\(try #require(error))".hasSuffix("is fenced: attempt 2 took over"))
    try bench.complete(present, 1)
    #expect(bench.seen() == ["a1"])
  }

  /// A commit was decided by the checkpoint: whoever makes it, it counts.
  @Test func aZombieMayCommitWhatACompleteCheckpointHolds() throws {
    let bench = ExternalBench()
    let zombie = try bench.sink(.exactlyOnce, bench.context())
    try zombie.take(["a1"])
    try bench.perform(try zombie.takeOperations())
    let state = try bench.snapshot(zombie, 1)
    let next = try bench.sink(.exactlyOnce, bench.context(attempt: 1, restored: state))
    let asked = try next.takeOperations()
    try bench.complete(zombie, 1)
    #expect(bench.seen() == ["a1"])
    try bench.perform(asked)
    #expect(bench.seen() == ["a1"])
  }

  @Test func jobsOfOnePrefixFenceEachOtherInTheOrderOfArrival() throws {
    let bench = ExternalBench()
    func open(_ submission: Int, attempt: Int) throws -> any StreamOperator {
      var context = bench.context(attempt: attempt)
      context.job = JobID(seed: 1, submission: submission)
      return try bench.sink(.exactlyOnce, context) { $0.transactionalIDPrefix = "shop" }
    }
    let first = try open(1, attempt: 4)
    try first.take(["a1"])
    try bench.perform(try first.takeOperations())
    let second = try open(2, attempt: 0)
    try bench.perform(try second.takeOperations())
    #expect(bench.external.log.unfinishedTransactions.isEmpty)
    try second.take(["a2"])
    try bench.perform(try second.takeOperations())
    _ = try bench.snapshot(second, 1)
    try bench.complete(second, 1)
    #expect(bench.seen() == ["a2"])
    #expect(throws: ProducerFenced.self) { try bench.snapshot(first, 1) }
  }

  @Test func aTransactionThatIsOpenForTooLongIsAborted() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.exactlyOnce, bench.context()) {
      $0.transactionTimeout = .seconds(5)
    }
    try sink.take(["a1"])
    try bench.perform(try sink.takeOperations())
    try sink.take(["a2"])
    #expect(throws: LogError.self) {
      try bench.perform(try sink.takeOperations(), milliseconds: 7000)
    }
    // A prepared one waits for ever.
    let next = try bench.sink(.exactlyOnce, bench.context(attempt: 1)) {
      $0.transactionTimeout = .seconds(5)
    }
    try bench.perform(try next.takeOperations(), milliseconds: 8000)
    try next.take(["a1"])
    try bench.perform(try next.takeOperations(), milliseconds: 8000)
    try bench.perform(try next.snapshot(CheckpointID(1)).operations, milliseconds: 8000)
    bench.external.keepHouse(at: .zero + .seconds(60))
    try bench.complete(next, 1)
    #expect(bench.seen() == ["a1"])
  }

  @Test func atLeastOnceABarrierWaitsForWhatIsOnItsWay() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.atLeastOnce, bench.context()) { $0.linger = .milliseconds(5) }
    try sink.take(["a1"])
    #expect(try sink.takeOperations() == [])
    #expect(sink.nextTimer == .zero + .milliseconds(5))
    let snapshot = try sink.snapshot(CheckpointID(1))
    #expect(snapshot.operatorState.isEmpty)
    #expect(snapshot.operations.count == 2)
    #expect(snapshot.operations.last == .flush)
    #expect(sink.nextTimer == nil)
    try bench.perform(snapshot.operations)
    #expect(bench.seen() == ["a1"])
    #expect(bench.external.log.unfinishedTransactions.isEmpty)
  }

  @Test func withoutAGuaranteeABarrierWaitsForNothing() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.none, bench.context()) { $0.linger = .milliseconds(5) }
    try sink.take(["a1"])
    #expect(try sink.snapshot(CheckpointID(1)).operations.isEmpty)
    #expect(try sink.takeOperations() == [])
    try sink.timerDue(at: .zero + .milliseconds(5))
    try bench.perform(try sink.takeOperations())
    #expect(bench.seen() == ["a1"])
    try sink.take(["a2"])
    try sink.endOfInput()
    try bench.perform(try sink.takeOperations())
    #expect(bench.seen() == ["a1", "a2"])
  }

  @Test func writesAtOnceInAJobWithoutCheckpoints() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.exactlyOnce, bench.context(guarantee: .none))
    try sink.take(["a1"])
    try bench.perform(try sink.takeOperations())
    #expect(bench.seen() == ["a1"])
  }

  @Test func choosesPartitions() throws {
    for (partitioning, expected) in [
      (LogPartitioning.roundRobin, [[2], [0, 3], [1]]), (.fixed, [[], [0, 1, 2, 3], []]),
    ] {
      let bench = ExternalBench()
      let sink = try bench.sink(.none, bench.context(subtask: 1, parallelism: 2)) {
        $0.partitioning = partitioning
      }
      try sink.take(["0", "1", "2", "3"])
      try bench.perform(try sink.takeOperations())
      var found: [[Int]] = []
      for partition in try bench.external.log.partitions(of: "orders") {
        var numbers: [Int] = []
        try bench.external.log.read(partition, from: 0) { record in
          numbers.append(Int(record.value[0]) - 48)
        }
        found.append(numbers)
      }
      #expect(found == expected)
    }
    let bench = ExternalBench()
    let sink = try bench.sink(.none, bench.context())
    try sink.take(["a1", "b1", "a2"])
    try bench.perform(try sink.takeOperations())
    for partition in try bench.external.log.partitions(of: "orders") {
      try bench.external.log.read(partition, from: 0) { record in
        let key = record.copiedKey ?? []
        #expect(KeyPartitioner.partition(ofKey: key, among: 3) == partition.partition)
      }
    }
  }

  @Test func sendsAFullBatchWithoutWaiting() throws {
    let bench = ExternalBench()
    let sink = try bench.sink(.none, bench.context()) {
      $0.linger = .seconds(1)
      $0.batchBytes = 6
    }
    try sink.take(["a1", "b1", "c1"])
    #expect(try sink.takeOperations().count == 1)
    #expect(sink.nextTimer == .zero + .seconds(1))
  }

  @Test func failsWithoutItsTopic() {
    let bench = ExternalBench()
    #expect(throws: LogError.unknownTopic("payments")) {
      try bench.sink(.none, bench.context()) { $0.topic = LogTopic("payments") }
    }
  }

  @Test func anUpsertSinkWritesRowsOverEachOther() throws {
    let bench = ExternalBench()
    let sink = try StreamOperatorFactory.upsertSink(table: "words") { (text: String) in
      TableRow(key: String(text.prefix(1)), line: text)
    }.open(bench.context(), [])
    try sink.take(["b1", "a1", "b2"])
    try bench.perform(try sink.takeOperations())
    #expect(bench.external.rows(ofTable: "words") == ["a1", "b2"])
    try sink.take(["b3"])
    let snapshot = try sink.snapshot(CheckpointID(1))
    #expect(snapshot.operations.count == 2)
    #expect(snapshot.operations.last == .flush)
    // A replay writes the same rows once more.
    for _ in 0..<2 { try bench.perform(snapshot.operations) }
    #expect(bench.external.rows(ofTable: "words") == ["a1", "b3"])
    #expect(bench.external.tableNames == ["words"])
  }
}
