extension PartitionedLog {
  /// Appends a record to a partition; returns its offset.
  ///
  /// What an idempotent producer sends once more is not appended: the answer is the offset that it
  /// has. *Source:* KIP-98; Kafka remembers the last five batches of a producer in a partition.
  ///
  /// The timestamp is in milliseconds, as the producer gives it.
  ///
  /// - Throws: `LogError`.
  @discardableResult
  public mutating func append(
    key: [UInt8]? = nil,
    value: [UInt8],
    timestamp: Int64,
    to partition: TopicPartition,
    from origin: RecordOrigin = .anonymous
  ) throws(LogError) -> Int64 {
    try value.withUnsafeBufferPointer { (value) throws(LogError) in
      let bytes = UnsafeRawBufferPointer(value)
      guard let key else {
        return try append(
          key: nil,
          value: bytes,
          timestamp: timestamp,
          to: partition,
          from: origin
        )
      }
      return try key.withUnsafeBufferPointer { (key) throws(LogError) in
        try append(
          key: UnsafeRawBufferPointer(key),
          value: bytes,
          timestamp: timestamp,
          to: partition,
          from: origin
        )
      }
    }
  }

  /// Appends a record to the partition of its key, or, without a key, to the one whose turn it is.
  ///
  /// A producer that numbers its records must know their partition beforehand, by
  /// ``choosePartition(of:key:bytes:)``.
  ///
  /// - Throws: `LogError`.
  @discardableResult
  public mutating func append(
    key: [UInt8]? = nil,
    value: [UInt8],
    timestamp: Int64,
    toTopic topic: String,
    in transaction: LogTransaction? = nil
  ) throws(LogError) -> AppendedRecord {
    let bytes = value.count + (key?.count ?? 0)
    let before = topicTable[topic]?.sticky
    let partition = try choosePartition(of: topic, key: key, bytes: bytes)
    do throws(LogError) {
      let offset = try append(
        key: key,
        value: value,
        timestamp: timestamp,
        to: partition,
        from: transaction.map { .transaction($0) } ?? .anonymous
      )
      return AppendedRecord(partition: partition, offset: offset)
    } catch {
      if let place = topicTable.index(of: topic), let before {
        topicTable[at: place].sticky = before
      }
      throw error
    }
  }

  /// The partition for a record: by its key, or, without one, a partition that is kept until
  /// ``TopicOptions/stickyBytes`` went there, then the next one.
  ///
  /// *Source:* Kafka `BuiltInPartitioner`; see ``KeyPartitioner``.
  ///
  /// - Throws: `LogError.unknownTopic`.
  public mutating func choosePartition(
    of topic: String,
    key: [UInt8]?,
    bytes: Int
  ) throws(LogError) -> TopicPartition {
    guard let place = topicTable.index(of: topic) else { throw .unknownTopic(topic) }
    let count = topicTable[at: place].partitions.count
    if let key {
      return TopicPartition(topic, KeyPartitioner.partition(ofKey: key, among: count))
    }
    let limit = topicTable[at: place].options.stickyBytes
    return TopicPartition(
      topic,
      topicTable[at: place].sticky.next(bytes: bytes, limit: limit, among: count)
    )
  }

  /// Appends a record whose bytes lie anywhere in memory; returns its offset.
  ///
  /// - Throws: `LogError`.
  /// - Complexity: O(n) in its bytes, O(log n) in the topics.
  @discardableResult
  public mutating func append(
    key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer,
    timestamp: Int64,
    to partition: TopicPartition,
    from origin: RecordOrigin = .anonymous
  ) throws(LogError) -> Int64 {
    let (topic, number) = try locate(partition)
    let limit = topicTable[at: topic].options.maximumRecordBytes
    let size = (key?.count ?? 0) + value.count
    guard size <= limit else { throw .recordTooLarge(partition, bytes: size, limit: limit) }
    let segmentRecords = topicTable[at: topic].options.segmentRecords
    guard let (producer, transaction, given) = try stamp(of: origin) else {
      return topicTable[at: topic].partitions[number].append(
        RecordHeader(timestamp: timestamp),
        key: key,
        value: value,
        segmentRecords: segmentRecords
      )
    }
    let admitted = try topicTable[at: topic].partitions[number].admit(
      producer,
      sequence: given,
      isTransactional: transaction != nil,
      to: partition
    )
    switch admitted {
    case .duplicate(let offset): return offset
    case .next(let sequence):
      let header = RecordHeader(
        timestamp: timestamp,
        producerID: producer.id,
        sequence: sequence,
        epoch: producer.epoch,
        attributes: transaction == nil ? 0 : RecordHeader.transactional
      )
      let offset = topicTable[at: topic].partitions[number].append(
        header,
        key: key,
        value: value,
        segmentRecords: segmentRecords
      )
      topicTable[at: topic].partitions[number].note(header, offset: offset)
      if let transaction { enlist(partition, in: transaction) }
      return offset
    }
  }

  /// Who appends, with the place of its transaction's entry; nil when nobody says.
  private func stamp(
    of origin: RecordOrigin
  ) throws(LogError) -> (ProducerIdentity, transaction: Int?, sequence: Int32?)? {
    switch origin {
    case .anonymous: return nil
    case .idempotent(let producer, let sequence):
      guard 0..<nextProducerID ~= producer.id else { throw .unknownProducer(producer) }
      return (producer, nil, sequence)
    case .transaction(let transaction, let sequence):
      return (transaction.producer, try openEntry(of: transaction), sequence)
    }
  }

  private mutating func enlist(_ partition: TopicPartition, in entry: Int) {
    let partitions = transactionTable[at: entry].partitions
    guard !partitions.contains(partition) else { return }
    let place = partitions.firstIndex { partition < $0 } ?? partitions.count
    transactionTable[at: entry].partitions.insert(partition, at: place)
  }
}

// MARK: - Sequence numbers

extension PartitionLog {
  /// What becomes of a record that a producer stamped.
  enum Admission {
    case next(sequence: Int32)
    case duplicate(of: Int64)
  }

  /// Judges a stamped record, and changes nothing.
  ///
  /// *Source:* Kafka `ProducerAppendInfo`: an older epoch is fenced, a newer one begins at 0, and a
  /// producer that is unknown here may begin anywhere.
  func admit(
    _ producer: ProducerIdentity,
    sequence given: Int32?,
    isTransactional: Bool,
    to partition: TopicPartition
  ) throws(LogError) -> Admission {
    if !isTransactional, open.contains(where: { $0.producerID == producer.id }) {
      throw .transactionalWriteExpected(producer, partition: partition)
    }
    guard let known = producers[producer.id] else {
      let sequence = given ?? 0
      guard sequence >= 0 else {
        throw .outOfOrderSequence(producer, partition: partition, expected: 0, found: sequence)
      }
      return .next(sequence: sequence)
    }
    if producer.epoch < known.epoch {
      throw .producerFenced(
        producer,
        current: ProducerIdentity(id: producer.id, epoch: known.epoch)
      )
    }
    let progress = producer.epoch == known.epoch ? known : ProducerProgress(epoch: producer.epoch)
    let sequence = given ?? progress.nextSequence
    switch progress.verdict(on: sequence) {
    case .next: return .next(sequence: sequence)
    case .duplicate(let offset): return .duplicate(of: offset)
    case .outOfOrder(let expected):
      throw .outOfOrderSequence(
        producer,
        partition: partition,
        expected: expected,
        found: sequence
      )
    }
  }

  /// Notes a stamped record that was appended.
  mutating func note(_ header: RecordHeader, offset: Int64) {
    let place = producers.place(
      of: header.producerID,
      orInsert: ProducerProgress(epoch: header.epoch)
    )
    if producers[at: place].epoch != header.epoch {
      producers[at: place].begin(epoch: header.epoch)
    }
    producers[at: place].note(header.sequence, offset: offset, timestamp: header.timestamp)
    if header.isTransactional, !open.contains(where: { $0.producerID == header.producerID }) {
      open.append(OpenRange(producerID: header.producerID, firstOffset: offset))
    }
  }
}
