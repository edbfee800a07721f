#if canImport(Glibc)
import Glibc  // access, readlink
#else
import Darwin
#endif

/// A folder that comes with Drey: it lies in the working directory, or in one above the program.
enum BundledFolder {
  /// Where a folder lies; nil when it is nowhere.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - sign: A file in it by which it is known; other folders may have the same name.
  /// - Returns: Its path.
  static func path(of name: String, knownBy sign: String) -> String? {
    var folders = [name]
    var above = executableFolder
    while let slash = above.lastIndex(of: "/") {
      folders.append("\(above)/\(name)")
      above = String(above[..<slash])
    }
    return folders.first { access("\($0)/\(sign)", R_OK) == 0 }
  }

  /// The folder of the program.
  static var executableFolder: String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    let path =
      count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : CommandLine.arguments[0]
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
