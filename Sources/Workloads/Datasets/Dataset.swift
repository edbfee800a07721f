/// A dataset that Drey brings along or makes: what is in it, and how to know that it is the one.
///
/// A description only. The bytes of a bundled dataset are read by the console.
package struct Dataset: Sendable {
  /// Where the bytes come from.
  package enum Source: Sendable {
    /// A file, by its path from the folder `datasets`.
    case bundled(path: String)
    /// A generator with its own seed.
    case generated(Generator)
  }

  /// How rows are written.
  package enum Format: String, Sendable {
    case text, csv, jsonLines

    /// The name as people write it.
    package var name: String {
      switch self {
      case .text: "text"
      case .csv: "CSV"
      case .jsonLines: "JSON Lines"
      }
    }
  }

  /// A column of a dataset, or a field of its records.
  package struct Column: Sendable {
    /// What its values are.
    package enum Kind: String, Sendable {
      case text
      case integer
      case decimal
      case time = "UTC time"
    }

    /// The name in the header.
    package var name: String
    /// What its values are.
    package var kind: Kind
    /// What they mean.
    package var meaning: String

    init(_ name: String, _ kind: Kind, _ meaning: String) {
      self.name = name
      self.kind = kind
      self.meaning = meaning
    }
  }

  /// The columns that say when something happened, and when it became known.
  package struct Clock: Sendable {
    /// The column of the event time.
    package var eventTime: String
    /// The column of the arrival; nil where the data does not tell.
    package var arrival: String?
    /// The first and the last event time.
    package var span: ClosedRange<UTCTime>

    init(_ eventTime: String, arrival: String? = nil, _ first: String, _ last: String) {
      self.eventTime = eventTime
      self.arrival = arrival
      let times = [first, last].map { UTCTime($0) ?? .syntheticStart }
      span = min(times[0], times[1])...max(times[0], times[1])
    }
  }

  /// The name that commands know it by.
  package var name: String
  /// What it holds, in a few words.
  package var summary: String
  /// What it holds and what makes it worth a look, in sentences.
  package var about: String
  /// Where the bytes come from.
  package var source: Source
  /// How rows are written.
  package var format: Format
  /// The columns, in their order; none for text.
  package var columns: [Column] = []
  /// How many rows there are, without a header.
  package var rows: Int
  /// How many bytes there are.
  package var bytes: Int
  /// The SHA-256 of the bytes, in hexadecimal.
  package var sha256: String
  /// Its times; nil where it has none.
  package var clock: Clock?
  /// Where the facts in it come from.
  package var origin: String
  /// Under which terms it may be used.
  package var licence: String

  /// The file that holds it, by its path from the folder `datasets`, or the name that a generated
  /// one would have.
  package var file: String {
    switch source {
    case .bundled(let path): path
    case .generated:
      switch format {
      case .text: name + ".txt"
      case .csv: name + ".csv"
      case .jsonLines: name + ".jsonl"
      }
    }
  }

  /// What makes it; nil where it lies in a file.
  package var generator: Generator? {
    guard case .generated(let generator) = source else { return nil }
    return generator
  }

  /// Every dataset, the bundled ones first.
  package static let all: [Dataset] = bundled + generated

  /// The dataset of that name.
  package static func named(_ name: String) -> Dataset? {
    all.first { $0.name == name }
  }
}
