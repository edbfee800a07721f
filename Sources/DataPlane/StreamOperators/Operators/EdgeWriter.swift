public import JobGraphs
public import SimulationKernel
public import StreamModel

/// Where an edge's full buffers go: the result partition of the task.
public protocol PartitionOutput: AnyObject {
  /// Takes a buffer over for a channel.
  func emit(_ batch: AnyRecordBatch, to subpartition: Int)
}

/// The end of a chain: distributes records over the channels of an edge.
public protocol EdgeWriter: AnyObject {
  /// Where the chain's records go.
  var receiver: AnyBatchReceiver { get }
  /// Whether records wait for their buffer to be full.
  var hasPartialBuffers: Bool { get }
  /// Hands on what waits, full or not.
  func flush()
  /// Frees what waits; the task is gone.
  func discard()
}

/// What an edge's writer knows about the edge.
public struct EdgeContext {
  /// The edge's name in a failure: the producing operator.
  public var name: String
  /// The producer's index.
  public var producer: Int
  /// How many channels there are.
  public var channels: Int
  /// How many subtasks the consumer has.
  public var consumers: Int
  /// How many key groups the consumer has.
  public var maxParallelism: Int
  /// How many bytes of records make a full buffer.
  public var bufferBytes: Int
  /// A random stream of the edge's own.
  public var random: RandomStream

  /// Makes a context.
  public init(
    name: String,
    producer: Int,
    channels: Int,
    consumers: Int,
    maxParallelism: Int,
    bufferBytes: Int,
    random: RandomStream
  ) {
    self.name = name
    self.producer = producer
    self.channels = channels
    self.consumers = consumers
    self.maxParallelism = maxParallelism
    self.bufferBytes = bufferBytes
    self.random = random
  }
}

/// Makes writers; what the graphs carry as an opaque ``JobGraphs/EdgeWriterFactory``.
public struct StreamEdgeWriterFactory: EdgeWriterFactory {
  /// Makes the writer of one producer's subtask attempt.
  public let open: @Sendable (EdgeContext, any PartitionOutput) -> any EdgeWriter

  /// Wraps the function that makes writers.
  @inlinable
  public init(_ open: @escaping @Sendable (EdgeContext, any PartitionOutput) -> any EdgeWriter) {
    self.open = open
  }

  /// The writer for a strategy that does not look at records.
  ///
  /// - Precondition: The strategy is not ``ShipStrategy/hash``.
  @inlinable
  public static func unkeyed<Element>(
    _ strategy: ShipStrategy,
    of type: Element.Type
  ) -> StreamEdgeWriterFactory {
    StreamEdgeWriterFactory { context, output in
      var routing = ChannelRouting(strategy: strategy, context: context)
      let buffers = ChannelBuffers<Element>(context: context, output: output, isKeyed: false)
      let receiver = BatchReceiver<Element>(operatorName: context.name) { batch in
        guard let channel = routing.fixedChannel else {
          if routing.isBroadcast {
            for channel in 0..<context.channels { buffers.append(batch.copy(), to: channel) }
          } else {
            for index in 0..<batch.count {
              buffers.move(index, of: batch, keyHash: 0, to: routing.next())
            }
            batch.markEmptied()
          }
          return
        }
        buffers.append(batch, to: channel)
      }
      return BufferedEdgeWriter(buffers, receiver)
    }
  }

  /// The writer that sends each record to the owner of its key's group.
  ///
  /// *Source:* Flink `KeyGroupStreamPartitioner`.
  @inlinable
  public static func keyed<Element, Key>(
    by selector: KeySelector<Element, Key>
  ) -> StreamEdgeWriterFactory {
    StreamEdgeWriterFactory { context, output in
      let buffers = ChannelBuffers<Element>(context: context, output: output, isKeyed: true)
      let groups = UInt32(context.maxParallelism)
      let owners = ContiguousArray(
        (0..<context.maxParallelism).map {
          KeyGroupAssignment.operatorIndex(
            of: KeyGroup($0),
            maxParallelism: context.maxParallelism,
            parallelism: context.consumers
          )
        }
      )
      let receiver = BatchReceiver<Element>(operatorName: context.name) { batch in
        if context.channels == 1 {
          let hashes = UnsafeMutablePointer<UInt32>.allocate(capacity: max(batch.count, 1))
          for index in 0..<batch.count {
            let hash = selector.withKey(of: batch.values + index) { $0.pointee.javaHash }
            hashes[index] = UInt32(bitPattern: KeyGroupAssignment.murmur(ofHash: hash))
          }
          batch.adopt(keyHashes: hashes)
          return buffers.append(batch, to: 0)
        }
        owners.withUnsafeBufferPointer { owners in
          for index in 0..<batch.count {
            let record = batch.values + index
            let hash = selector.withKey(of: record) { $0.pointee.javaHash }
            let scattered = UInt32(bitPattern: KeyGroupAssignment.murmur(ofHash: hash))
            buffers.move(
              index,
              of: batch,
              keyHash: scattered,
              to: owners[Int(scattered % groups)]
            )
          }
        }
        batch.markEmptied()
      }
      return BufferedEdgeWriter(buffers, receiver)
    }
  }
}

/// Which channel is next, for strategies that do not look at records.
public struct ChannelRouting {
  @usableFromInline let channels: Int
  @usableFromInline let isRandom: Bool
  @usableFromInline var random: RandomStream
  @usableFromInline var last: Int
  /// Whether every channel gets every record.
  public let isBroadcast: Bool
  /// The only channel, where there is no choice.
  public let fixedChannel: Int?

  /// Makes the routing of a strategy.
  ///
  /// *Source:* Flink `StreamPartitioner.selectChannel`.
  public init(strategy: ShipStrategy, context: EdgeContext) {
    channels = context.channels
    isBroadcast = strategy == .broadcast
    isRandom = strategy == .shuffle
    random = context.random
    fixedChannel =
      strategy == .forward || strategy == .global || (context.channels == 1 && !isBroadcast)
      ? 0 : nil
    // A rebalancing producer begins anywhere, so that many producers do not all begin with the
    // first consumer; a rescaling one begins with its first.
    last = strategy == .rebalance ? random.below(max(context.channels, 1)) : context.channels - 1
  }

  /// The channel of the next record.
  @inlinable
  public mutating func next() -> Int {
    if isRandom { return random.below(channels) }
    last = last &+ 1 == channels ? 0 : last &+ 1
    return last
  }
}

/// The buffers of an edge's channels while they are filled.
public final class ChannelBuffers<Element> {
  @usableFromInline let builders: UnsafeMutablePointer<BatchBuilder<Element>>
  /// Whether records came since the last flush: without any there is nothing to look for.
  @usableFromInline let hasRecords: UnsafeMutablePointer<Bool>
  @usableFromInline let channels: Int
  @usableFromInline let capacity: Int
  @usableFromInline let output: any PartitionOutput
  @usableFromInline let isKeyed: Bool

  /// Makes empty buffers for each of the edge's channels.
  @inlinable
  public init(context: EdgeContext, output: any PartitionOutput, isKeyed: Bool) {
    channels = context.channels
    capacity = BufferCapacity.records(of: Element.self, bytes: context.bufferBytes)
    self.output = output
    self.isKeyed = isKeyed
    builders = .allocate(capacity: max(channels, 1))
    let room = channels > 64 ? 16 : capacity
    builders.initialize(
      repeating: BatchBuilder(capacity: room, isKeyed: isKeyed),
      count: channels
    )
    hasRecords = .allocate(capacity: 1)
    hasRecords.initialize(to: false)
  }

  @inlinable
  deinit {
    discard()
    builders.deallocate()
    hasRecords.deallocate()
  }

  /// Moves a record into a channel's buffer, with its event time if it has one, and hands the
  /// buffer on when it is full.
  @inlinable
  @inline(__always)
  public func move(
    _ index: Int,
    of batch: RecordBatch<Element>,
    keyHash: UInt32,
    to channel: Int
  ) {
    hasRecords.pointee = true
    if let timestamps = batch.timestamps {
      builders[channel].appendMoving(
        batch.values + index,
        keyHash: keyHash,
        timestamp: timestamps[index]
      )
    } else {
      builders[channel].appendMoving(batch.values + index, keyHash: keyHash)
    }
    if builders[channel].count >= capacity { send(channel) }
  }

  /// Adds a whole batch to a channel; one that fills half a buffer travels as it is.
  @inlinable
  public func append(_ batch: RecordBatch<Element>, to channel: Int) {
    if batch.count * 2 >= capacity, builders[channel].count == 0 {
      return output.emit(batch, to: channel)
    }
    for index in 0..<batch.count {
      move(index, of: batch, keyHash: batch.keyHashes?[index] ?? 0, to: channel)
    }
    batch.markEmptied()
  }

  /// Hands a channel's buffer on, full or not.
  @inlinable
  @inline(never)
  public func send(_ channel: Int) {
    if let batch = builders[channel].seal() { output.emit(batch, to: channel) }
  }

  /// Whether any buffer holds records.
  @inlinable
  public var hasPartial: Bool {
    guard hasRecords.pointee else { return false }
    for channel in 0..<channels where builders[channel].count > 0 { return true }
    hasRecords.pointee = false
    return false
  }

  /// Hands on what waits, full or not.
  @inlinable
  public func flush() {
    guard hasRecords.pointee else { return }
    for channel in 0..<channels { send(channel) }
    hasRecords.pointee = false
  }

  /// Frees what the buffers hold.
  @inlinable
  public func discard() {
    for channel in 0..<channels { builders[channel].discard() }
  }
}

/// An edge's writer over typed buffers.
public final class BufferedEdgeWriter<Element>: EdgeWriter {
  @usableFromInline let buffers: ChannelBuffers<Element>
  /// Where the chain's records go.
  public let receiver: AnyBatchReceiver

  /// Makes a writer.
  @inlinable
  public init(_ buffers: ChannelBuffers<Element>, _ receiver: AnyBatchReceiver) {
    self.buffers = buffers
    self.receiver = receiver
  }

  /// Whether records wait for their buffer to be full.
  @inlinable
  public var hasPartialBuffers: Bool { buffers.hasPartial }

  /// Hands on what waits, full or not.
  @inlinable
  public func flush() { buffers.flush() }

  /// Frees what waits.
  @inlinable
  public func discard() { buffers.discard() }
}
