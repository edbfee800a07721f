package import RecordFormats
import StreamOperators

#if canImport(Glibc)
import Glibc  // open, mmap
#else
import Darwin
#endif

/// A file whose bytes are mapped into memory, read only, for as long as somebody needs them.
package final class MappedFile {
  private let start: UnsafeMutableRawPointer?
  private let count: Int

  /// Maps a file.
  ///
  /// - Throws: ``InputProblem`` when it cannot be opened or is no file.
  package init(_ path: String) throws(InputProblem) {
    guard !path.isEmpty else { throw InputProblem("an empty path; name a text to read") }
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw InputProblem("\(path): \(SystemError.text)") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw InputProblem("\(path): \(SystemError.text)")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw InputProblem("\(path) is a folder; name a file")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw InputProblem("\(path) is no regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      start = nil
      return
    }
    let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped = mapped, mapped != MAP_FAILED else {
      throw InputProblem("\(path): \(SystemError.text)")
    }
    start = mapped
    _ = madvise(mapped, count, MADV_SEQUENTIAL)
  }

  deinit {
    if let start = start { munmap(start, count) }
  }

  /// The file's bytes, which keep the mapping alive.
  package var bytes: InputBytes {
    guard let start = start else { return InputBytes([]) }
    return InputBytes(
      mapped: UnsafeRawBufferPointer(start: start, count: count),
      keptAliveBy: self
    )
  }
}

/// What is wrong with an input or an output that the user named.
package struct InputProblem: Error, CustomStringConvertible {
  /// One clear sentence.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The last error of the operating system.
enum SystemError {
  /// Its text, such as `No such file or directory`.
  static var text: String {
    strerror(errno).map { String(cString: $0) } ?? "unknown error"
  }
}
