import Foundation

/// No text names a place that exists on one machine only.
struct OutsidePaths: Rule {
  let statement = "Nothing names a path outside the repository"

  /// Folders at the root of a machine, without their slashes.
  private static let everywhere = ["Users", "home", "root", "work"]
  private static let inSources = everywhere + ["tmp"]

  func violations(in repository: Repository) -> [Violation] {
    repository.files.flatMap { file -> [Violation] in
      // Almost no file names one of them, so that each is asked as a whole first.
      let folders = (file.path.hasPrefix("Sources/") ? Self.inSources : Self.everywhere)
        .filter { Self.holds(file.text, folder: $0) }
      if folders.isEmpty { return [] }
      return file.lines.enumerated().compactMap { index, line in
        folders.first { names(folder: $0, in: line) }
          .map { file.violation(index + 1, "names /\($0)/") }
      }
    }
  }

  /// Whether the name of the folder stands anywhere in the text, between slashes.
  private static func holds(_ text: String, folder: String) -> Bool {
    text.withCString { found in
      // A zero byte would end the search early.
      strlen(found) < text.utf8.count || strstr(found, "/\(folder)/") != nil
    }
  }

  /// Whether a path begins with the folder here: nothing that belongs to a path stands before it.
  private func names(folder: String, in line: String) -> Bool {
    line.utf8.count > folder.utf8.count
      && line.split(whereSeparator: { !$0.isASCII || " \"'`()[]{}<>=,;:|".contains($0) })
        .contains { $0.hasPrefix("/\(folder)/") }
  }
}
