import Connectors
import Deployment
import JobGraphs
import Sandbox
import SimulationKernel
import StreamOperators
import Testing

/// Jobs with many channels between few or many processes.
@Suite struct WideJobTests {
  /// A run, and the digest that it had when every task was asked at every element.
  struct Recording: Sendable {
    let name: String
    let digest: String
    let change: @Sendable (inout RunOptions) -> Void
  }

  private static let recordings = [
    Recording(name: "a process for each slot", digest: "2e98898d5fc2fb96") { $0.parallelism = 40 },
    Recording(name: "all in one process", digest: "83285b330cc16c78") {
      $0.parallelism = 40
      $0.deployment = .local
    },
    Recording(name: "ten slots a process, one of which dies", digest: "09087468331a706e") {
      $0.parallelism = 20
      $0.taskManagers = 3
      $0.slots = 10
      $0.rate = SourceRate(elementsPerSecond: 20)
      $0.faults = [TimedCommand(.kill(process: "tm-2"), at: .milliseconds(1200))]
    },
    Recording(name: "in batch", digest: "ba5ba7096cf5e8f8") {
      $0.parallelism = 30
      $0.runtimeMode = .batch
      $0.faults = [TimedCommand(.kill(process: "tm-3"), at: .milliseconds(300))]
    },
  ]

  @Test(arguments: recordings)
  func hasTheDigestThatItHad(_ recording: Recording) throws {
    var options = try Fixture.options(lines: 60)
    recording.change(&options)
    let run = try JobRun(options)
    #expect(try run.finish() == .job(.finished))
    #expect(run.digest.description == recording.digest, "\(recording.name)")
  }

  /// Nine events, however many channels there are, where no records come.
  ///
  /// Each channel has its request, its watermark, its barrier and its two ends, with a slice of
  /// work for each but the first.
  @Test func aChannelTakesAsManyEventsInAWideJob() throws {
    let events = try [10, 20, 40].map { width in
      var options = try Fixture.options(lines: 0)
      options.parallelism = width
      let run = try JobRun(options)
      try run.finish()
      return Double(run.cluster.simulation.handledEvents)
    }
    // What grows with the square of the width: of a parabola through three points.
    let square = ((events[2] - events[1]) / 20 - (events[1] - events[0]) / 10) / 30
    #expect((8.5..<9.5).contains(square), "\(events)")
  }
}
