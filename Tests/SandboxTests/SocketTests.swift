import RecordFormats
import DataStreamAPI
import JobGraphs
import ReferenceJobs
import Sandbox
import SimulationKernel
import StreamOperators
import TestSupport
import Testing

/// What is typed at a socket enters a run as commands, and the run can be made again from them.
@Suite struct SocketTests {
  private static let submit =
    "submit socket-word-count --socket 127.0.0.1:9999 --checkpoint-interval 500ms"
  private let session = SandboxSession(options())

  private static func options() -> SandboxOptions {
    SandboxOptions(catalogue: .reference, inputs: SingleInput(SessionInput(InputBytes([]))))
  }

  private func play(_ lines: String...) throws {
    for line in lines { try session.apply(Command(parsing: line)) }
  }

  private func holds(_ text: String) throws -> Bool {
    session.judge(try Expectation(parsing: text)) == .holds
  }

  private var rows: [String] { session.jobs[0].rows.sorted() }

  @Test func countsWhatIsTyped() throws {
    try play("deploy standalone --taskmanagers 1", Self.submit, "run 600ms")
    try play("socket send \"to be or not to be\"", "run 3s")
    #expect(rows == ["be,2", "not,1", "or,1", "to,2"])
    try play("socket send \"to\\nto\"", "run 3s")
    #expect(rows.filter { $0 == "to,2" }.count == 2)
    try play("socket close", "run until job socket-word-count FINISHED within 1min")
    #expect(try holds("job socket-word-count FINISHED"))
    #expect(try holds("records == 3"))
  }

  @Test func waitsAsLongAsNobodyTypes() throws {
    // Longer than a job may stand still that waits for nobody.
    let submit = Self.submit.replacing("500ms", with: "10s")
    try play("deploy local", submit, "run until rows >= 1 within 11min")
    #expect(try holds("job socket-word-count RUNNING"))
    #expect(session.now == .zero + .minutes(11))
    try play("socket send patience", "run until rows >= 1 within 1min")
    #expect(rows == ["patience,1"])
  }

  @Test func losesWhatWasReadSinceTheLastCheckpoint() throws {
    try play("deploy standalone --taskmanagers 1", Self.submit)
    try play("run until checkpoints >= 2", "socket send lost", "run 50ms")
    #expect(try holds("records == 1"))
    try play("fail task lines[0]", "run 20ms", "socket send kept", "run 10s")
    try play("socket close", "run until job socket-word-count FINISHED within 1min")
    #expect(rows == ["kept,1"])
  }

  @Test func isMadeAgainFromWhatWasTyped() throws {
    try play("deploy standalone --taskmanagers 2", Self.submit, "run 700ms")
    try play("socket send \"a \\u{2028}b\\r\\nc\"", "run 1300ms", "socket send \"#1 \\\"é\\\"\"")
    try play("run 20ms", "kill tm-1", "run 2s", "socket send again", "run 30s", "socket close")
    try play("run until job socket-word-count FINISHED within 1min")
    let text = SessionFile(session).text
    let file = try SessionFile(parsing: text, named: "typed.drey")
    let replay = try SessionReplay(of: file, Self.options())
    #expect(replay.parting == nil)
    #expect(replay.session.digest == session.digest)
    #expect(replay.session.jobs[0].rows == session.jobs[0].rows)
    #expect(!session.jobs[0].rows.isEmpty)

    let other = text.replacing("socket send again", with: "socket send anew")
    let parted = try SessionReplay(of: SessionFile(parsing: other, named: "x"), Self.options())
    #expect(parted.parting?.seen.command == .sendToSocket("anew"))
    #expect(parted.parting?.recorded.digest != parted.parting?.seen.digest)

    let late = text.replacing("@700ms ", with: "@800ms ")
    let shifted = try SessionReplay(of: SessionFile(parsing: late, named: "x"), Self.options())
    #expect(shifted.parting?.seen.instant == .milliseconds(700))
    #expect(shifted.parting?.recorded.digest == shifted.parting?.seen.digest)

    let wrong = text.replacing("kill tm-1", with: "kill tm-9")
    #expect(
      performing: {
        try SessionReplay(of: SessionFile(parsing: wrong, named: "x"), Self.options())
      },
      throws: { "\($0)".contains("command 8: \"kill tm-9\": there is no process tm-9") }
    )
  }

  @Test func aRunWaitsAsLongAsNobodyTypes() throws {
    var options = RunOptions(job: try #require(JobCatalogue.reference["socket-word-count"]))
    options.socket = SocketAddress("localhost:9999")
    options.limit = RunOptions.endless
    options.checkpointInterval = .seconds(10)
    let run = try JobRun(options)
    try run.advance(until: .zero + .minutes(11))
    #expect(run.ending == nil)
    try run.type(.closeSocket)
    #expect(try run.finish() == .job(.finished))
  }

  @Test func isMadeAgainFromARunWithFaults() throws {
    var options = RunOptions(job: try #require(JobCatalogue.reference["socket-word-count"]))
    options.socket = SocketAddress("localhost:9999")
    options.limit = RunOptions.endless
    options.checkpointInterval = .seconds(4)
    options.faults = [try TimedCommand(parsing: "fail task lines[0] at 6s")]
    let run = try JobRun(options)
    for second in 1...4 {
      try run.advance(until: .zero + .milliseconds(Int64(second) * 1711))
      try run.type(.sendToSocket("line \(second)"))
    }
    try run.advance(until: .zero + (Draws.here.isSearch ? .minutes(11) : .seconds(30)))
    #expect(run.ending == nil)
    try run.type(.closeSocket)
    #expect(try run.finish() == .job(.finished))
    let digest = run.digest.description
    let file = run.sessionFile()
    #expect(file.commands.map(\.command).filter { $0 == .closeSocket }.count == 1)
    let replay = try SessionReplay(
      of: SessionFile(parsing: file.text, named: "x"),
      Self.options()
    )
    #expect(replay.parting == nil)
    #expect(replay.session.digest?.description == run.digest.description)
    // Nothing had been left out by stopping when the job was over.
    #expect(digest == run.digest.description)
  }

  @Test(arguments: [
    ("submit word-count --socket 127.0.0.1:9999", "reads no socket; socket-word-count does"),
    ("submit socket-word-count --socket 9999", "must be a host and a port"),
    ("submit socket-word-count --socket :9999", "must be a host and a port"),
    ("submit socket-word-count --socket a:0", "must be a host and a port"),
    ("submit socket-word-count --socket a:65536", "must be a host and a port"),
    ("submit socket-word-count --socket a:+9", "must be a host and a port"),
    ("submit socket-word-count --socket a:9 --rate 2/s", "takes no --rate"),
    ("submit socket-word-count --socket a:9 --runtime-mode batch", "batch"),
    ("socket send hello", "no job reads a socket"),
    ("socket close", "no job reads a socket"),
    ("socket open", "is not known here"),
    ("socket send", "is incomplete"),
    ("socket send \"\\u{zz}\"", "without the number of a character"),
  ])
  func refusesWithOneClearSentence(line: String, part: String) throws {
    try play("deploy local")
    #expect(performing: { try play(line) }, throws: { "\($0)".contains(part) })
  }

  @Test func refusesWhatComesTooLate() throws {
    try play("deploy standalone --taskmanagers 3", Self.submit)
    let second = Self.submit + " --name second"
    #expect(performing: { try play(second) }, throws: { "\($0)".contains("a session has one") })
    try play("run 1s", "socket close")
    #expect(
      performing: { try play("socket send x") },
      throws: { "\($0)".contains("the socket is closed") }
    )
    try play("run 5s")
    #expect(performing: { try play("socket send x") }, throws: { "\($0)".contains("FINISHED") })
  }
}
