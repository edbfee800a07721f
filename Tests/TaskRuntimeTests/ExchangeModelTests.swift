import SimulationKernel
import StreamModel
import TaskRuntime
import Testing

/// What counts instead of looking at every channel, against models that look at every channel.
@Suite struct ExchangeModelTests {
  // MARK: Barriers

  /// What is decided about a barrier.
  private struct Verdict: Equatable {
    var subsumed: CheckpointID?
    var holdsChannel = false
    var ready: CheckpointID?

    init() {}

    init(_ decision: BarrierAlignment.Decision) {
      subsumed = decision.subsumed
      holdsChannel = decision.holdsChannel
      ready = decision.ready
    }
  }

  /// Barriers marked channel by channel.
  private struct MarkedBarriers {
    let isHolding: Bool
    var isOpen: [Bool]
    var current: (id: CheckpointID, arrived: Set<Int>)?
    var last = CheckpointID(0)

    mutating func barrier(_ id: CheckpointID, on channel: Int) -> Verdict {
      var decision = Verdict()
      guard id > last, current.map({ id >= $0.id }) ?? true else { return decision }
      if let current, current.id < id { decision.subsumed = current.id }
      let before = current?.id == id ? current?.arrived ?? [] : []
      current = (id, before.union([channel]))
      decision.ready = takeReady()
      decision.holdsChannel = isHolding && decision.ready == nil
      return decision
    }

    mutating func close(_ channel: Int) -> Verdict {
      isOpen[channel] = false
      var decision = Verdict()
      decision.ready = takeReady()
      return decision
    }

    mutating func abort(_ id: CheckpointID) -> Bool {
      last = max(last, id)
      guard let current, current.id <= id else { return false }
      self.current = nil
      return true
    }

    private mutating func takeReady() -> CheckpointID? {
      guard let (id, arrived) = current,
        isOpen.indices.allSatisfy({ arrived.contains($0) || !isOpen[$0] })
      else { return nil }
      current = nil
      last = id
      return id
    }
  }

  @Test(arguments: [BarrierAlignment.Mode.aligned, .counted], 1...40)
  func barriersAreCountedAsIfTheyWereMarked(_ mode: BarrierAlignment.Mode, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "barriers")
    let channels = 1 + random.below(5)
    var alignment = BarrierAlignment(mode: mode, channels: channels)
    var model = MarkedBarriers(
      isHolding: mode == .aligned,
      isOpen: Array(repeating: true, count: channels)
    )
    var newest = 1
    for step in 0..<200 {
      let channel = random.below(channels)
      if random.chance(1, in: 6) { newest += 1 }
      let id = CheckpointID(max(1, newest - random.below(3)))
      switch random.below(40) {
      case 0: #expect(Verdict(alignment.close(channel)) == model.close(channel), "step \(step)")
      case 1...3: #expect(alignment.abort(id) == model.abort(id), "step \(step)")
      default:
        #expect(
          Verdict(alignment.barrier(id, on: channel)) == model.barrier(id, on: channel),
          "step \(step)"
        )
      }
    }
  }

  // MARK: Watermarks

  /// Watermarks compared channel by channel.
  private struct ComparedWatermarks {
    var channels: [(watermark: Watermark, isIdle: Bool, isAligned: Bool)]
    var last = Watermark.none
    var isIdle = false

    mutating func watermark(_ watermark: Watermark, on channel: Int) -> [WatermarkValve.Output] {
      guard !isIdle, !channels[channel].isIdle, watermark > channels[channel].watermark else {
        return []
      }
      channels[channel].watermark = watermark
      if watermark >= last { channels[channel].isAligned = true }
      return channels[channel].isAligned ? advance() : []
    }

    mutating func status(isIdle idle: Bool, on channel: Int) -> [WatermarkValve.Output] {
      guard channels[channel].isIdle != idle else { return [] }
      channels[channel].isIdle = idle
      guard idle else {
        if channels[channel].watermark >= last { channels[channel].isAligned = true }
        defer { isIdle = false }
        return isIdle ? [.status(isIdle: false)] : []
      }
      channels[channel].isAligned = false
      let wasSlowest = channels[channel].watermark == last
      guard channels.allSatisfy(\.isIdle) else { return wasSlowest ? advance() : [] }
      isIdle = true
      let furthest = channels.map(\.watermark).max() ?? last
      guard wasSlowest, furthest > last else { return [.status(isIdle: true)] }
      last = furthest
      return [.watermark(furthest), .status(isIdle: true)]
    }

    private mutating func advance() -> [WatermarkValve.Output] {
      let slowest = channels.filter(\.isAligned).map(\.watermark).min()
      guard let slowest, slowest > last else { return [] }
      last = slowest
      return [.watermark(slowest)]
    }
  }

  @Test(arguments: 1...60)
  func theSlowestChannelIsKnownAsIfAllWereCompared(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "watermarks")
    let count = 1 + random.below(seed.isMultiple(of: 2) ? 4 : 40)
    let idleness = random.below(4)
    var valve = WatermarkValve(channels: count)
    var model = ComparedWatermarks(
      channels: Array(repeating: (.none, false, true), count: count)
    )
    for step in 0..<400 {
      let channel = random.below(count)
      if random.chance(idleness, in: 8) {
        let idle = random.chance(1, in: 2)
        #expect(
          valve.status(isIdle: idle, on: channel) == model.status(isIdle: idle, on: channel),
          "step \(step)"
        )
      } else {
        let time = random.chance(1, in: 100) ? Int64.max : Int64(step / 4 + random.below(40))
        #expect(
          valve.watermark(Watermark(time), on: channel)
            == model.watermark(Watermark(time), on: channel),
          "step \(step)"
        )
      }
    }
  }

  // MARK: Results

  /// A queue for each channel.
  private struct QueuedResults {
    struct Channel {
      var queue: [(label: Int, isRecords: Bool)] = []
      var credit = 0
      var isConnected = false
      var isReleased = false
    }

    var channels: [Channel]
    var dirty: [Int] = []

    mutating func add(_ label: Int, isRecords: Bool, to channel: Int) {
      guard !channels[channel].isReleased else { return }
      channels[channel].queue.append((label, isRecords))
      dirty.append(channel)
    }

    mutating func sent() -> [[Int]] {
      var sent: [[Int]] = []
      for channel in dirty where channels[channel].isConnected {
        while let head = channels[channel].queue.first {
          if head.isRecords {
            guard channels[channel].credit > 0 else { break }
            channels[channel].credit -= 1
          }
          channels[channel].queue.removeFirst()
          let backlog = channels[channel].queue.count(where: \.isRecords)
          sent.append([channel, head.label, backlog])
        }
      }
      dirty = []
      return sent
    }
  }

  private func sent(by partition: ResultPartition) -> [[Int]] {
    var sent: [[Int]] = []
    while let (channel, element, backlog) = partition.nextToSend() {
      switch element {
      case .records(let batch):
        sent.append([channel, (batch as? RecordBatch<Int>)?.elements.first ?? -1, backlog])
      case .watermark(let watermark): sent.append([channel, Int(watermark.timestamp), backlog])
      default: sent.append([channel, -1, backlog])
      }
    }
    return sent
  }

  /// Control elements are kept once for all channels; each gets them between its own records.
  @Test(arguments: 1...60)
  func controlElementsAreSentAsIfEachChannelHadItsOwn(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "results")
    let count = 1 + random.below(6)
    let partition = ResultPartition(subpartitions: count, exclusive: 2, floating: 8)
    var model = QueuedResults(channels: Array(repeating: .init(), count: count))
    for step in 0..<600 {
      let channel = random.below(count)
      switch random.below(12) {
      case 0 where !model.channels[channel].isConnected:
        let credit = random.below(3)
        partition.connect(channel, credit: credit)
        model.channels[channel].isConnected = true
        model.channels[channel].credit += credit
        model.dirty.append(channel)
      case 0...2:
        partition.grant(1, to: channel)
        model.channels[channel].credit += 1
        model.dirty.append(channel)
      case 3 where random.chance(1, in: 20):
        partition.release(channel)
        model.channels[channel] = .init(isReleased: true)
      case 3...6:
        partition.emit(RecordBatch([step]), to: channel)
        model.add(step, isRecords: true, to: channel)
      case 7...9:
        partition.broadcast(.watermark(Watermark(Int64(step))))
        for channel in 0..<count { model.add(step, isRecords: false, to: channel) }
      default:
        // The first of those that are worked off may have been asked for several times.
        #expect(sent(by: partition) == model.sent(), "step \(step)")
      }
    }
  }

  // MARK: The gate

  /// Buffers that come back are lent to the first channels that want some, of however many.
  @Test func lendsToTheFirstOfManyChannels() {
    var gate = InputGate(channels: 300, exclusive: 2, floating: 2)
    let records = StreamElement.records(RecordBatch([0]))
    #expect(gate.deliver(records, to: 7, backlog: 2) == 2)
    for channel in [299, 64, 128, 63] {
      #expect(gate.deliver(records, to: channel, backlog: 1) == 0)
    }
    #expect(gate.deliver(.endOfData, to: 63, backlog: 0) == 0)
    #expect(gate.deliver(.endOfData, to: 7, backlog: 0) == 0)
    #expect(gate.recycle(7).map(\.channel) == [64])
    #expect(gate.recycle(7).map(\.channel) == [128])
    #expect(gate.recycle(7).map { [$0.channel, $0.credit] } == [[7, 1]])
    #expect(gate.queuedElements == 7)
  }

  @Test func endsOnceHoweverOftenItIsSaid() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 8)
    for _ in 0..<3 {
      gate.endData(0)
      gate.close(1)
    }
    #expect(!gate.isDataEnded && !gate.isClosed)
    gate.endData(2)
    #expect(gate.isDataEnded && !gate.isClosed)
    gate.close(2)
    gate.close(0)
    #expect(gate.isClosed)
    let none = InputGate(channels: 0, exclusive: 2, floating: 8)
    #expect(none.isDataEnded && none.isClosed)
  }
}
