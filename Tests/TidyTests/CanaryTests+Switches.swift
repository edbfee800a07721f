extension CanaryTests {
  private static let source = "Sources/Views/Rendering/Graph.swift"

  static let switchCanaries: [Canary] = [
    Canary(
      "a default over an enum",
      ExhaustiveSwitches(),
      in: source,
      "switch self {\ncase .up: 1\ndefault: 2\n}\n",
      finds: [3]
    ),
    Canary(
      "a default over an enum within another switch, and behind a closure",
      ExhaustiveSwitches(),
      in: source,
      "switch text {\ncase \"a\":\n  switch rows.map({ $0.kind }) {\n  case let .up(x): x\n"
        + "  case .down: 1\n  default: 2\n  }\ndefault: 3\n}\n",
      finds: [6]
    ),
    Canary(
      "defaults over texts, numbers and what others may add to, and one of an argument",
      ExhaustiveSwitches(),
      in: source,
      "switch text {\ncase \"a\": f(.up, default: 1)\ndefault: 2\n}\n"
        + "switch share {\ncase ..<0.5: 1\ndefault: 2\n}\n"
        + "switch error {\ncase .corrupt: 1\n@unknown default: 2\n}\n"
    ),
    Canary(
      "tests may look at one case",
      ExhaustiveSwitches(),
      in: "Tests/RenderingTests/GraphTests.swift",
      "switch self {\ncase .up: 1\ndefault: 2\n}\n"
    ),
  ]
}
