package import RecordFormats

/// What really stands in the bytes of a dataset.
package struct DatasetContents: Sendable {
  /// The description that the bytes are read by.
  package let dataset: Dataset
  /// The names in the header, or those of the description where the format has no header.
  package let columns: [String]
  /// The rows as they are written, without a header.
  package let rows: [String]

  /// Reads bytes as the format of the dataset says.
  package init(_ dataset: Dataset, _ bytes: InputBytes) {
    self.dataset = dataset
    var lines: [String] = []
    lines.reserveCapacity(dataset.rows + 1)
    bytes.forEachLine { lines.append($0) }
    if dataset.format == .csv, let header = lines.first {
      columns = (try? CSVRecord.fields(of: header)) ?? [header]
      rows = Array(lines.dropFirst())
    } else {
      columns = dataset.columns.map(\.name)
      rows = lines
    }
  }

  /// The values of a row, by column; blank where the row has none.
  package func fields(ofRow row: Int) -> [String] {
    switch dataset.format {
    case .text: return []
    case .csv:
      let fields = (try? CSVRecord.fields(of: rows[row])) ?? []
      return columns.indices.map { $0 < fields.count ? fields[$0] : "" }
    case .jsonLines: return columns.map { JSONLine.value(of: $0, in: rows[row]) ?? "" }
    }
  }

  /// The times in a column, row by row; nil where a row has none.
  package func times(in column: String) -> [UTCTime?] {
    guard let index = columns.firstIndex(of: column) else { return [] }
    return rows.indices.map { UTCTime(fields(ofRow: $0)[index]) }
  }

  /// How far the event times are from being in order; nil where there are none.
  package var disorder: EventTimeDisorder? {
    guard let clock = dataset.clock else { return nil }
    let eventTimes = times(in: clock.eventTime).compactMap { $0 }
    guard eventTimes.count == rows.count, !rows.isEmpty else { return nil }
    let arrivals = clock.arrival.map { times(in: $0).compactMap { $0 } }
    return EventTimeDisorder(eventTimes, arrivals: arrivals)
  }
}

/// A line of JSON Lines that holds a flat object without spaces and without escapes.
enum JSONLine {
  /// The value of a field as text, without the quotes of a string; nil when there is no such field.
  static func value(of field: String, in line: String) -> String? {
    let name = Array("\"\(field)\":".utf8)
    let bytes = Array(line.utf8)
    guard bytes.count > name.count,
      let start = (0...bytes.count - name.count).first(where: {
        bytes[$0] == name[0] && bytes[$0..<$0 + name.count].elementsEqual(name)
      })
    else { return nil }
    let rest = bytes[(start + name.count)...]
    if rest.first == UInt8(ascii: "\"") {
      return String(decoding: rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
    return String(
      decoding: rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") },
      as: UTF8.self
    )
  }
}
