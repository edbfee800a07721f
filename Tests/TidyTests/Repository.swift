import Foundation

/// The text files of a repository, in the order of their paths.
struct Repository: Sendable {
  let files: [SourceFile]

  /// A repository of the given texts.
  init(_ texts: [(path: String, text: String)]) {
    files = texts.sorted { $0.path < $1.path }.map { SourceFile(path: $0.path, text: $0.text) }
  }

  subscript(path: String) -> SourceFile? {
    files.first { $0.path == path }
  }

  /// The Swift files in any of the folders, each given with its closing slash.
  func swiftFiles(in folders: String...) -> [SourceFile] {
    files.filter { file in file.isSwift && folders.contains { file.path.hasPrefix($0) } }
  }
}

extension Repository {
  /// The folder that holds `Package.swift`, two above the one of this file.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// This repository as it lies on the disk, read and parsed once.
  static let here = Repository(textsOnDisk())

  private static let textExtensions: Set<String> = [
    "", "c", "css", "drill", "h", "html", "js", "json", "md", "modulemap", "sh", "swift", "toml",
    "txt", "yaml", "yml",
  ]

  /// Bundled datasets and recordings are above this, and no place for rules.
  private static let sizeLimit = 1_000_000

  private static func textsOnDisk() -> [(path: String, text: String)] {
    let keys: Set<URLResourceKey> = [.isDirectoryKey, .isRegularFileKey, .fileSizeKey]
    guard
      let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: Array(keys))
    else { return [] }
    var texts: [(path: String, text: String)] = []
    for case let url as URL in walk {
      guard let values = try? url.resourceValues(forKeys: keys) else { continue }
      if values.isDirectory == true {
        if isForeign(folder: url.lastPathComponent) { walk.skipDescendants() }
      } else if values.isRegularFile == true, (values.fileSize ?? 0) <= sizeLimit,
        textExtensions.contains(url.pathExtension),
        let text = try? String(contentsOf: url, encoding: .utf8)
      {
        texts.append((String(url.path.dropFirst(root.path.count + 1)), text))
      }
    }
    return texts
  }

  private static func isForeign(folder: String) -> Bool {
    folder == ".git" || folder.hasPrefix(".build") || folder == "node_modules"
  }
}
