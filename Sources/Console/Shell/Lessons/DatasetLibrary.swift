import Sandbox
import Datasets

/// The inputs of a session: files and datasets, by the names that `--input` takes.
struct DatasetLibrary: InputLibrary {
  /// The datasets that jobs can read by name.
  var names: [String] {
    Dataset.all.filter { $0.format == .text }.map(\.name)
  }

  /// The input of that name; the bundled text where none is named.
  ///
  /// - Throws: ``UsageError`` when there is none, or it cannot be read.
  func input(named name: String?) throws(UsageError) -> SessionInput {
    do {
      let text = try TextInput(InputChoice(named: name, format: nil))
      return SessionInput(text.bytes, contentHash: text.contentHash)
    } catch {
      throw UsageError("\(error)")
    }
  }
}
