public import ExternalSystems
public import StreamOperators
import EventLog
import JobGraphs
import KeyedState
public import SimulationKernel
public import StreamModel

/// Writes elements into a topic of the log.
///
/// Exactly once, the records between two barriers are a transaction: it is prepared before the
/// snapshot is acknowledged, and committed when the checkpoint is complete. A restored sink commits
/// what its checkpoint holds once more, and aborts what else was left. At least once, what is on
/// its way is awaited at the barrier. Else nothing is awaited, and a failure loses it.
/// *Source:* Flink `KafkaSink`, `ExactlyOnceKafkaWriter`, `KafkaCommitter`; preparing is KIP-939
/// with FLIP-319.
public final class LogSinkOperator<Element>: StreamOperator {
  private let options: LogSinkOptions
  private let context: OperatorContext
  private let guarantee: DeliveryGuarantee
  private let writer: SinkWriter
  /// What the ids of the attempt's transactions begin with: no two transactions share one.
  private let stem: String
  private let serialize: (Element) throws -> ProducerRecord
  private let partitions: Int
  private var nextPartition: Int
  private var batch: LogBatch
  private var lingerEnd: VirtualInstant?
  private var operations: [ExternalOperation] = []
  /// The open transaction's id and how many records it has, those of `batch` included.
  private var current: (id: String, records: Int)?
  private var sequence = 0
  private var pending: [(checkpoint: CheckpointID, committable: LogCommittable)] = []
  /// Transactions whose commit was asked for and is not known to be done: every snapshot holds
  /// them, restored ones too.
  private var committing: [LogCommittable] = []
  private var receiver: AnyBatchReceiver?

  /// Opens the sink of one subtask attempt.
  ///
  /// - Throws: `LogError` when there is no such topic, `StateCodecError` when restored transactions
  ///   cannot be read.
  public init(
    _ options: LogSinkOptions,
    context: OperatorContext,
    serialize: @escaping (Element) throws -> ProducerRecord
  ) throws {
    self.options = options
    self.context = context
    self.serialize = serialize
    // Without checkpoints nothing would ever be committed: what is written is visible at once.
    let waitsInVain = options.guarantee == .exactlyOnce && context.guarantee == .none
    guarantee = waitsInVain ? .atLeastOnce : options.guarantee
    let prefix = options.transactionalIDPrefix ?? "\(context.job)/\(context.operatorID)"
    writer = SinkWriter(
      name: "\(prefix)/\(context.subtask)",
      job: context.job,
      attempt: context.attempt
    )
    stem = writer.name + (options.transactionalIDPrefix == nil ? "/" : "/\(context.job)-")
    partitions = try context.external.log.partitions(of: options.topic.name).count
    nextPartition = context.subtask % partitions
    batch = LogBatch(topic: options.topic.name)
    for state in context.restored?.operatorStates ?? [] {
      committing += try StateDocument.decode([LogCommittable].self, from: state)
    }
    if guarantee == .exactlyOnce {
      operations.append(.takeOver(writer, keeping: committing.map(\.transactionalID)))
    }
    operations += committing.map { .commit($0) }
    receiver = BatchReceiver<Element>(operatorName: context.name) { [unowned self] batch in
      try self.take(batch)
    }
  }

  /// Its input.
  public var inputs: [AnyBatchReceiver] { receiver.map { [$0] } ?? [] }

  /// When what waits is sent.
  public var nextTimer: VirtualInstant? { lingerEnd }

  /// Sends what has waited for long enough.
  public func timerDue(at now: VirtualInstant) {
    seal()
  }

  /// Sends what waits, whatever is guaranteed.
  public func endOfInput() {
    seal()
  }

  /// Sends what waits, and says what must be done before the snapshot is durable.
  public func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    var state: [UInt8] = []
    switch guarantee {
    case .none: return OperatorSnapshot()
    case .atLeastOnce:
      seal()
      operations.append(.flush)
    case .exactlyOnce:
      seal()
      if let current {
        operations.append(.prepare(current.id, writer))
        let committable = LogCommittable(
          sink: context.name,
          topic: options.topic.name,
          transactionalID: current.id,
          records: current.records
        )
        pending.append((checkpoint, committable))
      }
      current = nil
      let held = committing + pending.map(\.committable)
      state = held.isEmpty ? [] : try StateDocument.encode(held)
    }
    return OperatorSnapshot(operatorState: state, operations: takeOperations())
  }

  /// Commits the transactions that the checkpoint holds.
  public func checkpointCompleted(_ checkpoint: CheckpointID) -> [Transaction] {
    let complete = pending.filter { $0.checkpoint <= checkpoint }.map(\.committable)
    pending.removeAll { $0.checkpoint <= checkpoint }
    committing += complete
    operations += complete.map { .commit($0) }
    return []
  }

  /// What is to be done on the log.
  public func takeOperations() -> [ExternalOperation] {
    defer { operations = [] }
    return operations
  }

  /// Forgets a transaction that is committed.
  public func commitDone(at path: String) {
    committing.removeAll { $0.path == path }
  }

  private func take(_ elements: RecordBatch<Element>) throws {
    if guarantee == .exactlyOnce, current == nil, elements.count > 0 {
      sequence += 1
      current = ("\(stem)\(writer.attempt)-\(sequence)", 0)
    }
    for index in 0..<elements.count {
      let record = try serialize(elements.values[index])
      let eventTime = elements.timestamp(at: index)
      let time = eventTime == Watermark.noTimestamp ? context.clock.milliseconds : eventTime
      batch.append(record, timestamp: record.timestamp ?? time, partition: choosePartition())
      current?.records += 1
      if batch.byteCount >= options.batchBytes { seal() }
    }
    guard batch.count > 0 else { return }
    if options.linger <= .zero {
      seal()
    } else if lingerEnd == nil {
      lingerEnd = context.clock.now + options.linger
    }
  }

  private func choosePartition() -> Int? {
    switch options.partitioning {
    case .byKey: return nil
    case .fixed: return nextPartition
    case .roundRobin:
      defer { nextPartition = (nextPartition + 1) % partitions }
      return nextPartition
    }
  }

  /// Sends what waits.
  private func seal() {
    lingerEnd = nil
    guard batch.count > 0 else { return }
    if let current {
      let timeout = options.transactionTimeout.nanoseconds / 1_000_000
      operations.append(.appendInTransaction(current.id, batch, writer, timeout: timeout))
    } else {
      operations.append(.append(batch, sink: context.name))
    }
    batch = LogBatch(topic: options.topic.name)
  }
}

extension StreamOperatorFactory {
  /// A sink that writes a record into a topic for each element.
  public static func logSink<Element>(
    _ options: LogSinkOptions,
    _ serialize: @escaping @Sendable (Element) throws -> ProducerRecord
  ) -> StreamOperatorFactory {
    var factory = StreamOperatorFactory { context, _ in
      try LogSinkOperator(options, context: context, serialize: serialize)
    }
    factory.topics = [options.topic]
    return factory
  }
}
