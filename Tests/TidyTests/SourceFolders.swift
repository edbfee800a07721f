/// Every source lies in `Sources/PLANE/TARGET/`, and the manifest says the same.
struct SourceFolders: Rule {
  let statement = "Folders are planes, targets are roles, and each is listed"

  func violations(in repository: Repository) -> [Violation] {
    let manifest = repository["Package.swift"]
    let roles = manifest.map(roles(in:)) ?? []
    var found =
      manifest.map { file in
        roles.compactMap { role in
          misplacement(of: role.target, in: role.plane).map { file.violation(role.line, $0) }
        }
      } ?? []
    var judged: Set<String> = []
    for file in repository.swiftFiles(in: "Sources/") {
      let parts = file.path.split(separator: "/").map(String.init)
      guard judged.insert(parts.dropLast().prefix(3).joined(separator: "/")).inserted else {
        continue
      }
      if parts.count < 4 {
        found.append(file.violation(1, "a source lies in Sources/PLANE/TARGET/"))
      } else if let objection = misplacement(of: parts[2], in: parts[1]) {
        found.append(file.violation(1, objection))
      } else if manifest != nil, !roles.contains(where: { $0.target == parts[2] }) {
        found.append(file.violation(1, "\(parts[2]) has a folder and no line in Package.swift"))
      }
    }
    return found
  }

  private func misplacement(of target: String, in plane: String) -> String? {
    guard let home = House.plane(of: target) else {
      return "\(target) is not listed in the house"
    }
    return home.name == plane ? nil : "\(target) belongs in \(home.name), not in \(plane)"
  }

  /// The targets that the manifest puts under `Sources/`: by `role("PLANE", "TARGET"` on one line
  /// or on several, or by a path.
  private func roles(in manifest: SourceFile) -> [(plane: String, target: String, line: Int)] {
    var roles: [(plane: String, target: String, line: Int)] = []
    for (index, line) in manifest.lines.enumerated() {
      let next = manifest.lines.dropFirst(index + 1).prefix(2).joined()
      let call = line.hasSuffix("role(") ? line + next : line
      if let match = call.firstMatch(of: /role\(\s*"(\w+)",\s*"([\w-]+)"/) {
        roles.append((String(match.1), String(match.2), index + 1))
      } else if let match = line.firstMatch(of: /path: "Sources\/(\w+)\/([\w-]+)"/) {
        roles.append((String(match.1), String(match.2), index + 1))
      }
    }
    return roles
  }
}
