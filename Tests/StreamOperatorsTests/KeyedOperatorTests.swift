import KeyedState
import StreamModel
import StreamOperators
import Testing

@Suite struct KeyedOperatorTests {
  typealias Count = Tuple2<String, Int>

  private static let records: [Count] = (0..<300).map { Count("k\($0 * 7 % 41)", $0) }

  /// Hands keyed records over in batches of that size, as an exchange would.
  private func feed(
    _ records: some Collection<Count>,
    to operation: any StreamOperator,
    batch size: Int = 37
  ) throws {
    var rest = Array(records)[...]
    while !rest.isEmpty {
      try operation.inputs[0].acceptErased(try keyedBatch(Array(rest.prefix(size))) { $0.f0 })
      rest = rest.dropFirst(size)
    }
  }

  private static func combine(_ first: Count, _ second: Count) -> Count {
    Count(first.f0, first.f1 &+ second.f1)
  }

  private static let factories: [String: StreamOperatorFactory] = [
    "sum by property": .sum(\Count.f1, by: KeySelector(\.f0)) { $0 &+ $1 },
    "sum by function": .sum(\Count.f1, by: KeySelector { $0.f0 }) { $0 &+ $1 },
    "reduce by property": .reduce(by: KeySelector(\Count.f0), combine),
    "reduce by function": .reduce(by: KeySelector { (count: Count) in count.f0 }, combine),
    "process": .keyedProcess(by: KeySelector(\Count.f0), Summing.init),
  ]

  /// A keyed function that adds up, as the operators do.
  private struct Summing: KeyedProcessFunction {
    private let sum: ValueState<Int>

    init(_ context: KeyedFunctionContext<String>) throws {
      sum = try context.valueState(named: "sum")
    }

    mutating func processElement(
      _ element: Count,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) {
      let total = (sum.value() ?? 0) + element.f1
      sum.update(total)
      output.collect(Count(context.currentKey ?? "?", total))
    }
  }

  /// The running sums, by definition.
  private func expected(_ records: [Count]) -> [Count] {
    var sums: [String: Int] = [:]
    return records.map { record in
      sums[record.f0, default: 0] += record.f1
      return Count(record.f0, sums[record.f0] ?? 0)
    }
  }

  @Test(arguments: factories.keys.sorted(), [1, 32, 33, 300])
  func emitsTheResultSoFarForEachRecord(_ name: String, batch: Int) throws {
    let received = Received<Count>()
    let factory = try #require(Self.factories[name])
    try feed(Self.records, to: factory.open(.test(), [received.receiver()]), batch: batch)
    #expect(received.elements == expected(Self.records))
  }

  @Test(arguments: factories.keys.sorted(), [0, 1, 100, 299])
  func goesOnFromASnapshot(_ name: String, cut: Int) throws {
    let factory = try #require(Self.factories[name])
    let before = Received<Count>()
    let first = try factory.open(.test(), [before.receiver()])
    try feed(Self.records[..<cut], to: first)
    let snapshot = try first.snapshot(CheckpointID(1))
    // What comes after the barrier is not in the snapshot, though it is serialised later.
    try feed(Self.records[cut...], to: first)
    let state = try snapshot.restored()
    let after = Received<Count>()
    let second = try factory.open(.test(restored: state), [after.receiver()])
    try feed(Self.records[cut...], to: second)
    #expect(Array(before.elements[..<cut]) + after.elements == expected(Self.records))
  }

  @Test(arguments: factories.keys.sorted())
  func isRestoredByOthersInNumber(_ name: String) throws {
    let factory = try #require(Self.factories[name])
    func owner(of record: Count, among parallelism: Int) -> Int {
      let group = KeyGroupAssignment.keyGroup(ofHash: record.f0.javaHash, maxParallelism: 128)
      return KeyGroupAssignment.operatorIndex(
        of: group,
        maxParallelism: 128,
        parallelism: parallelism
      )
    }
    var parts: [[UInt8]] = []
    for subtask in 0..<2 {
      let operation = try factory.open(.test(subtask: subtask, parallelism: 2), [])
      try feed(Self.records[..<200].filter { owner(of: $0, among: 2) == subtask }, to: operation)
      parts += try operation.snapshot(CheckpointID(1)).restored().keyed
    }
    let received = Received<Count>()
    let state = RestoredState(keyed: parts, operatorStates: [])
    for subtask in 0..<3 {
      let operation = try factory.open(
        .test(subtask: subtask, parallelism: 3, restored: state),
        [received.receiver()]
      )
      try feed(Self.records[200...].filter { owner(of: $0, among: 3) == subtask }, to: operation)
    }
    let rest = expected(Self.records)[200...]
    #expect(received.elements.map(\.description).sorted() == rest.map(\.description).sorted())
  }

  @Test func addsWithoutEnd() throws {
    let received = Received<Count>()
    let sum = StreamOperatorFactory.sum(\Count.f1, by: KeySelector(\.f0)) { $0 &+ $1 }
    let operation = try sum.open(.test(), [received.receiver()])
    try feed([Count("a", .max), Count("a", 1)], to: operation)
    #expect(received.elements.map(\.f1) == [.max, .min])
  }

  private struct Sale: Codable, Equatable {
    var shop: String
    var note: String
    var amount: Int
  }

  /// *Source:* Flink `SumAggregator` keeps the other fields of the key's first record.
  @Test(arguments: [true, false])
  func aSumKeepsTheOtherFieldsOfTheFirstRecord(findsKeyByOffset: Bool) throws {
    let received = Received<Sale>()
    let selector = findsKeyByOffset ? KeySelector(\Sale.shop) : KeySelector { $0.shop }
    let operation = try StreamOperatorFactory.sum(\Sale.amount, by: selector) { $0 &+ $1 }
      .open(.test(), [received.receiver()])
    let sales = (1...40).map { Sale(shop: "\($0 % 3)", note: "note \($0)", amount: $0) }
    for batch in [sales.prefix(15), sales.dropFirst(15)] {
      try operation.inputs[0].acceptErased(try keyedBatch(Array(batch)) { $0.shop })
    }
    var first: [String: Sale] = [:]
    let expected = sales.map { sale in
      var sum = first[sale.shop] ?? Sale(shop: sale.shop, note: sale.note, amount: 0)
      sum.amount += sale.amount
      first[sale.shop] = sum
      return sum
    }
    #expect(received.elements == expected)
  }

  private struct Nested: Codable, Equatable {
    var note: Int
    var pair: Tuple2<Int, Int>
  }

  /// A key and a number that fill a record's size between them and are not all of it.
  @Test func aSumKeepsFieldsBesideAKeyThatIsTheNumber() throws {
    let received = Received<Tuple2<Int, Int>>()
    let operation = try StreamOperatorFactory.sum(
      \Tuple2<Int, Int>.f0,
      by: KeySelector(\Tuple2<Int, Int>.f0)
    ) { $0 &+ $1 }
    .open(.test(), [received.receiver()])
    let pairs = [Tuple2(3, 1), Tuple2(3, 2), Tuple2(4, 3), Tuple2(3, 4)]
    try operation.inputs[0].acceptErased(try keyedBatch(pairs) { $0.f0 })
    #expect(received.elements == [Tuple2(3, 1), Tuple2(6, 1), Tuple2(4, 3), Tuple2(9, 1)])
  }

  @Test func aSumFindsANumberWithinAField() throws {
    let received = Received<Nested>()
    let operation = try StreamOperatorFactory.sum(
      \Nested.pair.f1,
      by: KeySelector(\Nested.pair.f0)
    ) { $0 &+ $1 }
    .open(.test(), [received.receiver()])
    let records = (1...3).map { Nested(note: $0, pair: Tuple2(7, $0)) }
    try operation.inputs[0].acceptErased(try keyedBatch(records) { $0.pair.f0 })
    #expect(received.elements.map(\.note) == [1, 1, 1])
    #expect(received.elements.map(\.pair.f1) == [1, 3, 6])
  }

  @Test func keysWithOneHashStayApart() throws {
    #expect("Aa".javaHash == "BB".javaHash)
    for (name, factory) in Self.factories.sorted(by: { $0.key < $1.key }) {
      let received = Received<Count>()
      let operation = try factory.open(.test(), [received.receiver()])
      try feed([Count("Aa", 1), Count("BB", 10), Count("Aa", 100)], to: operation)
      #expect(received.elements.map(\.f1) == [1, 10, 101], "\(name)")
    }
  }

  @Test(arguments: ["reduce", "process", "open"])
  func aFailureBearsTheOperatorsName(_ name: String) throws {
    let factory: StreamOperatorFactory =
      switch name {
      case "reduce": .reduce(by: KeySelector(\Count.f0)) { _, _ in throw Mishap() }
      case "process": .keyedProcess(by: KeySelector(\Count.f0)) { try Failing($0, isMade: true) }
      default: .keyedProcess(by: KeySelector(\Count.f0)) { try Failing($0, isMade: false) }
      }
    let failure = #expect(throws: OperatorFailure.self) {
      let operation = try factory.open(.test(name), [])
      try feed([Count("a", 1), Count("a", 2)], to: operation)
    }
    #expect(failure?.operatorName == name)
    #expect(failure?.underlying is Mishap)
  }

  private struct Failing: KeyedProcessFunction {
    init(_ context: KeyedFunctionContext<String>, isMade: Bool) throws {
      #expect(context.currentKey == nil)
      if !isMade { throw Mishap() }
    }

    mutating func processElement(
      _ element: Count,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Count>
    ) throws {
      output.collect(element)
      throw Mishap()
    }
  }

  /// A failed combination leaves the state of the key as it was.
  @Test func aFailedReduceKeepsItsState() throws {
    let received = Received<Count>()
    let factory = StreamOperatorFactory.reduce(by: KeySelector(\Count.f0)) { first, second in
      if second.f1 < 0 { throw Mishap() }
      return Self.combine(first, second)
    }
    let operation = try factory.open(.test(), [received.receiver()])
    try feed([Count("a", 1)], to: operation)
    #expect(throws: OperatorFailure.self) { try feed([Count("a", -1)], to: operation) }
    try feed([Count("a", 5)], to: operation)
    #expect(received.elements.map(\.f1) == [1, 6])
  }

  @Test func aFunctionIsMadeAnewForEachAttempt() throws {
    struct Counting: KeyedProcessFunction {
      var count = 0

      mutating func processElement(
        _ element: Count,
        _ context: KeyedFunctionContext<String>,
        _ output: inout Collector<Count>
      ) {
        count += 1
        output.collect(Count("\(context.subtask)", count))
      }
    }
    let factory = StreamOperatorFactory.keyedProcess(by: KeySelector(\Count.f0)) { _ in Counting() }
    let received = Received<Count>()
    for subtask in 0..<2 {
      let operation = try factory.open(
        .test(subtask: subtask, parallelism: 2),
        [received.receiver()]
      )
      let group = KeyGroupRange(operatorIndex: subtask, parallelism: 2, maxParallelism: 128)
      let own = Self.records.filter {
        group.contains(KeyGroupAssignment.keyGroup(ofHash: $0.f0.javaHash, maxParallelism: 128))
      }
      try feed(own.prefix(2), to: operation)
    }
    #expect(received.elements == [Count("0", 1), Count("0", 2), Count("1", 1), Count("1", 2)])
  }
}
