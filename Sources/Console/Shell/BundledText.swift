#if canImport(Glibc)
import Glibc  // access, readlink
#else
import Darwin
#endif

/// The text that a run reads when no other is named.
enum BundledText {
  private static let name = "datasets/demo/the-nest.txt"

  /// Where it lies: in the working directory, or in one above the program.
  ///
  /// - Throws: ``InputProblem`` when it is in none of them.
  static func path() throws(InputProblem) -> String {
    var folder = executableFolder
    var candidates = [name]
    while let slash = folder.lastIndex(of: "/") {
      candidates.append("\(folder)/\(name)")
      folder = String(folder[..<slash])
    }
    guard let path = candidates.first(where: { access($0, R_OK) == 0 }) else {
      throw InputProblem("the bundled text \(name) was not found; name a text with --input")
    }
    return path
  }

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
