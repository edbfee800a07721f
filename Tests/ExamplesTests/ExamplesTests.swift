import DreyCluster
import Examples
import Testing

/// Every example on a cluster, quiet and with a TaskManager that dies: its exact rows.
@Suite struct ExamplesTests {
  struct Case: CustomTestStringConvertible {
    let program: Program
    let rows: [String]
    /// Whether a failure changes nothing: no row depends on a watermark's progress, and rows have
    /// one order.
    var isKilled = true
    /// Whether the order of the rows depends on nothing.
    var isOrdered = true

    var testDescription: String { program.name }
  }

  static let poem = "to be or not\nto be"

  static let cases: [Case] = [
    Case(
      program: .wordCount,
      rows: ["to,1", "be,1", "or,1", "not,1", "to,2", "be,2"]
    ),
    Case(
      program: .greatestDegrees,
      rows: [
        "attic,1,14", "cellar,7,9", "attic,1,17", "cellar,7,9", "attic,1,17", "attic,1,17",
        "cellar,7,11", "attic,1,19",
      ]
    ),
    Case(
      program: .warmestReading,
      rows: [
        "attic,1,14", "cellar,7,9", "attic,2,17", "cellar,7,9", "attic,2,17", "attic,2,17",
        "cellar,8,11", "attic,2,19",
      ]
    ),
    Case(
      program: .windowSum,
      rows: [
        "north,6,1970-01-01T00:00:01Z", "south,1,1970-01-01T00:00:03Z",
        "north,3,1970-01-01T00:00:11Z", "south,6,1970-01-01T00:00:10Z",
        "north,5,1970-01-01T00:00:25Z",
      ],
      isOrdered: false
    ),
    Case(
      program: .lateReadings,
      rows: [
        "counted,attic,1", "counted,attic,1", "counted,attic,1", "counted,attic,1",
        "counted,cellar,1", "counted,cellar,1", "counted,cellar,1", "late,attic,1",
      ],
      isKilled: false,
      isOrdered: false
    ),
    Case(program: .payments, rows: ["1,50 cents short", "2,settled"], isOrdered: false),
    Case(
      program: .rules,
      rows: ["attic,1,16", "attic,2,17", "attic,2,19", "cellar,8,11"],
      isOrdered: false
    ),
    Case(
      program: .lookup,
      rows: ["ch,Switzerland", "fr,France", "it,Italy", "xx,unknown", "de,Germany"]
    ),
    Case(
      program: .countWithTimeout,
      rows: [
        "attic,5,1970-01-01T00:00:55Z", "cellar,3,1970-01-01T00:00:47Z",
      ],
      isOrdered: false
    ),
    Case(
      program: .sessions,
      rows: [
        "ann,3,1970-01-01T00:00:01Z,1970-01-01T00:00:19Z",
        "ann,1,1970-01-01T00:00:30Z,1970-01-01T00:00:40Z",
        "bob,1,1970-01-01T00:00:02Z,1970-01-01T00:00:12Z",
        "bob,1,1970-01-01T00:00:15Z,1970-01-01T00:00:25Z",
      ],
      isOrdered: false
    ),
    Case(
      program: .intervalJoin,
      rows: ["ann,1970-01-01T00:00:07Z,1970-01-01T00:00:08Z"],
      isOrdered: false
    ),
  ]

  @Test(arguments: cases)
  func hasItsRows(_ example: Case) throws {
    let cluster = try DreyCluster(taskManagers: 2, inputs: ["poem": Self.poem])
    let run = try cluster.run(example.program)
    #expect(run.isSuccess, "\(run.error ?? run.state)")
    #expect(Self.rows(of: run, example) == Self.sorted(example.rows, example))
  }

  @Test(arguments: cases.filter(\.isKilled))
  func hasTheSameRowsWhenATaskManagerDies(_ example: Case) throws {
    let cluster = try DreyCluster(taskManagers: 3, inputs: ["poem": Self.poem])
    let run = try cluster.run(
      example.program,
      parallelism: 2,
      rate: 1,
      checkpointInterval: .milliseconds(500),
      faults: ["kill tm-1 at 1500ms"]
    )
    #expect(run.isSuccess, "\(run.error ?? run.state)")
    #expect(run.restarts > 0)
    #expect(run.rows.sorted() == example.rows.sorted())
  }

  @Test func readsASocketWhereItIsTold() throws {
    let environment = StreamExecutionEnvironment()
    environment.arguments.readsSocket = true
    let graph = try Program.wordCount.streamGraph(in: environment)
    #expect(graph.nodes.first?.name == "Source: Socket Stream")
  }

  private static func rows(of run: RunResult, _ example: Case) -> [String] {
    sorted(run.rows, example)
  }

  private static func sorted(_ rows: [String], _ example: Case) -> [String] {
    example.isOrdered ? rows : rows.sorted()
  }
}
