package import SimulationKernel

#if canImport(Glibc)
import Glibc  // open, read, write, rename, readdir
#else
import Darwin
#endif

/// The simulated storage in a real folder: what a run made durable outlives its process.
///
/// An object is a file under the folder. It is written beside its place and then renamed, so that a
/// file is always whole.
package struct FolderStorage: StorageBackend {
  private let folder: String

  /// Uses a folder, which is made when it is not there.
  ///
  /// - Throws: ``StorageError`` when it cannot be made.
  package init(_ folder: String) throws(StorageError) {
    self.folder = folder
    try Self.makeFolder(folder, for: folder)
  }

  /// Creates or replaces an object.
  package func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
    let target = file(path)
    try makeParent(of: target, for: path)
    let partial = target + ".partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { systemWrite(descriptor, $0 + written, bytes.count - written) } ?? 0
      }
      guard count > 0 else {
        close(descriptor)
        unlink(partial)
        throw Self.failure(path)
      }
      written += count
    }
    let isSafe = fsync(descriptor) == 0
    close(descriptor)
    guard isSafe, systemRename(partial, target) == 0 else { throw Self.failure(path) }
  }

  /// Returns an object's bytes.
  package func read(_ path: String) throws(StorageError) -> [UInt8] {
    let descriptor = open(file(path), O_RDONLY)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .notFound(path: path) : Self.failure(path)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { systemRead(descriptor, $0, buffer.count) } ?? 0
      }
      guard count >= 0 else { throw Self.failure(path) }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Gives an object another path, replacing what is there.
  package func rename(_ path: String, to target: String) throws(StorageError) {
    try makeParent(of: file(target), for: target)
    guard systemRename(file(path), file(target)) == 0 else {
      throw errno == ENOENT ? .notFound(path: path) : Self.failure(path)
    }
  }

  /// Removes an object if it is there.
  package func remove(_ path: String) throws(StorageError) {
    guard unlink(file(path)) == 0 || errno == ENOENT else { throw Self.failure(path) }
  }

  /// The paths that begin with `prefix`, sorted by their bytes.
  package func list(_ prefix: String) throws(StorageError) -> [String] {
    var paths: [String] = []
    collect("", into: &paths)
    return paths.filter { $0.hasPrefix(prefix) && !$0.hasSuffix(".partial") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func file(_ path: String) -> String { "\(folder)/\(path)" }

  private func collect(_ place: String, into paths: inout [String]) {
    guard let stream = opendir(file(place)) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      let path = place.isEmpty ? name : "\(place)/\(name)"
      var status = stat()
      guard lstat(file(path), &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        collect(path, into: &paths)
      } else {
        paths.append(path)
      }
    }
  }

  private func makeParent(of file: String, for path: String) throws(StorageError) {
    guard let slash = file.lastIndex(of: "/") else { return }
    try Self.makeFolder(String(file[..<slash]), for: path)
  }

  private static func makeFolder(_ folder: String, for path: String) throws(StorageError) {
    var place = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      place += "/\(part)"
      guard mkdir(place, 0o755) == 0 || errno == EEXIST || errno == EISDIR else {
        throw failure(path)
      }
    }
  }

  private static func failure(_ path: String) -> StorageError {
    .failed(path: path, reason: SystemError.text)
  }
}

/// The system calls, named apart from the methods of the same names.
private func systemRename(_ path: String, _ target: String) -> Int32 { rename(path, target) }

private func systemRead(
  _ descriptor: Int32,
  _ bytes: UnsafeMutableRawPointer,
  _ count: Int
) -> Int {
  read(descriptor, bytes, count)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
