package import RecordFormats
import StreamOperators
import Datasets

/// The folder `datasets` and what lies in it.
package enum DatasetFiles {
  /// The path of a bundled dataset.
  ///
  /// - Throws: ``InputProblem`` when there is no folder.
  static func path(of dataset: Dataset) throws(InputProblem) -> String {
    guard let folder else {
      throw InputProblem("\(dataset.name): \(BundledFolder.datasets.absence)")
    }
    return "\(folder)/\(dataset.file)"
  }

  /// The bytes of a dataset: read where it is bundled, made where it is generated.
  ///
  /// - Throws: ``InputProblem`` when the file cannot be read.
  static func bytes(of dataset: Dataset) throws(InputProblem) -> InputBytes {
    if let generator = dataset.generator { return InputBytes(generator.bytes()) }
    return try MappedFile(path(of: dataset)).bytes
  }

  /// The bytes of a file in the folder, by its path from there.
  ///
  /// - Throws: ``InputProblem`` when it is not there or cannot be read.
  package static func bytes(ofFile path: String) throws(InputProblem) -> InputBytes {
    guard let folder else {
      throw InputProblem("\(path): \(BundledFolder.datasets.absence)")
    }
    return try MappedFile("\(folder)/\(path)").bytes
  }

  private static let folder = BundledFolder.datasets.path
}
