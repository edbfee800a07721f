import RecordFormats
import Connectors
import ReferenceJobs
import DataStreamAPI
import Deployment
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// How far event time has come at each task, and whom it waits for.
@Suite struct TaskEventTimeTests {
  /// Numbers, ten a second from each of two subtasks, as seconds of event time.
  private static let job = Program(
    "seconds",
    summary: "",
    columns: ["key", "sum"],
    isConfluent: true
  ) { environment in
    environment.generate(count: 100, rate: SourceRate(elementsPerSecond: 20)) { number, _ in
      Tuple2(number % 3, number)
    }
    .uid("numbers").assignTimestampsAndWatermarks(
      .forMonotonousTimestamps().withTimestampAssigner { Int64($0.f1) * 1000 }
    )
    .keyBy(\.f0).sum(\.f1).name("sums").writeAsCSV().name("rows")
  }

  private func session() throws -> SandboxSession {
    let session = SandboxSession(
      SandboxOptions(catalogue: .reference, inputs: SingleInput(SessionInput(InputBytes([]))))
    )
    try session.apply(Command(parsing: "deploy standalone --taskmanagers 2"))
    var submission = JobSubmission(job: "seconds")
    submission.parallelism = 2
    try session.submit(submission, Self.job, .submit(submission))
    return session
  }

  @Test func aTaskWaitsForTheSlowestOfItsChannels() throws {
    let session = try session()
    #expect(session.eventTimes(of: 0).isEmpty)
    try session.apply(.run(for: .seconds(3)))
    let times = session.eventTimes(of: 0)
    try #require(times.map(\.subtask.vertex) == [0, 0, 1, 1])
    // The first split has the numbers from 0, the second those from 50.
    #expect(times[0].promised < Watermark(30_000))
    #expect(times[1].promised > Watermark(60_000))
    #expect(times[0].channels.isEmpty && times[0].reached.isEmpty && times[0].waitsFor == nil)
    for time in times[2...] {
      #expect(time.channels.map(\.producer) == [times[0].subtask, times[1].subtask])
      #expect(time.channels.map(\.watermark) == [times[0].promised, times[1].promised])
      #expect(time.reached == [times[0].promised])
      #expect(time.promised == times[0].promised)
      #expect(time.waitsFor == times[0].subtask)
    }
  }

  @Test func lookingChangesNothing() throws {
    let (first, second) = (try session(), try session())
    for _ in 0..<20 {
      try first.apply(.run(for: .milliseconds(300)))
      try second.apply(.run(for: .milliseconds(300)))
      _ = second.eventTimes(of: 0)
    }
    #expect(first.digest == second.digest)
    #expect(second.eventTimes(of: 0).isEmpty)
  }
}
