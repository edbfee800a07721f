package import Foundation

/// A folder of recordings, each a file of JSON.
package struct Recordings: Sendable {
  /// Why a recording cannot be read.
  package enum Failure: Error, Equatable {
    case missing(String, folder: String)
    case noneOfThem(folder: String)
    case notAnObject(String)
    case empty(String)
  }

  private let folder: String
  /// The names of those that the project has, where the folder is somebody else's.
  private let known: [String]?

  /// The project's own folder, where each must lie.
  package init(own folder: String) {
    self.folder = folder
    known = nil
  }

  /// Another's folder, where some of the project's recordings may be missing, but not all.
  package init(other folder: String, own: String) {
    self.folder = folder
    known = (try? FileManager.default.contentsOfDirectory(atPath: own)) ?? []
  }

  /// The folder that GOLDEN_DIR names, else `Golden` beside the folder of the test file.
  package static func chosen(file: String) -> Recordings {
    let tests = URL(filePath: file).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent()
    let own = tests.appendingPathComponent("Golden").path
    guard let other = ProcessInfo.processInfo.environment["GOLDEN_DIR"] else {
      return Recordings(own: own)
    }
    return Recordings(other: other, own: own)
  }

  /// The bytes of a recording; nil, and a line that says so, where it may be missing.
  package func bytes(_ name: String) throws -> Data? {
    if let data = FileManager.default.contents(atPath: path(name)) { return data }
    guard let known else { throw Failure.missing(name, folder: folder) }
    guard known.contains(where: { FileManager.default.fileExists(atPath: path($0)) }) else {
      throw Failure.noneOfThem(folder: folder)
    }
    print("not run: \(name)")
    return nil
  }

  /// The object in a recording, which has something in it; nil where it may be missing.
  package func object(_ name: String) throws -> [String: Any]? {
    guard let data = try bytes(name) else { return nil }
    guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw Failure.notAnObject(name)
    }
    if object.isEmpty { throw Failure.empty(name) }
    return object
  }

  private func path(_ name: String) -> String { folder + "/" + name }
}
