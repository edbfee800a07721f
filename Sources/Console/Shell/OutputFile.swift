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
    self.path = path
    partialPath = path + ".partial"
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw InputProblem("\(path) is a folder; name a file to write")
    }
    descriptor = open(partialPath, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw InputProblem("cannot write \(path): \(SystemError.text)") }
    if let columns { try append(Array((columns.joined(separator: ",") + "\n").utf8)) }
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

  deinit {
    if isOpen {
      close(descriptor)
      unlink(partialPath)
    }
  }
}
