import Foundation

/// What is generated is generated from what stands in the repository now.
struct GeneratedDocuments: Rule {
  let statement = "docs/modules.md is what `make docs` writes"

  private static let table = "docs/modules.md"
  private static let manifest = "Package.swift"

  func violations(in repository: Repository) -> [Violation] {
    guard let manifest = repository[Self.manifest] else { return [] }
    guard let table = repository[Self.table] else {
      return [Violation(path: Self.table, line: 1, message: "is missing; run `make docs`")]
    }
    guard let fresh = try? moduleTable(of: manifest.lines.joined(separator: "\n")) else {
      return [table.violation(1, "tools/module-table.sh failed")]
    }
    let lines = fresh.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let stale = zip(lines, table.lines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    if stale == nil, lines.count == table.lines.count { return [] }
    let line = (stale ?? min(lines.count, table.lines.count)) + 1
    return [table.violation(line, "is not what Package.swift says; run `make docs`")]
  }

  /// What `tools/module-table.sh` makes of a manifest.
  private func moduleTable(of manifest: String) throws -> String {
    let (input, output) = (Pipe(), Pipe())
    let script = Process()
    script.executableURL = URL(filePath: "/usr/bin/env")
    script.arguments = ["bash", Repository.root.appending(path: "tools/module-table.sh").path, "-"]
    script.standardInput = input
    script.standardOutput = output
    try script.run()
    try input.fileHandleForWriting.write(contentsOf: Data(manifest.utf8))
    try input.fileHandleForWriting.close()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    script.waitUntilExit()
    guard script.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(decoding: text, as: UTF8.self)
  }
}
