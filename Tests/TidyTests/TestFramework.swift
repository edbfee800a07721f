/// One framework: with two, the summary of the one can hide the failure of the other.
struct TestFramework: Rule {
  let statement = "Tests are written with Swift Testing"

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Tests/").flatMap { file in
      file.tokens.indices.dropFirst().filter {
        file.tokens[$0].text == "XCTest" && file.tokens[$0 - 1].text == "import"
      }.map { file.violation(file.tokens[$0].line, "imports XCTest") }
    }
  }
}
