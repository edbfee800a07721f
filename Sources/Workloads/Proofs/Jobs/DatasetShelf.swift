import Datasets
package import RecordFormats

/// The bytes of every dataset, made or read once.
package struct DatasetShelf: Sendable {
  private let inputs: [String: InputBytes]

  /// Takes all datasets out.
  ///
  /// - Parameter read: The bytes of a dataset that lies in a file, by its path from the folder
  ///   `datasets`.
  /// - Throws: What reading throws.
  package init(reading read: (String) throws -> InputBytes) throws {
    var inputs: [String: InputBytes] = [:]
    for dataset in Dataset.all {
      inputs[dataset.name] =
        try dataset.generator.map { InputBytes($0.bytes()) } ?? read(dataset.file)
    }
    self.inputs = inputs
  }

  /// The bytes of a dataset.
  ///
  /// - Throws: `UnreadableInput` when there is none of that name.
  package func bytes(of name: String) throws -> InputBytes {
    guard let bytes = inputs[name] else { throw UnreadableInput("no dataset \(name)") }
    return bytes
  }
}
