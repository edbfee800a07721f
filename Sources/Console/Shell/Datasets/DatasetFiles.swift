import StreamOperators
import Workloads

#if canImport(Glibc)
import Glibc  // access, readlink
#else
import Darwin
#endif

/// The folder `datasets` and what lies in it.
enum DatasetFiles {
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

  /// Where it lies: in the working directory, or in a folder above the program.
  private static let folder: String? = {
    var folders = ["datasets"]
    var above = executableFolder
    while let slash = above.lastIndex(of: "/") {
      folders.append("\(above)/datasets")
      above = String(above[..<slash])
    }
    return folders.first { access("\($0)/\(sign)", R_OK) == 0 }
  }()

  private static var executableFolder: String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    let path =
      count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : CommandLine.arguments[0]
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
