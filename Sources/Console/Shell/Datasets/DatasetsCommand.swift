import ArgumentParser
import Sandbox
import Datasets

/// `drey datasets`: what data there is to work with.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "See, check and make the data to work with.",
    discussion: """
      Examples:
        drey datasets list
        drey datasets describe departures
        drey datasets generate words --size 200MB --output words.txt
      """,
    subcommands: [
      ListDatasetsCommand.self, DescribeDatasetCommand.self, VerifyDatasetsCommand.self,
      GenerateDatasetCommand.self,
    ]
  )

  /// The dataset of a name.
  ///
  /// - Throws: `UsageError` that names the one that was perhaps meant.
  static func dataset(named name: String) throws(UsageError) -> Dataset {
    guard let dataset = Dataset.named(name) else {
      let known = Dataset.all.map(\.name)
      throw UsageError("unknown dataset \"\(name)\"" + Suggestion.text(for: name, among: known))
    }
    return dataset
  }
}
