import Testing

/// The repository keeps its rules.
struct TidyTests {
  static let rules: [any Rule] = [
    ImportOrder(), SourceFolders(), BannedNames(), NoActors(), UnorderedCollections(),
    SizeLimits(),
    ExhaustiveSwitches(), DocumentedDeclarations(), Naming(), TestFramework(), OutsidePaths(),
    GeneratedDocuments(),
  ]

  @Test(arguments: rules)
  func isKept(rule: any Rule) {
    for violation in rule.violations(in: .here) {
      Issue.record("\(violation)")
    }
  }

  /// A walk that finds nothing would keep every rule.
  @Test func theRepositoryIsRead() {
    #expect(Repository.here["Package.swift"] != nil)
    #expect(Repository.here.swiftFiles(in: "Sources/").count > 20)
    print(SizeLimits().largest(in: .here).joined(separator: "\n"))
  }
}
