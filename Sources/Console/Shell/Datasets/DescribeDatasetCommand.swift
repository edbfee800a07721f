import RecordFormats
import ArgumentParser
import Rendering
import StreamOperators
import Datasets

/// `drey datasets describe`: one of them, with what is really in it.
struct DescribeDatasetCommand: ParsableCommand {
  private static let shownRows = 3

  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Describe a dataset: its columns, its times, where it is from.",
    discussion: """
      Example:
        drey datasets describe departures
      """
  )

  @Argument(help: "The dataset.") var name: String
  @Flag(help: "Print one JSON object instead of a page.") var json = false
  @Flag(help: "Use ASCII characters only.") var ascii = false

  func run() throws {
    let dataset = try DatasetsCommand.dataset(named: name)
    let bytes = try DatasetFiles.bytes(of: dataset)
    let contents = DatasetContents(dataset, bytes)
    if json {
      let object = DatasetJSON.description(of: contents, firstRows: Self.shownRows)
      return Terminal.write(object.text + "\n")
    }
    DatasetPage(Terminal(forcesASCII: ascii)).show { page in
      page.add(heading: .title(dataset.name), remark: dataset.summary)
      page.add(.about(dataset))
      if contents.rows.count != dataset.rows || bytes.count != dataset.bytes {
        page.add(.altered(dataset), .failed)
      }
      page.addBlank()
      page.add(figures(of: dataset))
      if !dataset.columns.isEmpty {
        page.addBlank()
        page.add(heading: .columnsHeading)
        page.add(columns(of: contents))
      }
      addOrder(of: contents, to: &page)
      page.addBlank()
      page.add(heading: .firstRowsHeading)
      if dataset.format == .csv { page.add(row: contents.columns.joined(separator: ",")) }
      for row in contents.rows.prefix(Self.shownRows) { page.add(row: row) }
    }
  }

  private func figures(of dataset: Dataset) -> TextTable {
    var table = TextTable([.init("", ink: .faint), .init("")])
    func add(_ name: DatasetPhrase, _ value: String) {
      table.add([name.english, value])
    }
    if let generator = dataset.generator {
      add(.madeBy, DatasetPhrase.command(dataset, seed: generator.seed).english)
    } else {
      add(.file, "datasets/\(dataset.file)")
    }
    add(.format, DatasetPhrase.formatOfRows(dataset.format).english)
    add(.rows, Quantity.grouped(dataset.rows))
    add(.size, DatasetPhrase.sizeInBytes(dataset.bytes).english)
    add(.sha256, dataset.sha256)
    if let clock = dataset.clock { add(.eventTimes, DatasetPhrase.span(clock).english) }
    add(.origin, dataset.origin)
    add(.licence, dataset.licence)
    return table
  }

  private func columns(of contents: DatasetContents) -> TextTable {
    var table = TextTable([
      .init(DatasetPhrase.columnHeading.english, ink: .strong),
      .init(DatasetPhrase.kindHeading.english),
      .init(DatasetPhrase.exampleHeading.english, ink: .faint, limit: 20),
      .init(DatasetPhrase.meaningHeading.english),
    ])
    let values = contents.rows.isEmpty ? [] : contents.fields(ofRow: 0)
    for (index, column) in contents.dataset.columns.enumerated() {
      let value = index < values.count ? values[index] : ""
      table.add([column.name, column.kind.rawValue, value, column.meaning])
    }
    return table
  }

  private func addOrder(of contents: DatasetContents, to page: inout DatasetPage) {
    guard let clock = contents.dataset.clock, let disorder = contents.disorder else { return }
    page.addBlank()
    page.add(heading: .orderHeading)
    if let arrival = clock.arrival { page.add(.arrivalOrder(column: arrival)) }
    guard disorder.rowsBehind > 0 else {
      return page.add(.inOrder(column: clock.eventTime))
    }
    page.add(.behind(disorder, of: contents.rows.count, column: clock.eventTime))
    page.add(spreads(of: disorder))
    page.add(.lagMeaning(column: clock.eventTime))
    if let arrival = clock.arrival, let delays = disorder.delays {
      page.add(.delayMeaning(from: clock.eventTime, to: arrival, least: delays.smallest))
    }
  }

  /// How large lags and delays are, for half of the rows up to all of them.
  private func spreads(of disorder: EventTimeDisorder) -> TextTable {
    var table = TextTable([
      .init(DatasetPhrase.shareHeading.english),
      .init(DatasetPhrase.lagHeading.english, alignsRight: true),
      .init(disorder.delays == nil ? "" : DatasetPhrase.delayHeading.english, alignsRight: true),
      .init(""),
    ])
    func text(_ milliseconds: Int?) -> String {
      milliseconds.map { DatasetPhrase.duration(milliseconds: $0).english } ?? ""
    }
    for percent in [50, 90, 99, 100] {
      table.add([
        DatasetPhrase.share(percent).english, text(disorder.lags.percentile(percent)),
        text(disorder.delays?.percentile(percent)), "",
      ])
    }
    return table
  }
}
