import JobGraphs
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// That no record is lost or ended twice, whatever way a batch goes.
@Suite struct MemoryTests {
  /// Runs `body` and expects that no token outlives it.
  private func expectNothingLeft(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Census) throws -> Void
  ) rethrows {
    let census = Census()
    try body(census)
    #expect(census.made > 0, sourceLocation: sourceLocation)
    #expect(census.living == 0, sourceLocation: sourceLocation)
  }

  // MARK: Batches and builders

  @Test func aBatchEndsItsRecords() {
    expectNothingLeft { census in
      var batch: RecordBatch<Item>? = RecordBatch(census.items(10))
      #expect(census.living == 10)
      var copy = batch?.copy()
      #expect(batch?.elements.map(\.id) == copy?.elements.map(\.id))
      batch = nil
      #expect(census.living == 10)
      copy = nil
      #expect(census.living == 0)
    }
  }

  @Test func anEmptiedBatchEndsNothing() {
    expectNothingLeft { census in
      let batch = RecordBatch(census.items(5))
      let taken = (0..<5).map { (batch.values + $0).move() }
      batch.markEmptied()
      #expect(census.living == 5)
      #expect(taken.map(\.id) == [0, 1, 2, 3, 4])
    }
  }

  @Test(arguments: [1, 2, 3, 64], [0, 1, 2, 3, 5, 63, 64, 65, 200])
  func aBuilderKeepsWhatItIsGiven(capacity: Int, count: Int) throws {
    for isKeyed in [false, true] {
      let census = Census()
      var builder = BatchBuilder<Item>(capacity: capacity, isKeyed: isKeyed)
      for round in 1...3 {
        for item in census.items(count) {
          if isKeyed {
            builder.append(item, keyHash: UInt32(item.id))
          } else {
            builder.append(item)
          }
        }
        #expect(builder.count == count)
        let batch = builder.seal()
        #expect(builder.count == 0)
        #expect(batch?.elements.map(\.id) ?? [] == Array(0..<count), "\(round)")
        #expect((batch == nil) == (count == 0))
        if isKeyed, let batch {
          let hashes = try #require(batch.keyHashes)
          #expect((0..<count).allSatisfy { hashes[$0] == UInt32($0) })
          #expect(batch.copy().contentHash == UInt64(count * (count - 1) / 2))
        }
      }
      #expect(census.living == 0)
    }
  }

  @Test func aDiscardedBuilderEndsWhatItHolds() {
    expectNothingLeft { census in
      var builder = BatchBuilder<Item>(capacity: 2, isKeyed: true)
      builder.discard()
      for item in census.items(7) { builder.append(item, keyHash: 0) }
      builder.discard()
      #expect(census.living == 0)
      builder.discard()
      for item in census.items(3) { builder.append(item, keyHash: 9) }
      #expect(builder.seal()?.elements.count == 3)
    }
  }

  @Test func recordsMoveFromABatchToABuilder() {
    expectNothingLeft { census in
      let batch = RecordBatch(census.items(20))
      var builder = BatchBuilder<Item>(capacity: 3)
      for index in 0..<20 { builder.appendMoving(batch.values + index, keyHash: 0) }
      batch.markEmptied()
      #expect(census.living == 20)
      #expect(builder.seal()?.elements.map(\.id) == Array(0..<20))
    }
  }

  @Test func anEmptyBatchIsOneToo() {
    let batch = RecordBatch<String>([])
    #expect(batch.count == 0)
    #expect(batch.byteCount == 0)
    #expect(batch.copy().elements.isEmpty)
  }

  @Test func aCollectorIsSealedOrDiscarded() {
    expectNothingLeft { census in
      var collector = Collector<Item>(capacity: 1)
      #expect(collector.seal() == nil)
      for item in census.items(9) { collector.collect(item) }
      #expect(collector.count == 9)
      #expect(collector.seal()?.elements.count == 9)
      for item in census.items(4) { collector.collect(item) }
      collector.discard()
      #expect(census.living == 0)
    }
  }

  // MARK: Operators

  /// Ways through an operator: the function succeeds, fails, or the next operator fails.
  enum Way: CaseIterable {
    case through
    case failing
    case failingDownstream
  }

  private static func check(_ item: Item, _ way: Way) throws -> Item {
    if way == .failing, item.id == 6 { throw Mishap() }
    return item
  }

  private static func factory(_ name: String, _ way: Way) -> StreamOperatorFactory {
    switch name {
    case "map": .map { (item: Item) in try check(item, way) }
    case "filter": .filter { (item: Item) in try check(item, way).id % 2 == 0 }
    case "flatMap":
      .flatMap { (item: Item, output: inout Collector<Item>) in
        output.collect(item)
        output.collect(try check(item, way))
      }
    case "sum": .sum(\Item.id, by: KeySelector { $0.id % 3 }) { $0 + $1 }
    case "reduce":
      .reduce(by: KeySelector { $0.id % 3 }) { first, second in
        Item(id: first.id + second.id, token: try check(second, way).token)
      }
    default: .keyedProcess(by: KeySelector(\Item.id)) { _ in Keeping(way: way) }
    }
  }

  private struct Keeping: KeyedProcessFunction {
    let way: Way
    var kept: [Item] = []

    init(way: Way) {
      self.way = way
    }

    mutating func processElement(
      _ element: Item,
      _ context: KeyedFunctionContext<Int>,
      _ output: inout Collector<Item>
    ) throws {
      kept.append(element)
      output.collect(element)
      output.collect(try MemoryTests.check(element, way))
    }
  }

  @Test(
    arguments: ["map", "filter", "flatMap", "sum", "reduce", "process"],
    Way.allCases
  )
  func anOperatorLosesNothing(_ name: String, _ way: Way) throws {
    try expectNothingLeft { census in
      let received = [Received<Item>(), Received<Item>()]
      let limit = way == .failingDownstream ? 3 : Int.max
      let operation = try Self.factory(name, way).open(
        .test(bufferBytes: 5 * MemoryLayout<Item>.stride),
        [received[0].receiver(), received[1].receiver(failingAfter: limit)]
      )
      for _ in 0..<2 {
        let batch = try keyedBatch(census.items(9)) { $0.id % 3 }
        do {
          try operation.inputs[0].acceptErased(batch)
          #expect(way == .through || (name == "sum" && way == .failing))
        } catch {
          #expect(way != .through)
        }
      }
    }
  }

  // MARK: Edges

  private static let strategies: [String] = ShipStrategy.allCases.map(\.rawValue)

  /// Each kind of edge; its writer is flushed, discarded, or simply let go.
  @Test(arguments: strategies, ["flushed", "discarded", "let go"])
  func anEdgeLosesNothing(_ strategy: String, _ end: String) throws {
    let strategy = try #require(ShipStrategy(rawValue: strategy))
    try expectNothingLeft { census in
      let output = KeptChannels<Item>(3)
      let factory: StreamEdgeWriterFactory =
        strategy == .hash
        ? .keyed(by: KeySelector(\Item.id)) : .unkeyed(strategy, of: Item.self)
      let writer = factory.open(
        EdgeContext(
          name: "edge",
          producer: 0,
          channels: 3,
          consumers: 3,
          maxParallelism: 128,
          bufferBytes: 7 * MemoryLayout<Item>.stride,
          random: RandomStream(seed: 1, name: "edge")
        ),
        output
      )
      for size in [20, 1, 2, 3, 1, 5] {
        try writer.receiver.acceptErased(RecordBatch(census.items(size)))
      }
      #expect(census.living == 32)
      if end == "flushed" { writer.flush() }
      if end == "discarded" {
        writer.discard()
        #expect(!writer.hasPartialBuffers)
        writer.flush()
      }
      if end == "flushed" {
        let copies = strategy == .broadcast ? 3 : 1
        #expect(output.records.joined().count == 32 * copies)
      }
    }
  }

  @Test func manyChannelsBeginWithSmallBuffers() throws {
    try expectNothingLeft { census in
      let output = KeptChannels<Item>(100)
      let writer = StreamEdgeWriterFactory.unkeyed(.rebalance, of: Item.self).open(
        EdgeContext(
          name: "edge",
          producer: 0,
          channels: 100,
          consumers: 100,
          maxParallelism: 128,
          bufferBytes: 32 * 1024,
          random: RandomStream(seed: 1, name: "edge")
        ),
        output
      )
      for _ in 0..<10 { try writer.receiver.acceptErased(RecordBatch(census.items(700))) }
      writer.flush()
      #expect(output.records.allSatisfy { $0.count == 70 })
    }
  }
}
