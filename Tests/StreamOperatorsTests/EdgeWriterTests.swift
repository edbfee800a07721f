import JobGraphs
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

@Suite struct EdgeWriterTests {
  private func context(
    channels: Int,
    seed: UInt64 = 1,
    maxParallelism: Int = 128,
    bufferBytes: Int = 80
  ) -> EdgeContext {
    EdgeContext(
      name: "edge",
      producer: 0,
      channels: channels,
      consumers: channels,
      maxParallelism: maxParallelism,
      bufferBytes: bufferBytes,
      random: RandomStream(seed: seed, name: "edge")
    )
  }

  /// Writes the numbers below `count` in batches of every size, and flushes.
  private func write(
    _ count: Int,
    by factory: StreamEdgeWriterFactory,
    _ context: EdgeContext
  ) throws -> KeptChannels<Int> {
    let output = KeptChannels<Int>(context.channels)
    let writer = factory.open(context, output)
    var next = 0
    var size = 1
    while next < count {
      let end = min(next + size, count)
      try writer.receiver.acceptErased(RecordBatch(Array(next..<end)))
      next = end
      size = size % 13 + 1
    }
    writer.flush()
    #expect(!writer.hasPartialBuffers)
    #expect(writer.receiver.receivedRecords == count)
    return output
  }

  private func write(
    _ count: Int,
    _ strategy: ShipStrategy,
    channels: Int,
    seed: UInt64 = 1
  ) throws -> [[Int]] {
    try write(count, by: .unkeyed(strategy, of: Int.self), context(channels: channels, seed: seed))
      .records
  }

  @Test(arguments: ShipStrategy.allCases.filter { $0 != .hash }, 1...5)
  func losesNothingAndKeepsTheOrderOfAChannel(strategy: ShipStrategy, channels: Int) throws {
    let records = try write(500, strategy, channels: channels)
    for channel in records { #expect(channel == channel.sorted()) }
    let copies = strategy == .broadcast ? channels : 1
    #expect(
      records.flatMap(\.self).sorted() == (0..<500).flatMap { Array(repeating: $0, count: copies) }
    )
  }

  @Test(arguments: [ShipStrategy.forward, .global])
  func sendsEverythingToTheOnlyChannel(strategy: ShipStrategy) throws {
    let records = try write(100, strategy, channels: 3)
    #expect(records.map(\.count) == [100, 0, 0])
  }

  @Test(arguments: 2...7)
  func rebalancesInTurn(channels: Int) throws {
    let records = try write(channels * 20, .rebalance, channels: channels)
    for channel in records {
      let first = try #require(channel.first)
      #expect(channel == Array(stride(from: first, to: channels * 20, by: channels)))
    }
  }

  @Test func rebalancingProducersDoNotAllBeginWithTheSameConsumer() throws {
    let firsts = try (0..<40).map { seed in
      try write(1, .rebalance, channels: 4, seed: seed).firstIndex { !$0.isEmpty }
    }
    #expect(Set(firsts) == [0, 1, 2, 3])
  }

  @Test func rescalesInTurnFromItsFirst() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let records = try write(9, .rescale, channels: 3, seed: seed)
      #expect(records == [[0, 3, 6], [1, 4, 7], [2, 5, 8]])
    }
  }

  @Test func shufflesByTheSeedOverAllChannels() throws {
    let records = try write(4000, .shuffle, channels: 4)
    #expect(records.allSatisfy { (850...1150).contains($0.count) }, "\(records.map(\.count))")
    #expect(try write(4000, .shuffle, channels: 4) == records)
    #expect(try write(4000, .shuffle, channels: 4, seed: 2) != records)
    #expect(try write(4000, .rebalance, channels: 4) != records)
  }

  @Test func broadcastsToEveryChannel() throws {
    let records = try write(50, .broadcast, channels: 3)
    #expect(records == Array(repeating: Array(0..<50), count: 3))
  }

  // MARK: Keys

  @Test(arguments: 1...5, [5, 128, 1000])
  func sendsAKeyToTheOwnerOfItsGroup(channels: Int, maxParallelism: Int) throws {
    let output = try write(
      600,
      by: .keyed(by: KeySelector { (number: Int) in "key-\(number % 97)" }),
      context(channels: channels, maxParallelism: maxParallelism)
    )
    for (channel, buffers) in output.buffers.enumerated() {
      for batch in buffers {
        let hashes = try #require(batch.keyHashes)
        for (index, number) in batch.elements.enumerated() {
          let key = "key-\(number % 97)"
          let group = KeyGroupAssignment.keyGroup(
            ofHash: key.javaHash,
            maxParallelism: maxParallelism
          )
          let range = KeyGroupRange(
            operatorIndex: channel,
            parallelism: channels,
            maxParallelism: maxParallelism
          )
          #expect(range.contains(group))
          let murmur = KeyGroupAssignment.murmur(ofHash: key.javaHash)
          #expect(hashes[index] == UInt32(bitPattern: murmur))
        }
      }
    }
    let records = output.records
    #expect(records.flatMap(\.self).sorted() == Array(0..<600))
    for channel in records { #expect(channel == channel.sorted()) }
    if maxParallelism >= 128 { #expect(records.allSatisfy { !$0.isEmpty }) }
  }

  @Test func findsAKeyByItsPropertyAsByAFunction() throws {
    let records = (0..<200).map { Tuple2("k\($0 % 31)", $0) }
    func write(_ selector: KeySelector<Tuple2<String, Int>, String>) throws -> [[String]] {
      let output = KeptChannels<Tuple2<String, Int>>(3)
      let writer = StreamEdgeWriterFactory.keyed(by: selector).open(context(channels: 3), output)
      try writer.receiver.acceptErased(RecordBatch(records))
      writer.flush()
      return output.records.map { $0.map(\.description) }
    }
    #expect(try write(KeySelector(\.f0)) == write(KeySelector { $0.f0 }))
  }

  @Test func theContentHashIsTheSumOfTheKeyHashes() throws {
    let batch = try keyedBatch(["a", "b"]) { $0 }
    let hashes = try #require(batch.keyHashes)
    #expect(batch.contentHash == UInt64(hashes[0]) + UInt64(hashes[1]))
    #expect(batch.copy().contentHash == batch.contentHash)
    #expect(batch.byteCount == 2 * MemoryLayout<String>.stride)
    #expect(RecordBatch(["a", "b"]).contentHash == 0)
  }

  // MARK: Buffers

  @Test func fillsABufferBeforeItIsHandedOn() throws {
    let output = KeptChannels<Int>(2)
    let writer = StreamEdgeWriterFactory.unkeyed(.rescale, of: Int.self)
      .open(context(channels: 2, bufferBytes: 80), output)
    for number in 0..<19 {
      try writer.receiver.acceptErased(RecordBatch([number]))
    }
    #expect(writer.hasPartialBuffers)
    #expect(output.buffers.map { $0.map(\.count) } == [[10], []])
    try writer.receiver.acceptErased(RecordBatch([19]))
    #expect(!writer.hasPartialBuffers)
    #expect(output.buffers.map { $0.map(\.count) } == [[10], [10]])
    writer.flush()
    #expect(output.buffers.map { $0.map(\.count) } == [[10], [10]])
  }

  @Test func handsALargeBatchOnAsItIsUnlessRecordsWaitBeforeIt() throws {
    let output = KeptChannels<Int>(1)
    let writer = StreamEdgeWriterFactory.unkeyed(.forward, of: Int.self)
      .open(context(channels: 1, bufferBytes: 80), output)
    try writer.receiver.acceptErased(RecordBatch([0, 1, 2, 3, 4]))
    #expect(output.buffers[0].map(\.count) == [5])
    try writer.receiver.acceptErased(RecordBatch([5]))
    try writer.receiver.acceptErased(RecordBatch(Array(6..<20)))
    #expect(output.buffers[0].map(\.count) == [5, 10])
    writer.flush()
    #expect(output.records == [Array(0..<20)])
  }

  @Test func aBufferHoldsABoundedNumberOfRecords() {
    #expect(BufferCapacity.records(of: UInt8.self, bytes: 1 << 20) == BufferCapacity.mostRecords)
    #expect(BufferCapacity.records(of: String.self, bytes: 160) == 10)
    #expect(BufferCapacity.records(of: String.self, bytes: 0) == 1)
    #expect(BufferCapacity.records(of: Void.self, bytes: 5) == 5)
  }
}
