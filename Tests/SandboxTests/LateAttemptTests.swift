import RecordFormats
import Connectors
import ClusterProtocol
import DataStreamAPI
import ReferenceJobs
import Sandbox
import SimulationKernel
import StreamOperators
import Testing

/// A TaskManager stands still while it restores a task, and the task is run elsewhere.
///
/// When it goes on, it opens the old attempt before it hears of that.
@Suite struct LateAttemptTests {
  @Test(arguments: stride(from: 1160, through: 1220, by: 10).map { $0 })
  func removesNothingOfItsSuccessors(milliseconds: Int) throws {
    var options = RunOptions(job: try #require(JobCatalogue.reference["word-count"]))
    options.input = InputBytes(Array(String(repeating: "a b\n", count: 900).utf8))
    options.parallelism = 2
    options.rate = SourceRate(elementsPerSecond: 300)
    options.checkpointInterval = .milliseconds(20)
    options.cluster.heartbeatInterval = .milliseconds(100)
    options.cluster.heartbeatTimeout = .milliseconds(500)
    options.restartStrategy = .fixedDelay(attempts: 100, delay: .milliseconds(100))
    for pause in stride(from: 1200, through: 1340, by: 20) {
      options.faults = [
        try TimedCommand(parsing: "fail task counts[0] at 1s"),
        try TimedCommand(parsing: "pause tm-2 for \(pause)ms at \(milliseconds)ms"),
      ]
      let observed = try ObservedRun(options)
      #expect(observed.run.ending == .job(.finished))
      #expect(observed.lines.count == 1800, "\(options.faults.map(\.text))")
    }
  }
}
