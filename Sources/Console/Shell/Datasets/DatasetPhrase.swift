import Rendering
import SimulationKernel
import Datasets

/// What is written about datasets.
enum DatasetPhrase: Phrase {
  // The list.
  case bundledHeading, generatedHeading
  case nameHeading, formatHeading, rowsHeading, sizeHeading, summaryHeading
  case closerLook, useInRun
  // The description.
  case title(String), about(Dataset), columnsHeading, orderHeading, firstRowsHeading
  case columnHeading, kindHeading, exampleHeading, meaningHeading
  case file, format, formatOfRows(Dataset.Format), rows, size, sizeInBytes(Int), sha256
  case madeBy, command(Dataset, seed: UInt64)
  case eventTimes, origin, licence, span(Dataset.Clock)
  case arrivalOrder(column: String), inOrder(column: String)
  case behind(EventTimeDisorder, of: Int, column: String), altered(Dataset)
  case shareHeading, lagHeading, delayHeading, share(Int), duration(milliseconds: Int)
  case lagMeaning(column: String), delayMeaning(from: String, to: String, least: Int)
  // The verification.
  case countOfRows(Int), isRight, isMissing(Dataset), differs([String])
  case allRight(Int), someWrong(Int, of: Int)
  // What was generated.
  case written(path: String, bytes: Int, rows: Int)

  var english: String {
    switch self {
    case .bundledHeading: "Bundled with Drey, in the folder datasets"
    case .generatedHeading: "Made from a seed: the same seed, the same bytes"
    case .nameHeading: "name"
    case .formatHeading, .format: "format"
    case .rowsHeading, .rows: "rows"
    case .sizeHeading, .size: "size"
    case .summaryHeading: "what it holds"
    case .closerLook: "To look into one:  drey datasets describe departures"
    case .useInRun: "To run a job on one:  drey run word-count --input words"
    case .title(let name): name
    case .about(let dataset): dataset.about
    case .columnsHeading: "Columns"
    case .orderHeading: "Order and time"
    case .firstRowsHeading: "The first rows, as they are written"
    case .columnHeading: "column"
    case .kindHeading: "type"
    case .exampleHeading: "first row"
    case .meaningHeading: "meaning"
    case .file: "file"
    case .formatOfRows(.text): "text, a record for each line"
    case .formatOfRows(.csv): "CSV with a header"
    case .formatOfRows(.jsonLines): "JSON Lines, an object for each line"
    case .sizeInBytes(let count): "\(Quantity.grouped(count)) bytes"
    case .sha256: "SHA-256"
    case .madeBy: "made by"
    case .command(let dataset, let seed):
      "drey datasets generate \(dataset.name), with the seed \(seed)"
    case .eventTimes: "times"
    case .origin: "origin"
    case .licence: "licence"
    case .span(let clock):
      "\(clock.eventTime) from \(clock.span.lowerBound) to \(clock.span.upperBound)"
    case .arrivalOrder(let column):
      "The rows lie in the order of \(column), in which they arrived."
    case .inOrder(let column):
      "No row has \(Self.article(column)) \(column) before that of an earlier row:"
        + " in this order nothing is late."
    case .altered(let dataset):
      "The file is not the one that is described here; see drey datasets verify \(dataset.name)."
    case .behind(let disorder, let total, let column):
      "\(Quantity.grouped(disorder.rowsBehind)) of \(Quantity.grouped(total)) rows,"
        + " \(Self.share(disorder.rowsBehind, of: total)), have \(Self.article(column)) \(column)"
        + " before that of an earlier row; row \(Quantity.grouped(disorder.rowWithLargestLag + 1))"
        + " lies furthest back."
    case .shareHeading: "rows"
    case .lagHeading: "lag at most"
    case .delayHeading: "delay at most"
    case .share(let percent): percent == 100 ? "all" : "\(percent) of 100"
    case .duration(let milliseconds): Self.span(milliseconds)
    case .lagMeaning(let column):
      "The lag of a row is how far its \(column) lies before the latest one so far. Rows whose lag"
        + " is larger than that of the watermark come late."
    case .delayMeaning(let from, let to, let least):
      "The delay of a row is the time from its \(from) to its \(to)"
        + (least < 0 ? "; the earliest was known \(Self.span(-least)) before its time." : ".")
    case .countOfRows(let count): "\(Quantity.grouped(count)) rows"
    case .isRight: "right SHA-256"
    case .isMissing(let dataset): "datasets/\(dataset.file) is missing"
    case .differs(let differences): differences.joined(separator: "; ")
    case .allRight(let count):
      count == 1 ? "It is what the catalogue says." : "All \(count) are what the catalogue says."
    case .someWrong(let count, let total):
      total == 1
        ? "It is not what the catalogue says."
        : "Of \(total) datasets \(count) \(count == 1 ? "is" : "are") not what the catalogue says."
    case .written(let path, let bytes, let rows):
      "Wrote \(path): \(Quantity.grouped(bytes)) bytes, \(Quantity.grouped(rows)) rows."
    }
  }

  private static func article(_ word: String) -> String {
    "aeiou".contains(word.prefix(1)) ? "an" : "a"
  }

  private static func share(_ part: Int, of whole: Int) -> String {
    let tenths = (part * 1000 + whole / 2) / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private static func span(_ milliseconds: Int) -> String {
    let span = Quantity.roughSpan(.milliseconds(Int64(milliseconds.magnitude)))
    return milliseconds < 0 ? "-" + span : span
  }
}
