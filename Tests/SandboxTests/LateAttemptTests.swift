import RecordFormats
import Connectors
import ClusterProtocol
import DataStreamAPI
import ReferenceJobs
import Sandbox
import SimulationKernel
import StreamOperators
import TestSupport
import Testing

/// A TaskManager stands still while it restores a task, and the task is run elsewhere.
///
/// When it goes on, it opens the old attempt before it hears of that.
@Suite struct LateAttemptTests {
  /// Milliseconds for which a TaskManager stands still: what matters is when it begins to.
  private static let lengths =
    Draws.here.isSearch ? Array(stride(from: 1200, through: 1340, by: 20)) : [1240]

  @Test(arguments: Array(stride(from: 1160, through: 1220, by: 10)), lengths)
  func removesNothingOfItsSuccessors(start: Int, length: Int) throws {
    var options = RunOptions(job: try #require(JobCatalogue.reference["word-count"]))
    options.input = InputBytes(Array(String(repeating: "a b\n", count: 900).utf8))
    options.parallelism = 2
    options.rate = SourceRate(elementsPerSecond: 300)
    options.checkpointInterval = .milliseconds(20)
    options.cluster.heartbeatInterval = .milliseconds(100)
    options.cluster.heartbeatTimeout = .milliseconds(500)
    options.restartStrategy = .fixedDelay(attempts: 100, delay: .milliseconds(100))
    options.faults = [
      try TimedCommand(parsing: "fail task counts[0] at 1s"),
      try TimedCommand(parsing: "pause tm-2 for \(length)ms at \(start)ms"),
    ]
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.lines.count == 1800, "\(options.faults.map(\.text))")
  }
}
