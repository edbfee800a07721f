import RecordFormats
import ClusterProtocol
import DataStreamAPI
import Deployment
import JobGraphs
import Sandbox
import StreamModel
import StreamOperators
import Testing

@Suite struct BadRowTests {
  private func run(_ onBadRow: BadRowPolicy) throws -> ObservedRun {
    let job = Program(
      "numbers",
      summary: "numbers of a file",
      columns: ["n"],
      isConfluent: true
    ) { environment in
      environment.readCSVFile(environment.input, onBadRow: onBadRow) { try $0.integer("n") }
        .map { Tuple2($0, 1) }.writeAsCSV()
    }
    var options = RunOptions(job: job)
    options.input = InputBytes(Array("n\n1\nx\n2\n\u{1B}\n3\n".utf8))
    return try ObservedRun(options)
  }

  @Test func journalsTheRowsThatAreSetAside() throws {
    let observed = try run(.setAside())
    #expect(observed.lines.sorted() == ["1,1", "2,1", "3,1"])
    let told = observed.journal.compactMap { entry -> String? in
      guard case .rowSetAside(_, _, let line, let reason) = entry.entry else { return nil }
      return "\(line) \(reason)"
    }
    #expect(
      told == [
        #"3 column n: expected a whole number, found "x""#,
        #"5 column n: expected a whole number, found "\u{1b}""#,
      ]
    )
    #expect(observed.run.cluster.taskMetrics.map(\.rowsSetAside).reduce(0, +) == 2)
  }

  @Test func failsTheJobAtABadRow() throws {
    let failures = try run(.fail).failures
    #expect(failures.count == 1)
    guard case .unreadableInput(let message) = failures.first else {
      Issue.record("\(failures)")
      return
    }
    #expect(message.hasSuffix(#": line 3, column n: expected a whole number, found "x""#))
  }
}
