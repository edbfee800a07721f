/// How far a producer's records in a partition are numbered.
///
/// *Source:* Kafka `ProducerStateEntry` and `ProducerAppendInfo.checkSequence`. *Simplified:* a
/// record is a batch of its own, so that the last five that are remembered are records.
struct ProducerProgress: Sendable, Codable, Equatable {
  var epoch: Int16
  /// −1 before the first record of the epoch.
  private(set) var lastSequence: Int32 = -1
  /// The offsets of the last records, the latest at `cursor` − 1.
  private var offsets: [Int64] = []
  private var cursor = 0
  /// The time of the last record.
  private(set) var timestamp = Int64.min

  /// How many records are remembered for the case that they come twice.
  static let remembered = 5

  init(epoch: Int16) {
    self.epoch = epoch
  }

  /// What a sequence number says of a record.
  enum Verdict: Equatable {
    case next
    case duplicate(of: Int64)
    case outOfOrder(expected: Int32)
  }

  /// The number of the next record.
  ///
  /// After the largest one comes 0.
  var nextSequence: Int32 { lastSequence == .max ? 0 : lastSequence + 1 }

  /// Judges the number of a record.
  func verdict(on sequence: Int32) -> Verdict {
    if sequence == nextSequence { return .next }
    // Modulo 2³¹, the count of sequence numbers.
    let age = Int((lastSequence &- sequence) & .max)
    guard lastSequence >= 0, sequence >= 0, age < offsets.count else {
      return .outOfOrder(expected: nextSequence)
    }
    return .duplicate(of: offsets[(cursor - 1 - age + 2 * Self.remembered) % Self.remembered])
  }

  /// Notes a record that was appended.
  mutating func note(_ sequence: Int32, offset: Int64, timestamp: Int64) {
    lastSequence = sequence
    self.timestamp = timestamp
    if offsets.count < Self.remembered {
      offsets.append(offset)
    } else {
      offsets[cursor] = offset
    }
    cursor = (cursor + 1) % Self.remembered
  }

  /// Begins a new epoch, whose records are numbered from 0.
  mutating func begin(epoch: Int16) {
    self = ProducerProgress(epoch: epoch)
  }
}
