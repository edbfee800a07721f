import Foundation

/// Files of recorded cases; a file that is not there is reported and not run.
package enum Golden {
  /// The object in a file of `Tests/Golden`, or of the folder that GOLDEN_DIR names.
  package static func object(_ name: String, file: String = #filePath) throws -> [String: Any] {
    let here = URL(filePath: file).resolvingSymlinksInPath().deletingLastPathComponent()
    let usual = here.deletingLastPathComponent().appendingPathComponent("Golden").path
    let folder = ProcessInfo.processInfo.environment["GOLDEN_DIR"] ?? usual
    guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
      print("not run: \(name) is not in \(folder)")
      return [:]
    }
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// The objects of a list in an object.
  package static func list(_ name: String, in object: [String: Any]) -> [[String: Any]] {
    object[name] as? [[String: Any]] ?? []
  }
}
