/// Every source lies in `Sources/PLANE/TARGET/`, and the manifest says the same.
struct SourceFolders: Rule {
  let statement = "Folders are planes, targets are roles"

  func violations(in repository: Repository) -> [Violation] {
    let manifest = repository["Package.swift"]
    let built = manifest.map { $0.lines.joined(separator: "\n") }
    var judged: Set<String> = []
    return repository.swiftFiles(in: "Sources/").compactMap { file in
      let folder = file.path.split(separator: "/").dropLast().prefix(3).joined(separator: "/")
      guard judged.insert(folder).inserted else { return nil }
      return objection(to: file.path, manifest: built).map { file.violation(1, $0) }
    } + misplacedRoles(in: manifest)
  }

  private func objection(to path: String, manifest: String?) -> String? {
    guard let target = House.target(ofPath: path) else {
      return "a source lies in Sources/PLANE/TARGET/"
    }
    let plane = String(path.split(separator: "/")[1])
    if let objection = misplacement(of: target, in: plane) { return objection }
    guard let manifest else { return nil }
    let isBuilt =
      manifest.contains("\"Sources/\(plane)/\(target)\"")
      || manifest.firstMatch(of: Self.role(plane: plane, target: target)) != nil
    return isBuilt ? nil : "\(target) has a folder and no line in Package.swift"
  }

  private func misplacement(of target: String, in plane: String) -> String? {
    guard let home = House.plane(of: target) else {
      return "\(target) is not listed in the house"
    }
    return home.name == plane ? nil : "\(target) belongs in \(home.name), not in \(plane)"
  }

  private static func role(plane: String, target: String) -> Regex<Substring> {
    Regex { "role(" ; ZeroOrMore(.whitespace) ; "\"\(plane)\"," ; ZeroOrMore(.whitespace) ; "\"\(target)\"" }
  }
}
