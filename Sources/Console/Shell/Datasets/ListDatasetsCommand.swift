import ArgumentParser
import Rendering
import Datasets

/// `drey datasets list`: all of them, a line each.
struct ListDatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List all datasets.",
    discussion: """
      Example:
        drey datasets list --json
      """
  )

  @Flag(help: "Print one JSON object instead of a table.") var json = false
  @Flag(help: "Use ASCII characters only.") var ascii = false

  func run() {
    if json {
      var object = JSONObject()
      object.add("datasets", objects: Dataset.all.map { DatasetJSON.summary(of: $0) })
      return Terminal.write(object.text + "\n")
    }
    DatasetPage(Terminal(forcesASCII: ascii)).show { page in
      let tables = [table(of: Dataset.bundled), table(of: Dataset.generated)]
      // One set of widths, so that both tables line up.
      let widths = zip(tables[0].widths, tables[1].widths).map { max($0, $1) }
      page.add(heading: .bundledHeading)
      page.add(tables[0], sharing: widths)
      page.addBlank()
      page.add(heading: .generatedHeading)
      page.add(tables[1], sharing: widths)
      page.addBlank()
      page.add(.closerLook)
      page.add(.useInRun)
    }
  }

  private func table(of datasets: [Dataset]) -> TextTable {
    var table = TextTable([
      .init(DatasetPhrase.nameHeading.english, ink: .strong),
      .init(DatasetPhrase.formatHeading.english),
      .init(DatasetPhrase.rowsHeading.english, alignsRight: true),
      .init(DatasetPhrase.sizeHeading.english, alignsRight: true),
      .init(DatasetPhrase.summaryHeading.english),
    ])
    for dataset in datasets {
      table.add([
        dataset.name, dataset.format.name, Quantity.grouped(dataset.rows),
        Quantity.bytes(dataset.bytes), dataset.summary,
      ])
    }
    return table
  }
}
