package import RecordFormats
import StreamOperators
import Datasets

/// The folder `datasets` and what lies in it.
package enum DatasetFiles {
  /// The file by which the folder is known; other folders may be called `datasets` too.
  private static let sign = "SHA256SUMS"

  /// The path of a bundled dataset.
  ///
  /// - Throws: ``InputProblem`` when there is no folder.
  static func path(of dataset: Dataset) throws(InputProblem) -> String {
    guard let folder else {
      throw InputProblem(
        "\(dataset.name): the folder datasets was not found,"
          + " neither here nor above the program; run drey where it lies"
      )
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
      throw InputProblem("\(path): the folder datasets was not found, neither here nor above drey")
    }
    return try MappedFile("\(folder)/\(path)").bytes
  }

  private static let folder = BundledFolder.path(of: "datasets", knownBy: sign)
}
