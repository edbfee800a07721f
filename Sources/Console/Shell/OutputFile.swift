#if canImport(Glibc)
import Glibc  // open, write, rename
#else
import Darwin
#endif

/// The real file that committed rows are mirrored to.
///
/// Rows go to a file beside it first; it gets its name when the run is over, so that nobody takes a
/// part for the whole. A run that is refused leaves neither.
package final class OutputFile {
  private let path: String
  private let partialPath: String
  private let descriptor: Int32
  private var isOpen = true

  /// Opens the file beside `path` and writes the header, if there is one.
  ///
  /// - Throws: ``InputProblem`` when it cannot be written.
  package init(_ path: String, columns: [String]?) throws(InputProblem) {
    guard !path.isEmpty else { throw InputProblem("an empty path; name a file to write") }
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw InputProblem("\(path) is a folder; name a file to write")
      }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw InputProblem("\(path) is no regular file; it is left as it is")
      }
    }
    self.path = Self.resolved(path)
    partialPath = self.path + ".partial"
    descriptor = open(partialPath, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw InputProblem("cannot write \(path): \(SystemError.text)") }
    if let columns { try append(Array((columns.joined(separator: ",") + "\n").utf8)) }
  }

  /// Makes sure that the named files are different ones, so that none is written over another.
  ///
  /// - Throws: ``InputProblem`` that names the two options.
  static func checkDistinct(_ files: [(option: String, path: String)]) throws(InputProblem) {
    for (index, file) in files.enumerated() {
      let same = files[..<index].first { resolved($0.path) == resolved(file.path) }
      if let same {
        throw InputProblem("\(file.path) is named by \(same.option) and by \(file.option) too")
      }
    }
  }

  /// The file that a path leads to through links; the path itself where there is none yet.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else {
      guard let slash = path.lastIndex(of: "/") else { return resolved(".") + "/" + path }
      let folder = slash == path.startIndex ? "/" : String(path[..<slash])
      guard let parent = realpath(folder, nil) else { return path }
      defer { free(parent) }
      return String(cString: parent) + String(path[slash...])
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// Appends rows.
  ///
  /// - Throws: ``InputProblem`` when the disk is full or fails.
  package func append(_ bytes: [UInt8]) throws(InputProblem) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(
          descriptor,
          buffer.baseAddress.map { $0 + written },
          bytes.count - written
        )
      }
      guard count > 0 else { throw InputProblem("cannot write \(path): \(SystemError.text)") }
      written += count
    }
  }

  /// Gives the file its name.
  ///
  /// - Throws: ``InputProblem`` when that fails.
  package func finish() throws(InputProblem) {
    close(descriptor)
    isOpen = false
    guard rename(partialPath, path) == 0 else {
      throw InputProblem("cannot write \(path): \(SystemError.text)")
    }
  }

  /// Leaves nothing behind; the file of that name, if there is one, is as it was.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    unlink(partialPath)
  }

  deinit { discard() }
}
