public import EventLog
public import StreamModel

/// What an operator wants done outside of its job: on the log, or on a table.
///
/// Its TaskManager does it, in the order in which a task asks, and each takes the time that storage
/// takes. What was asked for and is not done when the process dies never happens.
public enum ExternalOperation: Sendable, Equatable {
  /// An attempt takes the place of earlier ones: they are fenced, and the transactions that they
  /// left unfinished are aborted, but for those to be kept.
  case takeOver(SinkWriter, keeping: [String])
  /// Append records outside of any transaction.
  case append(LogBatch, sink: String)
  /// Append records to a transaction, which begins with its first ones; it may be open for so many
  /// milliseconds.
  case appendInTransaction(String, LogBatch, SinkWriter, timeout: Int64)
  /// Close a transaction to further records: the first of two phases.
  case prepare(String, SinkWriter)
  /// Make the records of a prepared transaction visible: the second phase.
  case commit(LogCommittable)
  /// Note how far a group has read: the offset of the next record of each partition.
  case commitOffsets(group: String, [PartitionOffset])
  /// Write rows over those of the same keys.
  case upsert(table: String, [TableRow], sink: String)
  /// Nothing; who waits for it waits for all before it.
  case flush

  /// It takes the time that storage takes for so many bytes; nil for none.
  public var byteCount: Int? {
    switch self {
    case .append(let batch, _), .appendInTransaction(_, let batch, _, _): batch.byteCount
    case .upsert(_, let rows, _): rows.reduce(0) { $0 + $1.key.utf8.count + $1.line.utf8.count }
    case .takeOver, .prepare, .commit, .commitOffsets: 0
    case .flush: nil
    }
  }

  /// The rows that it shows to everybody, with their sink and the path that stands for them; nil
  /// where it shows none.
  public var visible: (sink: String, path: String, rows: Int)? {
    switch self {
    case .append(let batch, let sink): (sink, "log/\(batch.topic)", batch.count)
    case .commit(let committable): (committable.sink, committable.path, committable.records)
    case .upsert(let table, let rows, let sink): (sink, "tables/\(table)", rows.count)
    case .takeOver, .appendInTransaction, .prepare, .commitOffsets, .flush: nil
    }
  }
}

/// One attempt of one subtask of a sink, as the log tells it from the attempts before.
public struct SinkWriter: Sendable, Equatable {
  /// The same for all attempts of the subtask, and for other jobs of the same prefix.
  public var name: String
  /// The job.
  public var job: JobID
  /// The attempt's number: the higher one fences the lower ones of its job.
  public var attempt: Int

  /// Names a writer.
  public init(name: String, job: JobID, attempt: Int) {
    self.name = name
    self.job = job
    self.attempt = attempt
  }
}

/// Another attempt, or another job, writes in this one's place.
///
/// *Source:* Kafka `ProducerFencedException`.
public struct ProducerFenced: Error, Equatable, CustomStringConvertible {
  /// Who wanted to write.
  public let writer: SinkWriter
  /// Who may; nil for nobody yet.
  public let present: SinkWriter?

  /// A sentence for people.
  public var description: String {
    let taker = present.map { present in
      present.job == writer.job ? "attempt \(present.attempt)" : "job \(present.job)"
    }
    return "attempt \(writer.attempt) of \(writer.name) is fenced: "
      + (taker.map { "\($0) took over" } ?? "it did not take over")
  }
}

/// A transaction of a log sink that waits for its checkpoint: what the sink's state holds.
///
/// *Source:* Flink `KafkaCommittable`.
public struct LogCommittable: Sendable, Codable, Equatable {
  /// The sink's name.
  public var sink: String
  /// The topic.
  public var topic: String
  /// The transactional id, which is used for this one transaction.
  public var transactionalID: String
  /// How many records it holds.
  public var records: Int

  /// Names a transaction.
  public init(sink: String, topic: String, transactionalID: String, records: Int) {
    self.sink = sink
    self.topic = topic
    self.transactionalID = transactionalID
    self.records = records
  }

  /// What stands for its rows in the journal.
  public var path: String { "log/\(topic)/\(transactionalID)" }
}

/// How far a partition was read: the offset of the next record.
public struct PartitionOffset: Sendable, Equatable {
  /// The partition.
  public var partition: TopicPartition
  /// The offset of the next record.
  public var offset: Int64

  /// Names an offset.
  public init(_ partition: TopicPartition, _ offset: Int64) {
    self.partition = partition
    self.offset = offset
  }
}

/// A row of a table, under its key.
public struct TableRow: Sendable, Equatable {
  /// The key.
  public var key: String
  /// The row as a line of text.
  public var line: String

  /// Makes a row.
  public init(key: String, line: String) {
    self.key = key
    self.line = line
  }
}
