import Connectors
import JobGraphs
import KeyedState
import StreamModel
import StreamOperators
import Testing

@Suite struct RowSinkTests {
  private func open(
    _ visibility: SinkVisibility = .onCheckpoint,
    limit: Int = .max,
    _ context: OperatorContext = .test("snk", subtask: 2, parallelism: 4)
  ) throws -> any StreamOperator {
    try StreamOperatorFactory.sink(visibility: visibility) { _ in
      LineSerializer<String>(limit: limit) { row, bytes in bytes += row.utf8 }
    }.open(context, [])
  }

  private func path(_ area: String, _ name: String) -> String {
    "sinks/\(JobID(seed: 0, submission: 0))/\(OperatorID(uid: "snk"))/\(area)/subtask-2/\(name)"
  }

  private func transaction(_ checkpoint: Int, rows: Int) -> Transaction {
    Transaction(
      sink: "snk",
      pendingPath: path("pending", "chk-\(checkpoint)"),
      path: path("committed", "chk-\(checkpoint)"),
      rows: rows
    )
  }

  @Test func preCommitsAtABarrierAndCommitsWithItsCheckpoint() throws {
    let sink = try open()
    try sink.take(["a", "b"])
    #expect(try sink.takeVisible() == [])
    let snapshot = try sink.snapshot(CheckpointID(5))
    #expect(snapshot.objects.map(\.path) == [path("pending", "chk-5")])
    #expect(snapshot.objects.map(\.bytes) == [Array("a\nb\n".utf8)])
    #expect(try sink.takeVisible() == [])
    try sink.take(["c"])
    #expect(sink.checkpointCompleted(CheckpointID(5)) == [transaction(5, rows: 2)])
    #expect(sink.checkpointCompleted(CheckpointID(5)) == [])
    #expect(try sink.takeVisible() == [])
    #expect(try sink.snapshot(CheckpointID(6)).objects.map(\.bytes) == [Array("c\n".utf8)])
  }

  @Test func commitsEarlierTransactionsWithALaterCheckpoint() throws {
    let sink = try open()
    for checkpoint in 1...4 {
      if checkpoint != 2 { try sink.take(["\(checkpoint)"]) }
      _ = try sink.snapshot(CheckpointID(checkpoint))
    }
    #expect(
      sink.checkpointCompleted(CheckpointID(3)) == [
        transaction(1, rows: 1), transaction(3, rows: 1),
      ]
    )
    #expect(sink.checkpointCompleted(CheckpointID(2)) == [])
    #expect(sink.checkpointCompleted(CheckpointID(4)) == [transaction(4, rows: 1)])
  }

  @Test func anEmptyTransactionLeavesNoTrace() throws {
    let snapshot = try open().snapshot(CheckpointID(1))
    #expect(snapshot.objects.isEmpty)
    #expect(snapshot.operatorState.isEmpty)
    #expect(snapshot.keyed.isEmpty)
  }

  @Test func commitsWhatARestoredCheckpointHoldsOnceMore() throws {
    let sink = try open()
    try sink.take(["a"])
    _ = try sink.snapshot(CheckpointID(1))
    try sink.take(["b", "c"])
    let state = try sink.snapshot(CheckpointID(2)).restored()
    try sink.take(["lost"])
    let context = OperatorContext.test("snk", subtask: 2, parallelism: 4, restored: state)
    let restored = try open(.onCheckpoint, context)
    #expect(try restored.takeVisible() == [transaction(1, rows: 1), transaction(2, rows: 2)])
    #expect(try restored.takeVisible() == [])
    #expect(try restored.snapshot(CheckpointID(3)).objects.isEmpty)
    #expect(restored.checkpointCompleted(CheckpointID(3)) == [])
  }

  /// The transactions that a snapshot holds.
  private func held(_ snapshot: OperatorSnapshot) throws -> [Transaction] {
    guard !snapshot.operatorState.isEmpty else { return [] }
    return try StateDocument.decode([Transaction].self, from: snapshot.operatorState)
  }

  @Test func holdsATransactionUntilItsCommitIsDone() throws {
    let sink = try open()
    for checkpoint in 1...3 {
      try sink.take(["a"])
      _ = try sink.snapshot(CheckpointID(checkpoint))
      _ = sink.checkpointCompleted(CheckpointID(checkpoint))
    }
    let all = (1...3).map { transaction($0, rows: 1) }
    let snapshot = try sink.snapshot(CheckpointID(4))
    #expect(try held(snapshot) == all)
    let context = OperatorContext.test(
      "snk",
      subtask: 2,
      parallelism: 4,
      restored: try snapshot.restored()
    )
    let restored = try open(.onCheckpoint, context)
    #expect(try restored.takeVisible() == all)
    #expect(try held(restored.snapshot(CheckpointID(5))) == all)
    _ = restored.checkpointCompleted(CheckpointID(5))
    for operation in [sink, restored] {
      operation.commitDone(at: path("committed", "chk-2"))
      #expect(try held(operation.snapshot(CheckpointID(6))) == [all[0], all[2]])
      operation.commitDone(at: path("committed", "chk-1"))
      operation.commitDone(at: path("committed", "chk-3"))
      #expect(try operation.snapshot(CheckpointID(7)).operatorState.isEmpty)
    }
  }

  private struct Refusing: RowSerializer {
    var rows = 0
    mutating func append(_ batch: RecordBatch<String>) { rows += batch.count }
    mutating func seal() throws -> [UInt8] { throw Mishap() }
  }

  @Test(arguments: [SinkVisibility.immediate, .onCheckpoint])
  func failsWhenRowsCannotBeSerialised(visibility: SinkVisibility) throws {
    let sink = try StreamOperatorFactory.sink(visibility: visibility) { _ in Refusing() }
      .open(.test(), [])
    #expect(try sink.takeVisible() == [])
    try sink.take(["a"])
    #expect(throws: Mishap.self) {
      if visibility == .immediate { _ = try sink.takeVisible() }
      _ = try sink.snapshot(CheckpointID(1))
    }
  }

  @Test func refusesTransactionsThatItCannotRead() {
    let broken = RestoredState(keyed: [], operatorStates: [[9, 9]])
    #expect(throws: StateCodecError.self) { try open(.onCheckpoint, .test(restored: broken)) }
  }

  @Test(
    arguments: [
      (SinkVisibility.immediate, DeliveryGuarantee.exactlyOnce), (.immediate, .none),
      (.onCheckpoint, .none),
    ]
  )
  func showsRowsAtOnceWhenNothingIsToBeWaitedFor(
    visibility: SinkVisibility,
    guarantee: DeliveryGuarantee
  ) throws {
    let context = OperatorContext.test(
      "snk",
      subtask: 2,
      parallelism: 4,
      attempt: 3,
      guarantee: guarantee
    )
    let sink = try open(visibility, context)
    try sink.take(["a"])
    try sink.take(["b"])
    let first = try #require(try sink.takeVisible().first)
    #expect(first.pendingPath == nil)
    #expect(first.bytes == Array("a\nb\n".utf8))
    #expect(first.rows == 2)
    #expect(try sink.takeVisible() == [])
    try sink.take(["c"])
    let second = try #require(try sink.takeVisible().first)
    #expect(first.path == path("committed", "attempt-3-1"))
    #expect(second.path == path("committed", "attempt-3-2"))
    let snapshot = try sink.snapshot(CheckpointID(1))
    #expect(snapshot.objects.isEmpty)
    #expect(sink.checkpointCompleted(CheckpointID(1)) == [])
  }

  @Test func waitsForCheckpointsAtLeastOnceToo() throws {
    let sink = try open(.onCheckpoint, .test("snk", guarantee: .atLeastOnce))
    try sink.take(["a"])
    #expect(try sink.takeVisible() == [])
    #expect(try sink.snapshot(CheckpointID(1)).objects.count == 1)
  }

  @Test func writesTheFirstRowsAndCountsAll() throws {
    let sink = try open(limit: 3)
    try sink.take(["a", "b"])
    try sink.take(["c", "d", "e"])
    let first = try sink.snapshot(CheckpointID(1))
    #expect(first.objects.map(\.bytes) == [Array("a\nb\nc\n".utf8)])
    try sink.take(["f"])
    let second = try sink.snapshot(CheckpointID(2))
    #expect(second.objects.map(\.bytes) == [[]])
    #expect(
      sink.checkpointCompleted(CheckpointID(2)) == [
        transaction(1, rows: 5), transaction(2, rows: 1),
      ]
    )
  }

  @Test func chargesByTheNumberOfRows() throws {
    var charges: [Int?] = []
    for limit in [0, 1, .max] {
      let sink = try open(limit: limit)
      try sink.take(["a", "a much longer row than that"])
      charges += try sink.snapshot(CheckpointID(1)).objects.map(\.charge)
    }
    #expect(charges == [64, 64, 64])
  }

  @Test func collectsValuesThatCanBeReadBack() throws {
    let rows = [Tuple2("a", 1), Tuple2("ü,\"\n", -2)]
    let sink = try StreamOperatorFactory.sink { _ in ValueSerializer<Tuple2<String, Int>>() }
      .open(.test("snk"), [])
    try sink.take(rows)
    let object = try #require(try sink.snapshot(CheckpointID(1)).objects.first)
    #expect(try CollectedRows.decode(Tuple2<String, Int>.self, from: object.bytes) == rows)
    #expect(throws: StateCodecError.self) {
      try CollectedRows.decode(Tuple2<Int, Int>.self, from: object.bytes)
    }
  }
}
