import RecordFormats
import Connectors
import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

@Suite struct SplitSourceTests {
  private func open(
    rate: Int? = nil,
    _ context: OperatorContext,
    _ received: Received<Int>
  ) throws -> any SourceOperator {
    let factory = StreamOperatorFactory.source(
      rate: rate.map { SourceRate(elementsPerSecond: $0) }
    ) { _ in CollectionFormat(Array(0..<40)) }
    return try #require(
      try factory.open(context, [received.receiver()]) as? any SourceOperator
    )
  }

  /// Runs a source to its end, waiting as it says; the instants at which it emitted.
  @discardableResult
  private func drain(_ source: any SourceOperator, from start: VirtualInstant = .zero) throws
    -> [VirtualInstant]
  {
    var now = start
    var instants: [VirtualInstant] = []
    for _ in 0..<10_000 {
      switch try source.emitNext(now: now) {
      case .emitted: instants.append(now)
      case .waiting(let instant):
        #expect(instant > now)
        now = instant
      case .endOfInput: return instants
      }
    }
    Issue.record("the source does not end")
    return instants
  }

  @Test(arguments: 1...6)
  func emitsItsShareInBuffers(parallelism: Int) throws {
    var all: [Int] = []
    for subtask in 0..<parallelism {
      let received = Received<Int>()
      let source = try open(
        .test(subtask: subtask, parallelism: parallelism, bufferBytes: 56),
        received
      )
      #expect(source.offset == 0)
      try drain(source)
      #expect(source.offset == received.elements.count)
      #expect(received.batchSizes.dropLast().allSatisfy { $0 == 7 })
      #expect(received.batchSizes.allSatisfy { (1...7).contains($0) })
      all += received.elements
    }
    #expect(all == Array(0..<40))
  }

  @Test func staysAtItsEnd() throws {
    let received = Received<Int>()
    let source = try open(.test(bufferBytes: 56), received)
    try drain(source)
    #expect(try source.emitNext(now: .zero) == .endOfInput)
    #expect(received.elements.count == 40)
  }

  @Test func goesOnFromEverySnapshot() throws {
    for steps in 0...7 {
      let before = Received<Int>()
      let source = try open(.test(bufferBytes: 56), before)
      for _ in 0..<steps { _ = try source.emitNext(now: .zero) }
      let state = try source.snapshot(CheckpointID(1)).restored()
      let taken = before.elements.count
      #expect(source.offset == taken)
      try drain(source)
      let after = Received<Int>()
      let restored = try open(.test(restored: state, bufferBytes: 56), after)
      #expect(restored.offset == taken)
      try drain(restored)
      #expect(Array(before.elements[..<taken]) + after.elements == Array(0..<40))
    }
  }

  @Test func readsTheSplitsOfSeveralSnapshots() throws {
    var states: [[UInt8]] = []
    var emitted = 0
    for subtask in 0..<3 {
      let received = Received<Int>()
      let source = try open(.test(subtask: subtask, parallelism: 3, bufferBytes: 40), received)
      for _ in 0..<subtask { _ = try source.emitNext(now: .zero) }
      states += try source.snapshot(CheckpointID(1)).restored().operatorStates
      emitted += received.elements.count
    }
    let received = Received<Int>()
    let restored = RestoredState(keyed: [], operatorStates: states)
    let source = try open(.test(restored: restored, bufferBytes: 40), received)
    #expect(source.offset == emitted)
    try drain(source)
    #expect(source.offset == 40)
    #expect(received.elements.count == 40 - emitted)
    #expect(received.elements == received.elements.sorted())
  }

  @Test func hasNothingToReadWhenItIsRestoredFromNothing() throws {
    let received = Received<Int>()
    let nothing = RestoredState(keyed: [], operatorStates: [])
    #expect(
      try open(.test(restored: nothing), received).emitNext(now: .zero) == .endOfInput
    )
    #expect(received.elements.isEmpty)
  }

  @Test func refusesOffsetsThatItCannotRead() {
    let broken = RestoredState(keyed: [], operatorStates: [[1, 2, 3]])
    #expect(throws: StateCodecError.self) {
      try open(.test(restored: broken), Received<Int>())
    }
  }

  // MARK: Rate

  @Test(arguments: [1, 3, 7, 100])
  func emitsAtItsRate(rate: Int) throws {
    let start = VirtualInstant(nanoseconds: 5_000_000_000)
    let received = Received<Int>()
    let source = try open(rate: rate, .test(now: start, bufferBytes: 8000), received)
    let instants = try drain(source, from: start)
    #expect(received.batchSizes == Array(repeating: 1, count: 40))
    for (index, instant) in instants.enumerated() {
      let due = (index + 1) * 1_000_000_000
      let elapsed = Int((instant - start).nanoseconds)
      #expect(elapsed * rate >= due)
      #expect((elapsed - 1) * rate < due)
    }
  }

  @Test func doesNotCatchUpWithWhatAFailedAttemptMissed() throws {
    let received = Received<Int>()
    let late = VirtualInstant(nanoseconds: 60_000_000_000)
    let restored = RestoredState(
      keyed: [],
      operatorStates: [try StateDocument.encode([SplitPosition(start: 0, end: 40)])]
    )
    let source = try open(rate: 10, .test(now: late, attempt: 1, restored: restored), received)
    #expect(try source.emitNext(now: late) == .waiting(until: late + .milliseconds(100)))
  }

  // MARK: Failures

  @Test func aFailureToReadBearsTheOperatorsName() throws {
    let factory = StreamOperatorFactory.source { _ in
      TextLineFormat(InputBytes([0x61, 0x0A, 0xFF]), named: "bad.txt")
    }
    let received = Received<String>()
    let source = try #require(
      try factory.open(.test("Source: lines"), [received.receiver()]) as? any SourceOperator
    )
    let failure = #expect(throws: OperatorFailure.self) {
      _ = try source.emitNext(now: .zero)
    }
    #expect(failure?.operatorName == "Source: lines")
    #expect(
      (failure?.underlying as? UnreadableInput)?.description
        == "bad.txt: line 2 is not valid UTF-8"
    )
  }

  @Test func skipsBlankRowsWithoutEndingEarly() throws {
    let text = "id\n" + String(repeating: "\n", count: 5000) + "7\n" + "\n\n8\n\n"
    let factory = StreamOperatorFactory.source { _ in
      try CSVFormat(InputBytes(Array(text.utf8)), named: "rows") { try $0.integer("id") }
    }
    let received = Received<Int>()
    let source = try #require(
      try factory.open(.test(), [received.receiver()]) as? any SourceOperator
    )
    try drain(source)
    #expect(received.elements == [7, 8])
  }

  // MARK: Bad rows

  @Test func tellsOfNothingTwiceAfterARestore() throws {
    let text = "n\n1\nx\n2\ny\n" + String(repeating: "z\n", count: 20) + "3\n"
    let factory = StreamOperatorFactory.source { _ in
      try CSVFormat(InputBytes(Array(text.utf8)), named: "a.csv", onBadRow: .setAside()) {
        try $0.integer("n")
      }
    }
    func open(_ context: OperatorContext, _ received: Received<Int>) throws -> any SourceOperator {
      try #require(try factory.open(context, [received.receiver()]) as? any SourceOperator)
    }
    let before = Received<Int>()
    let source = try open(.test(bufferBytes: 8), before)
    #expect(try source.emitNext(now: .zero) == .emitted)
    #expect(try source.emitNext(now: .zero) == .emitted)
    #expect(source.takeSetAside().map(\.line) == [3])
    #expect(source.rowsSetAside == 1)
    let state = try source.snapshot(CheckpointID(1)).restored()
    try drain(source)
    #expect(source.takeSetAside().map(\.line) == Array(5...13))
    #expect(source.rowsSetAside == 22)
    let after = Received<Int>()
    let restored = try open(.test(restored: state, bufferBytes: 8), after)
    #expect(restored.rowsSetAside == 1)
    try drain(restored)
    #expect(after.elements == [3])
    #expect(restored.takeSetAside().map(\.line) == Array(5...14))
    #expect(restored.rowsSetAside == 22)
  }
}
