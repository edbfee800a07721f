import StreamModel
import StreamOperators
import Testing

@Suite struct StatelessOperatorTests {
  /// What an operator makes of batches, with a receiver behind it.
  private func run<In, Out>(
    _ factory: StreamOperatorFactory,
    _ batches: [[In]],
    _ context: OperatorContext = .test()
  ) throws -> Received<Out> {
    let received = Received<Out>()
    let operation = try factory.open(context, [received.receiver()])
    for batch in batches { try operation.take(batch) }
    #expect(operation.inputs[0].receivedRecords == batches.reduce(0) { $0 + $1.count })
    return received
  }

  @Test func mapsEachRecord() throws {
    let received: Received<String> = try run(
      .map { (number: Int) in "<\(number)>" },
      [[1, 2], [], [3]]
    )
    #expect(received.elements == ["<1>", "<2>", "<3>"])
    #expect(received.batchSizes == [2, 1])
  }

  @Test func filtersRecords() throws {
    let received: Received<Int> = try run(.filter { $0 % 2 == 0 }, [[1, 2, 3, 4], [5, 7], [6]])
    #expect(received.elements == [2, 4, 6])
    #expect(received.batchSizes == [2, 1])
  }

  @Test func flatMapsToNoneOrMany() throws {
    let received: Received<Int> = try run(
      .flatMap { (number: Int, output: inout Collector<Int>) in
        for copy in 0..<number { output.collect(number * 10 + copy) }
      },
      [[0, 3, 1], [0], [2]]
    )
    #expect(received.elements == [30, 31, 32, 10, 20, 21])
  }

  @Test func flatMapHandsFullBuffersOn() throws {
    let received: Received<Int> = try run(
      .flatMap { (number: Int, output: inout Collector<Int>) in
        for copy in 0..<7 { output.collect(number * 10 + copy) }
      },
      [[1, 2, 3]],
      .test(bufferBytes: 80)
    )
    #expect(received.elements.count == 21)
    #expect(received.elements == received.elements.sorted())
    #expect(received.batchSizes == [14, 7])
  }

  @Test func givesEveryReceiverAllRecords() throws {
    let received = [Received<Int>(), Received<Int>(), Received<Int>()]
    let map = StreamOperatorFactory.map { (number: Int) in number + 1 }
    let operation = try map.open(.test(), received.map { $0.receiver() })
    try operation.take([1, 2])
    #expect(received.map(\.elements) == [[2, 3], [2, 3], [2, 3]])
  }

  @Test func endsQuietlyWithoutAnyReceiver() throws {
    let operation = try StreamOperatorFactory.map { (number: Int) in number }.open(.test(), [])
    try operation.take([1])
    try operation.endOfInput()
    #expect(try operation.snapshot(CheckpointID(1)).operatorState.isEmpty)
  }

  @Test(arguments: ["map", "filter", "flatMap"])
  func aFailureBearsTheOperatorsName(_ name: String) throws {
    let factory: StreamOperatorFactory =
      switch name {
      case "map": .map { (number: Int) in try Self.fail(at: 3, number) }
      case "filter": .filter { (number: Int) in try Self.fail(at: 3, number) > 0 }
      default:
        .flatMap { (number: Int, output: inout Collector<Int>) in
          output.collect(try Self.fail(at: 3, number))
        }
      }
    let received = Received<Int>()
    let operation = try factory.open(.test(name), [received.receiver()])
    try operation.take([1, 2])
    let failure = #expect(throws: OperatorFailure.self) { try operation.take([1, 3]) }
    #expect(failure?.operatorName == name)
    #expect(failure?.underlying as? Mishap == Mishap())
    #expect(received.elements == [1, 2])
  }

  /// An operator is not blamed for a failure of one behind it.
  @Test func aFailureIsTheOperatorsThatFailed() throws {
    let last = try StreamOperatorFactory.map { (number: Int) in try Self.fail(at: 2, number) }
      .open(.test("last"), [])
    let middle = try StreamOperatorFactory.filter { (_: Int) in true }
      .open(.test("middle"), last.inputs)
    let first = try StreamOperatorFactory.map { (number: Int) in number + 1 }
      .open(.test("first"), middle.inputs)
    try first.take([7])
    let failure = #expect(throws: OperatorFailure.self) { try first.take([0, 1]) }
    #expect(failure?.operatorName == "last")
  }

  private static func fail(at bad: Int, _ number: Int) throws -> Int {
    if number == bad { throw Mishap() }
    return number
  }
}
