import RecordFormats
import ArgumentParser
import Rendering
import StreamOperators
import Datasets

#if canImport(Glibc)
import Glibc  // access
#else
import Darwin
#endif

/// `drey datasets verify`: whether the datasets are those that the catalogue describes.
struct VerifyDatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check files and generators against the catalogue.",
    discussion: """
      Examples:
        drey datasets verify
        drey datasets verify departures

      Exit codes: 0 all are right, 1 one differs, 2 a file is missing or cannot be read.
      """
  )

  @Argument(help: "The dataset (default: all).") var name: String?
  @Flag(help: "Print one JSON object instead of lines.") var json = false
  @Flag(help: "Use ASCII characters only.") var ascii = false

  func run() throws {
    let datasets = try name.map { [try DatasetsCommand.dataset(named: $0)] } ?? Dataset.all
    let verdicts = try datasets.map { try DatasetVerdict($0) }
    let wrong = verdicts.count { !$0.isRight }
    if json {
      var object = JSONObject()
      object.add("verified", json: wrong == 0 ? "true" : "false")
      object.add("datasets", objects: verdicts.map(\.json))
      Terminal.write(object.text + "\n")
    } else {
      DatasetPage(Terminal(forcesASCII: ascii)).show { page in
        page.add(table(of: verdicts, page.style))
        page.addBlank()
        page.add(wrong == 0 ? .allRight(verdicts.count) : .someWrong(wrong, of: verdicts.count))
      }
    }
    let missing = verdicts.filter(\.isMissing).map { "datasets/\($0.dataset.file)" }
    if !missing.isEmpty {
      throw InputProblem("missing: \(missing.joined(separator: ", "))")
    }
    if wrong > 0 {
      let names = verdicts.filter { !$0.isRight }.map(\.dataset.name)
      Terminal.complain("not as the catalogue says: \(names.joined(separator: ", "))")
      throw ExitCode(1)
    }
  }

  private func table(of verdicts: [DatasetVerdict], _ style: TextStyle) -> TextTable {
    var table = TextTable([
      .init(""), .init("", ink: .strong), .init("", alignsRight: true),
      .init("", alignsRight: true), .init(""),
    ])
    for verdict in verdicts {
      let dataset = verdict.dataset
      table.add(
        [
          style.verdict(isRight: verdict.isRight), dataset.name,
          DatasetPhrase.countOfRows(dataset.rows).english,
          Quantity.bytes(dataset.bytes), verdict.phrase.english,
        ],
        leading: verdict.isRight ? .running : .failed
      )
    }
    return table
  }
}

/// What is found when a dataset is held against its description.
struct DatasetVerdict {
  /// The description.
  let dataset: Dataset
  /// Whether there is no file.
  let isMissing: Bool
  /// What differs, a part of a sentence each.
  let differences: [String]

  /// Reads or makes the dataset.
  ///
  /// - Throws: ``InputProblem`` when the file is there and cannot be read.
  init(_ dataset: Dataset) throws(InputProblem) {
    self.dataset = dataset
    var figures = DatasetFigures()
    guard let generator = dataset.generator else {
      let path = try DatasetFiles.path(of: dataset)
      isMissing = access(path, F_OK) != 0
      guard !isMissing else {
        differences = []
        return
      }
      let file = try MappedFile(path)
      withExtendedLifetime(file) { figures.add(file.bytes.buffer) }
      differences = Self.differences(figures, dataset)
      return
    }
    for chunk in generator.chunks() { figures.add(chunk) }
    isMissing = false
    differences = Self.differences(figures, dataset)
  }

  /// Whether it is there and nothing differs.
  var isRight: Bool { !isMissing && differences.isEmpty }

  /// The verdict in words.
  var phrase: DatasetPhrase {
    if isMissing { return .isMissing(dataset) }
    return isRight ? .isRight : .differs(differences)
  }

  /// The verdict for machines.
  var json: JSONObject {
    var object = JSONObject()
    object.add("name", dataset.name)
    object.add("verified", json: isRight ? "true" : "false")
    if isMissing { object.add("missing", "datasets/\(dataset.file)") }
    if !differences.isEmpty { object.add("differences", differences) }
    return object
  }

  private static func differences(_ figures: DatasetFigures, _ dataset: Dataset) -> [String] {
    let rows = figures.rows(in: dataset.format)
    let sha256 = figures.sha256
    var differences: [String] = []
    if rows != dataset.rows {
      differences.append(
        "\(Quantity.grouped(rows)) rows in the place of \(Quantity.grouped(dataset.rows))"
      )
    }
    if figures.bytes != dataset.bytes {
      differences.append(
        "\(Quantity.grouped(figures.bytes)) bytes in the place of"
          + " \(Quantity.grouped(dataset.bytes))"
      )
    }
    if sha256 != dataset.sha256 {
      differences.append("SHA-256 \(sha256.prefix(8)) in the place of \(dataset.sha256.prefix(8))")
    }
    return differences
  }
}
