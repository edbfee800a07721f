import Testing

/// A rule that cannot fail holds nothing: each one must find what is planted for it.
struct CanaryTests {
  private static let canaries: [Canary] = [
    importCanaries, folderCanaries, nameCanaries, orderCanaries, sizeCanaries, switchCanaries,
    commentCanaries,
    namingCanaries, textCanaries, documentCanaries,
  ].flatMap { $0 }

  @Test(arguments: canaries)
  func findsWhatIsPlanted(canary: Canary) {
    let found = canary.rule.violations(in: Repository(canary.texts))
    #expect(found.map { "\($0.path):\($0.line)" } == canary.places, "\(found)")
  }

  @Test func everyRuleHasACanary() {
    let proven = Set(Self.canaries.filter { !$0.places.isEmpty }.map(\.rule.statement))
    #expect(Set(TidyTests.rules.map(\.statement)) == proven)
  }
}
