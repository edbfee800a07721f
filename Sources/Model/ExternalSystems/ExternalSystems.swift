public import EventLog
public import SimulationKernel

/// What lies outside of every job and outlives it, beside the storage: a log, tables of rows that
/// are written over by key, and a socket at whose other end somebody types.
///
/// Operators look at it; what changes it is an ``ExternalOperation``, or reading from the socket.
/// All of a run lives on one thread, and an operation happens as a whole, so that nobody sees half
/// of one.
public final class ExternalSystems {
  /// The log: topics, groups and transactions.
  ///
  /// Observers may change it between events, as an administrator would.
  public var log = PartitionedLog()

  /// Whoever types at the other end of the socket that a job reads.
  public var socket = SocketPeer()

  /// How many operations were refused because another writer had taken over.
  public private(set) var fencedOperations = 0

  private var tables: [String: [String: String]] = [:]
  private var writers: [String: Tenure] = [:]
  private var houseKept = VirtualInstant.distantPast

  /// How often expired transactions are aborted and old segments given up.
  ///
  /// *Simplified:* Kafka looks every 10 s and every 5 min, and by timers of its own; here it is
  /// done when somebody reads or writes.
  public static let housekeepingInterval = VirtualDuration.seconds(1)

  /// Who writes under a name at present.
  private struct Tenure {
    var writer: SinkWriter
    /// The transactional ids whose transactions are open or prepared.
    var unfinished: [String] = []
  }

  /// Makes an empty log and no table.
  public init() {}

  /// Makes a topic, unless there is one of that name.
  public func create(_ topic: LogTopic) {
    try? log.createTopic(topic.name, partitions: topic.partitions, options: topic.options)
  }

  /// Aborts transactions that were open for too long, and gives up what the topics' limits do not
  /// let them keep; nothing when that was done a short time ago.
  public func keepHouse(at now: VirtualInstant) {
    guard houseKept == .distantPast || now - houseKept >= Self.housekeepingInterval else { return }
    houseKept = now
    _ = log.abortExpired(at: now.milliseconds)
    _ = log.applyRetention(at: now.milliseconds)
  }
}

// MARK: - Operations

extension ExternalSystems {
  /// Does something at once, as at its instant of completion.
  ///
  /// - Returns: Whether rows became visible by it; a commit that was made before changes nothing.
  /// - Throws: ``ProducerFenced``, and `LogError`; the log is as it was, but for records of a batch
  ///   that came before a refused one.
  public func perform(
    _ operation: ExternalOperation,
    at now: VirtualInstant
  ) throws -> Bool {
    keepHouse(at: now)
    switch operation {
    case .takeOver(let writer, let kept): try takeOver(writer, keeping: kept, at: now)
    case .append(let batch, _):
      try batch.append(to: &log, in: nil)
      return batch.count > 0
    case .appendInTransaction(let id, let batch, let writer, let timeout):
      let transaction = try openTransaction(id, writer, timeout: timeout, at: now)
      try batch.append(to: &log, in: transaction)
    case .prepare(let id, let writer):
      try requirePresent(writer)
      try log.prepare(try transaction(id).transaction, at: now.milliseconds)
    case .commit(let committable):
      let found = try transaction(committable.transactionalID)
      let isNew = try log.commit(found.transaction, at: now.milliseconds)
      forget(committable.transactionalID)
      return isNew
    case .commitOffsets(let group, let offsets):
      for offset in offsets {
        try log.commitOffset(offset.offset, of: offset.partition, group: group)
      }
    case .upsert(let table, let rows, _):
      for row in rows { tables[table, default: [:]][row.key] = row.line }
      return !rows.isEmpty
    case .flush: break
    }
    return false
  }

  /// Lets an attempt write under a name.
  ///
  /// A lower attempt comes too late, however late it comes: Kafka fences in the order of arrival,
  /// and a paused attempt that goes on could abort what a later one has prepared.
  private func takeOver(
    _ writer: SinkWriter,
    keeping kept: [String],
    at now: VirtualInstant
  ) throws {
    let left = writers[writer.name]
    if let left, left.writer.job == writer.job, left.writer.attempt > writer.attempt {
      fencedOperations += 1
      throw ProducerFenced(writer: writer, present: left.writer)
    }
    var tenure = Tenure(writer: writer)
    for id in left?.unfinished ?? [] {
      if kept.contains(id) {
        tenure.unfinished.append(id)
      } else {
        _ = try log.recover(id, by: .abort, at: now.milliseconds)
      }
    }
    writers[writer.name] = tenure
  }

  private func requirePresent(_ writer: SinkWriter) throws {
    let present = writers[writer.name]?.writer
    guard present != writer else { return }
    fencedOperations += 1
    throw ProducerFenced(writer: writer, present: present)
  }

  /// The transaction of an id, which begins if it was not begun yet.
  private func openTransaction(
    _ id: String,
    _ writer: SinkWriter,
    timeout: Int64,
    at now: VirtualInstant
  ) throws -> LogTransaction {
    try requirePresent(writer)
    if let known = log.latestTransaction(of: id) { return known.transaction }
    let producer = log.openProducer(of: id, timeout: timeout, at: now.milliseconds)
    let begun = try log.beginTransaction(of: id, producer: producer, at: now.milliseconds)
    writers[writer.name]?.unfinished.append(id)
    return begun
  }

  private func transaction(
    _ id: String
  ) throws(LogError) -> (transaction: LogTransaction, state: TransactionState) {
    guard let found = log.latestTransaction(of: id) else { throw .unknownTransactionalID(id) }
    return found
  }

  /// Forgets that a transaction is unfinished, whoever wrote it.
  private func forget(_ id: String) {
    guard let end = id.lastIndex(of: "/"),
      let place = writers[String(id[..<end])]?.unfinished.firstIndex(of: id)
    else { return }
    writers[String(id[..<end])]?.unfinished.remove(at: place)
  }
}

// MARK: - What there is

extension ExternalSystems {
  /// The names of the topics, in order.
  public var topicNames: [String] { log.topics }

  /// The names of the tables, in order.
  public var tableNames: [String] { tables.map(\.key).sorted() }

  /// The rows of a table as lines, in the order of their keys.
  public func rows(ofTable name: String) -> [String] {
    (tables[name] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
  }

  /// The values of a topic's records as text, partition by partition, for readers at a level of
  /// isolation; empty when there is no such topic.
  public func lines(
    ofTopic name: String,
    isolation: IsolationLevel = .readCommitted
  ) -> [String] {
    var lines: [String] = []
    for partition in (try? log.partitions(of: name)) ?? [] {
      let start = (try? log.startOffset(of: partition)) ?? 0
      _ = try? log.read(partition, from: start, isolation: isolation) { record in
        lines.append(unsafe String(decoding: record.value, as: UTF8.self))
      }
    }
    return lines
  }
}
