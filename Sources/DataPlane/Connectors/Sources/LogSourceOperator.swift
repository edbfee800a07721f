public import ExternalSystems
import RecordFormats
public import StreamOperators
public import EventLog
import JobGraphs
import KeyedState
public import SimulationKernel
public import StreamModel

/// Reads a topic of the log, partition by partition, and can resume anywhere.
///
/// Offsets are part of checkpoints, and a restored source goes on from them. Those that it commits
/// for its group, when a checkpoint is complete, are for others to see and for jobs that start
/// anew. *Source:* Flink `KafkaSource`, `KafkaSourceReader`; *Simplified:* partitions are dealt out
/// when the job starts, without an enumerator, and new ones are not discovered.
public final class LogSourceOperator<Element>: SourceOperator {
  private let options: LogSourceOptions
  private let external: ExternalSystems
  private let output: OperatorOutput<Element>
  private let name: String
  private let capacity: Int
  private let decode: (LogRecord) throws -> Element
  private var splits: [LogSplit]
  private var next = 0
  private var pacing: SourcePacing
  private var uncommitted: [(checkpoint: CheckpointID, offsets: [PartitionOffset])] = []
  private var operations: [ExternalOperation] = []

  /// Sources have no input.
  public var inputs: [AnyBatchReceiver] { [] }

  /// Opens the source of one subtask attempt.
  ///
  /// - Throws: ``UnreadableInput`` when there is no such topic, or no offset to begin at;
  ///   `StateCodecError` when the restored offsets cannot be read.
  public init(
    _ options: LogSourceOptions,
    context: OperatorContext,
    outputs: [AnyBatchReceiver],
    decode: @escaping (LogRecord) throws -> Element
  ) throws {
    self.options = options
    self.decode = decode
    external = context.external
    output = OperatorOutput(outputs)
    name = context.name
    capacity = context.bufferCapacity(of: Element.self)
    pacing = SourcePacing(
      rate: options.rate,
      parallelism: context.parallelism,
      start: context.now
    )
    external.keepHouse(at: context.now)
    if let restored = context.restored {
      splits = try restored.operatorStates.flatMap {
        try StateDocument.decode([LogSplit].self, from: $0)
      }
    } else {
      do {
        splits = try Self.share(of: options, context)
      } catch {
        throw UnreadableInput("\(error)")
      }
    }
  }

  /// How many elements its splits have given so far.
  public var offset: Int { splits.reduce(0) { $0 + $1.emitted } }

  /// Emits what is there and due of one partition, at most a buffer's worth; the next time it is
  /// another partition's turn.
  public func emitNext(now: VirtualInstant) throws -> SourceProgress {
    external.keepHouse(at: now)
    let due = pacing.due(at: now, limit: capacity)
    guard due > 0 else {
      return splits.allSatisfy(\.isAtEnd) ? .endOfInput : .waiting(until: pacing.nextInstant)
    }
    for _ in splits.indices {
      let index = next
      next = (next + 1) % splits.count
      guard !splits[index].isAtEnd else { continue }
      let position = splits[index].position
      var collector = Collector<Element>(capacity: due)
      do {
        try read(&splits[index], limit: due, into: &collector)
      } catch {
        collector.discard()
        throw OperatorFailure.wrap(error, operatorName: name)
      }
      splits[index].emitted += collector.count
      pacing.emit(collector.count)
      if collector.count > 0 {
        try output.emit(&collector)
        return .emitted
      }
      // Markers and what was aborted are passed without a record.
      if splits[index].position != position { return .emitted }
    }
    // A source without an end never ends: one that has no partition waits as well.
    if options.isBounded, splits.allSatisfy(\.isAtEnd) { return .endOfInput }
    return .waiting(until: now + options.pollInterval)
  }

  /// The offsets of its partitions.
  public func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    if options.group != nil {
      let offsets = splits.map { PartitionOffset($0.topicPartition, $0.position) }
      uncommitted.append((checkpoint, offsets))
    }
    return OperatorSnapshot(operatorState: try StateDocument.encode(splits))
  }

  /// Commits the offsets of the checkpoint for the source's group.
  ///
  /// *Source:* Flink `KafkaSourceReader.notifyCheckpointComplete`.
  public func checkpointCompleted(_ checkpoint: CheckpointID) -> [Transaction] {
    let complete = uncommitted.last { $0.checkpoint <= checkpoint }
    uncommitted.removeAll { $0.checkpoint <= checkpoint }
    if let group = options.group, let offsets = complete?.offsets, !offsets.isEmpty {
      operations.append(.commitOffsets(group: group, offsets))
    }
    return []
  }

  /// The offsets to commit.
  public func takeOperations() -> [ExternalOperation] {
    defer { operations = [] }
    return operations
  }

  private func read(
    _ split: inout LogSplit,
    limit: Int,
    into collector: inout Collector<Element>
  ) throws {
    let partition = split.topicPartition
    do {
      // What retention has given up is passed over, or is an error, as the options say.
      split.position = try external.log.position(
        in: partition,
        wanted: split.position,
        reset: options.reset,
        isolation: options.isolation
      )
    } catch {
      throw UnreadableInput("\(error)")
    }
    let end = split.end ?? .max
    guard split.position < end else { return }
    let reached = try external.log.read(
      partition,
      from: split.position,
      isolation: options.isolation,
      maximumRecords: limit
    ) { record in
      guard record.offset < end else { return }
      collector.collect(try decode(record))
    }
    split.position = min(reached, end)
  }
}

// MARK: - Beginning

extension LogSourceOperator {
  /// The partitions that a subtask reads when its job starts without a checkpoint.
  private static func share(
    of options: LogSourceOptions,
    _ context: OperatorContext
  ) throws(LogError) -> [LogSplit] {
    let log = context.external.log
    var splits: [LogSplit] = []
    for partition in try log.partitions(of: options.topic.name)
    where partition.partition % context.parallelism == context.subtask {
      let latest = try log.position(
        in: partition,
        wanted: nil,
        reset: .latest,
        isolation: options.isolation
      )
      splits.append(
        LogSplit(
          topic: partition.topic,
          partition: partition.partition,
          position: try start(in: partition, of: log, options, latest: latest),
          end: options.isBounded ? latest : nil
        )
      )
    }
    return splits
  }

  private static func start(
    in partition: TopicPartition,
    of log: PartitionedLog,
    _ options: LogSourceOptions,
    latest: Int64
  ) throws(LogError) -> Int64 {
    switch options.start {
    case .earliest: return try log.startOffset(of: partition)
    case .latest: return latest
    case .timestamp(let time):
      return try log.firstOffset(of: partition, atOrAfter: time) ?? latest
    case .committed(let reset):
      let group = options.group ?? ""
      return try log.position(
        in: partition,
        wanted: log.committedOffset(of: partition, group: group),
        reset: reset,
        isolation: options.isolation,
        group: group
      )
    }
  }
}

extension StreamOperatorFactory {
  /// A source that reads a topic, and makes an element of each record.
  public static func logSource<Element>(
    _ options: LogSourceOptions,
    _ decode: @escaping @Sendable (LogRecord) throws -> Element
  ) -> StreamOperatorFactory {
    var factory = StreamOperatorFactory { context, outputs in
      try LogSourceOperator(options, context: context, outputs: outputs, decode: decode)
    }
    factory.topics = [options.topic]
    return factory
  }
}
