import GraphTranslation
import JobGraphs
import StreamModel
import Testing

@Suite struct GoldenChainingTests {
  @Test(
    .enabled(if: !ChainingCase.recorded.isEmpty, "not run: chaining.json"),
    arguments: ChainingCase.recorded
  )
  func chainsAsFlinkDoes(_ recorded: ChainingCase) throws {
    let program = try #require(
      RecordedPrograms.graph(named: recorded.name),
      "no program is named \(recorded.name)"
    )
    #expect(recorded.differences(from: try program.translated()) == [])
  }

  /// Without it the tests of the recorded cases would pass where the file is missing.
  @Test func readsTheRecordedCases() throws {
    guard let recorded = try ChainingCase.read() else { return }
    #expect(recorded.count == 12)
  }

  @Test func seesWhereAGraphDiffers() throws {
    let recorded = try #require(
      ChainingCase(
        vertices: [.init(name: "Source: src -> m1", parallelism: 3)],
        slotsNeeded: 3,
        subtasks: 3
      )
    )
    var program = ProgramSketch("other")
    program.sink("m1", from: program.source("src"))
    #expect(
      recorded.differences(from: try program.graph.translated()) == [
        "graph: slots needed 2, Flink has 3",
        "graph: subtasks 2, Flink has 3",
        "Source: src -> m1: parallelism 2, Flink has 3",
        "Source: src -> m1: max parallelism -1, Flink has 7",
      ]
    )
  }

  @Test func namesBranches() throws {
    var program = ProgramSketch("branches")
    let source = program.source("src")
    let left = program.then("a", from: source)
    program.sink("b", from: left)
    program.sink("c", from: left)
    program.sink("d", from: source)
    let graph = try program.graph.translated()
    #expect(graph.vertices.map(\.name) == ["Source: src -> (a -> (b, c), d)"])
    #expect(
      graph.vertices[0].operatorPrettyName == """
        Source: src
        :- a
        :  :- b
        :  +- c
        +- d

        """
    )
    #expect(graph.vertices[0].chain.map(\.chainedOutputs) == [[1, 4], [2, 3], [], [], []])
  }

  @Test func joinsADiamondInTheOrderOfFlink() throws {
    var program = ProgramSketch("diamond")
    let source = program.source("src")
    let union = program.add("union")
    program.connect(source, union)
    let detour = program.then("detour", from: source)
    program.connect(detour, union)
    program.sink(from: union)
    let graph = try program.graph.translated()
    #expect(graph.vertices.map(\.name) == ["Source: src -> detour", "union -> snk: Writer"])
    #expect(graph.vertices[0].outputs == [0, 1])
    #expect(graph.vertices[0].chain.map(\.edgeOutputs) == [[1], [0]])
    #expect(graph.vertices[1].inputs == [0, 1])
  }

  @Test func keepsAUnionWithItselfApart() throws {
    var program = ProgramSketch("twice")
    let source = program.source("src")
    let union = program.then("union", from: source)
    program.connect(source, union)
    let graph = try program.graph.translated()
    #expect(graph.vertices.map(\.name) == ["Source: src", "union"])
    #expect(graph.edges.count == 2)
  }

  @Test func listsEachVertexAfterWhatItReads() throws {
    var program = ProgramSketch("order")
    let late = program.add("join")
    let first = program.source("one")
    let second = program.source("two")
    program.connect(second, late, input: 0, by: .hash)
    program.connect(first, late, input: 1, by: .hash)
    let graph = try program.graph.translated()
    #expect(graph.vertices.map(\.name) == ["Source: one", "Source: two", "join"])
    #expect(graph.vertices[2].inputs.map { graph.edges[$0].input } == [1, 0])
    #expect(graph.edges.allSatisfy { $0.source < $0.target })
  }
}

extension ChainingCase {
  /// A case made by hand whose vertices have no inputs.
  init?(vertices: [Vertex], slotsNeeded: Int, subtasks: Int) {
    name = "by hand"
    program = ""
    self.vertices = vertices
    self.slotsNeeded = slotsNeeded
    self.subtasks = subtasks
  }
}

extension ChainingCase.Vertex {
  init(name: String, parallelism: Int) {
    self.name = name
    self.parallelism = parallelism
    maxParallelism = 7
    slotSharingGroup = "group1 (default)"
    operatorPrettyName = "Source: src\n+- m1\n"
    inputs = []
  }
}
