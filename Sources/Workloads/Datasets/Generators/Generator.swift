/// What makes the bytes of a generated dataset: the same seed, the same bytes.
package enum Generator: String, Sendable, CaseIterable {
  case words, clicks, payments, rates, sensors

  /// The seed of the dataset of the catalogue.
  package var seed: UInt64 {
    switch self {
    case .words: WordText.seed
    case .clicks: ClickStream.seed
    case .payments: CardPayments.seed
    case .rates: ExchangeRates.seed
    case .sensors: SensorReadings.seed
    }
  }

  /// Whether it makes any size that is asked for.
  package var hasSize: Bool { self == .words }

  /// The dataset, chunk by chunk.
  ///
  /// - Parameters:
  ///   - seed: The seed; nil for that of the catalogue.
  ///   - size: How many bytes to make at least, where it ``hasSize``; nil for the size of the
  ///     catalogue.
  /// - Returns: A sequence of chunks that end at a line's end.
  package func chunks(seed: UInt64? = nil, size: Int? = nil) -> GeneratedChunks {
    let seed = seed ?? self.seed
    return switch self {
    case .words:
      GeneratedChunks(WordText(seed: seed, length: size.map { .bytes($0) } ?? WordText.length))
    case .clicks: GeneratedChunks(ClickStream(seed: seed).csv)
    case .payments: GeneratedChunks(CardPayments(seed: seed).jsonLines)
    case .rates: GeneratedChunks(ExchangeRates(seed: seed).csv)
    case .sensors: GeneratedChunks(SensorReadings(seed: seed).csv)
    }
  }

  /// The whole dataset of the catalogue, in memory.
  package func bytes() -> [UInt8] {
    chunks().reduce(into: []) { $0 += $1 }
  }
}

/// The bytes of a generated dataset in chunks, each up to the end of a line.
package struct GeneratedChunks: Sequence, IteratorProtocol, Sendable {
  private var words: WordText?
  private var whole: [UInt8]?

  init(_ words: WordText) {
    self.words = words
  }

  init(_ whole: [UInt8]) {
    self.whole = whole
  }

  /// The next chunk.
  package mutating func next() -> [UInt8]? {
    if let chunk = words?.next() { return chunk }
    defer { whole = nil }
    return whole
  }
}
