/// A transaction that has records in a partition and no marker yet.
struct OpenRange: Sendable, Codable, Equatable {
  let producerID: Int64
  let firstOffset: Int64
}

/// A transaction whose records in a partition are aborted.
///
/// *Source:* Kafka `AbortedTxn`, an entry of the transaction index.
struct AbortedRange: Sendable, Codable, Equatable {
  let producerID: Int64
  let firstOffset: Int64
  /// The offset of the marker that aborts it.
  let markerOffset: Int64
  /// The last stable offset behind the marker: no later entry begins before it.
  let lastStableOffset: Int64
}

/// The records of one partition.
///
/// *Source:* Kafka `UnifiedLog` with its `ProducerStateManager` and `TransactionIndex`.
/// *Simplified:* there is one replica, so the high watermark is the end of the log.
struct PartitionLog: Sendable, Equatable {
  /// Without a gap from ``startOffset``; the last one takes what is appended.
  private(set) var segments = [LogSegment(firstOffset: 0)]
  private(set) var byteCount = 0
  /// By first offset.
  var open: [OpenRange] = []
  /// By the offset of the marker.
  var aborted: [AbortedRange] = []
  var producers = SortedTable<Int64, ProducerProgress>()

  var startOffset: Int64 { segments[0].firstOffset }
  var endOffset: Int64 { segments[segments.count - 1].endOffset }

  /// The first offset of the earliest open transaction, or else the high watermark.
  var lastStableOffset: Int64 { open.first?.firstOffset ?? endOffset }

  func end(for isolation: IsolationLevel) -> Int64 {
    isolation == .readCommitted ? lastStableOffset : endOffset
  }

  /// Appends a record or marker, and begins the next segment when the last one is full.
  mutating func append(
    _ header: RecordHeader,
    key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer,
    segmentRecords: Int
  ) -> Int64 {
    var header = header
    header.keyCount = key.map { Int32($0.count) } ?? -1
    header.valueCount = Int32(value.count)
    let size = RecordHeader.size + header.payload
    let last = segments.count - 1
    let isFull =
      segments[last].count >= segmentRecords
      || segments[last].bytes.count + size > LogSegment.byteLimit
    if isFull, segments[last].count > 0 {
      roll()
    }
    byteCount += size
    let offset = endOffset
    segments[segments.count - 1].append(header, key: key, value: value)
    return offset
  }

  private mutating func roll() {
    let full = segments[segments.count - 1]
    segments.append(
      LogSegment(
        firstOffset: full.endOffset,
        reservingBytes: full.bytes.count + full.bytes.count / 16,
        records: full.count
      )
    )
  }

  /// The segment that holds an offset.
  ///
  /// - Precondition: The offset is at least ``startOffset``.
  func segmentIndex(of offset: Int64) -> Int {
    var (low, high) = (0, segments.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if segments[middle].firstOffset <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Shows records and markers from `first` up to and without `end`, until `body` returns false.
  @inline(__always)
  func forEach<Failure: Error>(
    from first: Int64,
    to end: Int64,
    _ body: (RecordFrame) throws(Failure) -> Bool
  ) throws(Failure) {
    var next = first
    var goesOn = true
    var index = segmentIndex(of: first)
    while goesOn, next < end, index < segments.count {
      let segment = segments[index]
      let stop = min(end, segment.endOffset)
      try segment.forEach(from: next, to: stop) { (frame) throws(Failure) in
        goesOn = try body(frame)
        return goesOn
      }
      next = stop
      index += 1
    }
  }
}

// MARK: - Reading

extension PartitionLog {
  /// Shows the records that a level of isolation lets through; returns where to go on.
  func read<Failure: Error>(
    from first: Int64,
    isolation: IsolationLevel,
    maximumRecords: Int,
    _ body: (LogRecord) throws(Failure) -> Void
  ) throws(Failure) -> Int64 {
    let end = end(for: isolation)
    guard first < end, maximumRecords > 0 else { return first }
    var filter = AbortFilter()
    if isolation == .readCommitted, !aborted.isEmpty {
      filter = AbortFilter(abortedRanges(from: first, to: end))
    }
    var next = end
    var remaining = maximumRecords
    try forEach(from: first, to: end) { (frame) throws(Failure) in
      let header = frame.header
      if filter.isActive, filter.hides(frame) { return true }
      if header.isControl { return true }
      try body(
        LogRecord(
          offset: frame.offset,
          timestamp: header.timestamp,
          key: frame.key,
          value: frame.value,
          producerID: header.producerID,
          producerEpoch: header.epoch,
          isTransactional: header.isTransactional
        )
      )
      remaining &-= 1
      if remaining == 0 { next = frame.offset + 1 }
      return remaining != 0
    }
    return next
  }

  /// The aborted transactions that have records in a range, by their first offset.
  ///
  /// *Source:* Kafka `TransactionIndex.collectAbortedTxns`.
  private func abortedRanges(from first: Int64, to end: Int64) -> [AbortedRange] {
    var (low, high) = (0, aborted.count)
    while low < high {
      let middle = (low + high) / 2
      if aborted[middle].markerOffset < first { low = middle + 1 } else { high = middle }
    }
    var found: [AbortedRange] = []
    for range in aborted[low...] {
      if range.firstOffset < end { found.append(range) }
      if range.lastStableOffset >= end { break }
    }
    return found.sorted { $0.firstOffset < $1.firstOffset }
  }
}

/// Tells the records of aborted transactions while a partition is read in order.
///
/// *Source:* Kafka `CompletedFetch`, its aborted producer ids.
struct AbortFilter {
  private var ranges: [AbortedRange] = []
  private var reached = 0
  private var producers: [Int64] = []

  init() {}

  init(_ ranges: [AbortedRange]) {
    self.ranges = ranges
  }

  var isActive: Bool { !ranges.isEmpty }

  mutating func hides(_ frame: RecordFrame) -> Bool {
    while reached < ranges.count, ranges[reached].firstOffset <= frame.offset {
      producers.append(ranges[reached].producerID)
      reached += 1
    }
    guard frame.header.isTransactional else { return false }
    if frame.header.isControl {
      producers.removeAll { $0 == frame.header.producerID }
      return true
    }
    return producers.contains(frame.header.producerID)
  }
}

// MARK: - Transactions and retention

extension PartitionLog {
  /// Writes the marker that ends a producer's transaction here.
  mutating func end(
    _ producer: ProducerIdentity,
    by decision: TransactionDecision,
    at instant: Int64,
    segmentRecords: Int
  ) {
    guard let place = open.firstIndex(where: { $0.producerID == producer.id }) else { return }
    let first = open.remove(at: place).firstOffset
    let header = RecordHeader(
      timestamp: instant,
      producerID: producer.id,
      epoch: producer.epoch,
      attributes: RecordHeader.transactional | RecordHeader.control
    )
    let offset = ControlMarker.key(decision).withUnsafeBytes { key in
      ControlMarker.value.withUnsafeBytes { value in
        append(header, key: key, value: value, segmentRecords: segmentRecords)
      }
    }
    guard decision == .abort else { return }
    aborted.append(
      AbortedRange(
        producerID: producer.id,
        firstOffset: first,
        markerOffset: offset,
        lastStableOffset: lastStableOffset
      )
    )
  }

  /// Gives up the oldest segments that exceed a limit.
  ///
  /// *Source:* Kafka `UnifiedLog.deleteOldSegments`: whole segments, from the oldest, and the first
  /// one that must stay ends it; a segment goes by size only when what remains is enough.
  /// *Simplified:* what is at or behind the last stable offset stays.
  mutating func applyRetention(_ limits: RetentionLimits, at instant: Int64) {
    let stable = lastStableOffset
    while segments[0].count > 0, segments[0].endOffset <= stable {
      let oldest = segments[0]
      let isOld = limits.age.map { age in
        let (elapsed, isFar) = instant.subtractingReportingOverflow(oldest.latestTimestamp)
        return isFar ? instant > 0 : elapsed > age
      }
      let isSpare =
        limits.bytes.map { byteCount - oldest.bytes.count >= $0 } ?? false
        || limits.records.map { Int(endOffset - oldest.endOffset) >= $0 } ?? false
      guard isOld ?? false || isSpare else { break }
      if segments.count == 1 { segments.append(LogSegment(firstOffset: oldest.endOffset)) }
      byteCount -= oldest.bytes.count
      segments.removeFirst()
    }
    let start = startOffset
    aborted.removeAll { $0.markerOffset < start }
  }
}

// MARK: - Snapshot

extension PartitionLog: Codable {
  private enum CodingKeys: String, CodingKey {
    case segments
    case open
    case aborted
    case producers
  }

  /// Writes all but what the segments say themselves.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(segments, forKey: .segments)
    try container.encode(open, forKey: .open)
    try container.encode(aborted, forKey: .aborted)
    try container.encode(producers, forKey: .producers)
  }

  /// Reads a partition.
  ///
  /// - Throws: `DecodingError` when its segments leave a gap, or what is open lies outside of them.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let read = try container.decode([LogSegment].self, forKey: .segments)
    open = try container.decode([OpenRange].self, forKey: .open)
    aborted = try container.decode([AbortedRange].self, forKey: .aborted)
    producers = try container.decode(SortedTable<Int64, ProducerProgress>.self, forKey: .producers)
    guard let first = read.first, first.firstOffset >= 0,
      zip(read, read.dropFirst()).allSatisfy({ $0.endOffset == $1.firstOffset })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .segments,
        in: container,
        debugDescription: "the segments of a partition leave a gap"
      )
    }
    segments = read
    byteCount = read.reduce(0) { $0 + $1.bytes.count }
    let kept = startOffset...endOffset
    guard open.allSatisfy({ kept.contains($0.firstOffset) }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .open,
        in: container,
        debugDescription: "a transaction is open outside of its partition"
      )
    }
  }
}
