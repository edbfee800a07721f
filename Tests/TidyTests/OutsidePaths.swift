/// No text names a place that exists on one machine only.
struct OutsidePaths: Rule {
  let statement = "Nothing names a path outside the repository"

  /// Folders at the root of a machine, without their slashes.
  private static let everywhere = ["Users", "home", "root", "work"]
  private static let inSources = everywhere + ["tmp"]

  func violations(in repository: Repository) -> [Violation] {
    repository.files.flatMap { file in
      let folders = file.path.hasPrefix("Sources/") ? Self.inSources : Self.everywhere
      return file.lines.enumerated().compactMap { index, line in
        folders.first { names(folder: $0, in: line) }
          .map { file.violation(index + 1, "names /\($0)/") }
      }
    }
  }

  /// Whether a path begins with the folder here: nothing that belongs to a path stands before it.
  private func names(folder: String, in line: String) -> Bool {
    line.utf8.count > folder.utf8.count
      && line.split(whereSeparator: { !$0.isASCII || " \"'`()[]{}<>=,;:|".contains($0) })
        .contains { $0.hasPrefix("/\(folder)/") }
  }
}
