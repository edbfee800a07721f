import ArgumentParser
import Rendering
import Sandbox
import Datasets

/// `drey datasets generate`: makes one from a seed.
struct GenerateDatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make a dataset from a seed.",
    discussion: """
      Examples:
        drey datasets generate clicks --output clicks.csv
        drey datasets generate words --size 200MB --output words.txt
        drey datasets generate payments --seed 5

      Datasets: \(Dataset.generated.map(\.name).joined(separator: ", ")).
      """
  )

  @Argument(help: "The dataset.") var name: String
  @Option(parsing: .unconditional, help: "The seed of everything random (default: its own).")
  var seed: String?
  @Option(parsing: .unconditional, help: "Where it is written (default: standard output).")
  var output: String?
  @Option(parsing: .unconditional, help: "How large it is at least, such as 200MB; for words only.")
  var size: String?

  func run() throws {
    let generator = try generator()
    let seed = try seed.map(number)
    let size = try size.map { try Self.size($0, generator) }
    let chunks = generator.chunks(seed: seed, size: size)
    guard let output else {
      for chunk in chunks { try Terminal.write(chunk) }
      return
    }
    let file = try OutputFile(output, columns: nil)
    var (bytes, lines) = (0, 0)
    for chunk in chunks {
      try file.append(chunk)
      bytes += chunk.count
      lines += chunk.count { $0 == 0x0A }
    }
    try file.finish()
    let hasHeader = Dataset.named(name)?.format == .csv
    let rows = lines - (hasHeader ? 1 : 0)
    Terminal.write(DatasetPhrase.written(path: output, bytes: bytes, rows: rows).english + "\n")
  }

  private func generator() throws -> Generator {
    let dataset = try DatasetsCommand.dataset(named: name)
    guard let generator = dataset.generator else {
      throw UsageError(
        "\(name) lies in datasets/\(dataset.file) and is not generated; "
          + "there are \(Dataset.generated.map(\.name).joined(separator: ", "))"
      )
    }
    return generator
  }

  private func number(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw UsageError("--seed must be a whole number from 0, not \"\(text)\"")
    }
    return seed
  }

  /// A size in bytes, from `200MB` and the like.
  private static func size(_ text: String, _ generator: Generator) throws -> Int {
    guard generator.hasSize else {
      throw UsageError("--size is for words only; \(generator.rawValue) has a size of its own")
    }
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000), ("B", 1)]
    let unit = units.first { text.uppercased().hasSuffix($0.0) }
    let digits = unit.map { String(text.dropLast($0.0.utf8.count)) } ?? ""
    guard let unit, let count = Int(digits), (1...1_000_000_000_000 / unit.1).contains(count) else {
      throw UsageError("--size must be from 1B to 1000GB, such as 200MB, not \"\(text)\"")
    }
    return count * unit.1
  }
}
