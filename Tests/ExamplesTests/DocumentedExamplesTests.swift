import Testing

/// What doc comments and documents show is compiled.
@Suite struct DocumentedExamplesTests {
  /// The README's program is held by a test of its own, of what it prints too.
  static let documents = ["docs/flink-to-drey.md", "docs/writing-programs.md"]

  /// Whose doc comments are for people who write programs.
  static let folders = [
    "Sources/Client/DataStreamAPI", "Sources/DataPlane/StreamOperators",
    "Sources/DataPlane/KeyedState", "Sources/DataPlane/Connectors", "Sources/Model/StreamModel",
    "Sources/Teaching/DreyCluster", "Sources/Teaching/OperatorTesting",
  ]

  /// What is public and has no example, by the reason why.
  static let withoutExample: [(reason: String, names: Set<String>)] = [
    ("for operators of Drey's own", ["transform", "addSink", "addSource", "factory"]),
    ("a name that the sink's author gives", ["operatorName"]),
    ("a mark of the type system", ["JoinMode", "Partitioning"]),
    ("for whoever runs programs", ["streamGraph", "settings", "arguments", "executor"]),
    ("an error that nobody makes", ["ParameterError", "DetachedJobResult", "description"]),
    ("a property that the type's example shows", ["programs"]),
  ]

  /// Files that only who runs programs needs, and those in which nobody calls an initialiser.
  static let filesWithoutExample: [String: Set<String>] = [
    "ProgramArguments.swift": [
      "ProgramArguments", "input", "inputs", "rate", "readsSocket", "parameters", "init",
    ],
    "ProgramExecutor.swift": ["ProgramExecutor", "init"],
    "StreamExecutionEnvironment.swift": ["init"],
  ]

  @Test func eachExampleStandsInAFileThatIsCompiled() throws {
    let compiled = try
      (DocumentedExamples.swiftFiles(in: "Examples")
      + DocumentedExamples.swiftFiles(in: "Tests/ExamplesTests/Snippets"))
      .map { try DocumentedExamples.lines(of: $0) }
    let sources = Self.folders.flatMap { DocumentedExamples.swiftFiles(in: $0) }
    let blocks = try (sources + Self.documents).flatMap { try DocumentedExamples.blocks(in: $0) }
    #expect(blocks.count > 200)
    for block in blocks where !DocumentedExamples.stands(block, in: compiled) {
      Issue.record("\(block): the example stands in no file of Examples or Snippets")
    }
  }

  @Test func eachDeclarationOfTheAPIHasAnExample() throws {
    let files = DocumentedExamples.swiftFiles(in: "Sources/Client/DataStreamAPI")
    let all = try files.flatMap { try DocumentedExamples.publicDeclarations(in: $0) }
    #expect(all.count > 150)
    let excused = Self.withoutExample.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    for declaration in all where !declaration.hasExample && !excused.contains(declaration.name) {
      let file = declaration.path.split(separator: "/").last.map(String.init) ?? ""
      guard Self.filesWithoutExample[file]?.contains(declaration.name) != true else { continue }
      Issue.record("\(declaration.path):\(declaration.line): \(declaration.name) has no example")
    }
  }

  /// A search that finds everything would be kept by everything.
  @Test func aBlockThatStandsNowhereIsFound() {
    let text = ["  let sum = 1", "", "  print(sum)"]
    func block(_ code: [String]) -> DocumentedExamples.Block {
      DocumentedExamples.Block(path: "", line: 1, code: code)
    }
    #expect(DocumentedExamples.stands(block(["let sum = 1", "", "print(sum)"]), in: [text]))
    #expect(!DocumentedExamples.stands(block(["let sum = 1", "print(sum)"]), in: [text]))
    #expect(!DocumentedExamples.stands(block(["sum = 1"]), in: [text]))
    #expect(!DocumentedExamples.stands(block(["print(sum)", "more"]), in: [text]))
  }
}
