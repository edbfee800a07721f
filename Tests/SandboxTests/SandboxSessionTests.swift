import ReferenceJobs
import DataStreamAPI
import Deployment
import JobGraphs
import Sandbox
import SimulationKernel
import StreamOperators
import Testing

/// A session on a text of so many lines, driven by lines of the command language.
private struct Play {
  let session: SandboxSession

  init(lines: Int = 120, seed: UInt64 = 1) {
    var options = SandboxOptions(
      catalogue: .reference,
      inputs: SingleInput(SessionInput(Fixture.text(lines: lines)))
    )
    options.seed = seed
    session = SandboxSession(options)
  }

  @discardableResult
  func callAsFunction(_ line: String) throws -> CommandReply {
    try session.apply(Command(parsing: line))
  }

  func holds(_ text: String) throws -> Bool {
    session.judge(try Expectation(parsing: text)) == .holds
  }

  func value(_ text: String) throws -> Int? { session.value(of: try Measure(parsing: text)) }

  func instant(_ text: String) throws -> VirtualInstant? {
    session.instant(of: try Moment(parsing: text))
  }
}

@Suite struct SandboxSessionTests {
  @Test func livesThroughAKill() throws {
    let play = Play()
    try play("deploy standalone --taskmanagers 3")
    guard case .submitted(_, 2, 3) = try play("submit word-count --parallelism 2 --rate 20/s")
    else {
      Issue.record("2 of 3 slots should be needed")
      return
    }
    try play("run 3s")
    #expect(try play.holds("job word-count RUNNING"))
    #expect(try play.holds("process tm-3 spare"))
    #expect(try play.value("free-slots") == 1)
    let before = try #require(try play.value("position of lines[0]"))
    #expect(before > 10)
    try play("kill tm-1")
    #expect(try play.holds("process tm-1 dead"))
    try play("run until job word-count RESTARTING within 1s")
    #expect(play.session.now < .zero + .milliseconds(3200))
    try play("run until process tm-1 lost within 30s")
    #expect(try play.holds("futile-redeployments >= 3"))
    guard case .judged(_, .holds) = try play("expect job word-count FINISHED within 5min") else {
      Issue.record("the job should finish")
      return
    }
    #expect(try play.holds("output is right"))
    #expect(try play.holds("output equals failure-free"))
    #expect(try play.holds("restarts >= 4"))
    #expect(try play.value("rows") == 1200)
    #expect(try play.value("records") == 120)
    #expect(try #require(try play.value("rereads")) > 0)
    let killed = try #require(try play.instant("killed tm-1"))
    let failed = try #require(try play.instant("failed"))
    let lost = try #require(try play.instant("lost tm-1"))
    let recovered = try #require(try play.instant("recovered"))
    #expect(killed < failed && failed < lost && lost < recovered)
  }

  @Test func readsStateNowAndInTheLastCheckpoint() throws {
    let play = Play()
    try play("deploy standalone --taskmanagers 3")
    try play("submit word-count --parallelism 2 --rate 20/s")
    try play("run until checkpoints == 2")
    try play("run 400ms")
    let key = try #require(play.session.liveState(of: 0).max { $0.value < $1.value }?.key)
    let now = try #require(try play.value("state of \(key)"))
    let saved = try #require(try play.value("checkpointed-state of \(key)"))
    #expect(saved > 0 && now > saved)
    try play("kill tm-1")
    let sample = try #require(play.session.stateSamples.last)
    #expect(sample.readings.contains { $0.key == key && $0.value == now })
    try play("run until job word-count FINISHED")
    #expect(try play.value("count of \(key)") == play.value("state of \(key)"))
  }

  @Test func looksWithoutTouching() throws {
    let plain = Play()
    let watched = Play()
    for play in [plain, watched] {
      try play("deploy standalone --taskmanagers 3")
      try play("submit word-count --parallelism 2 --rate 20/s")
      try play("run 2500ms")
      if play.session === watched.session {
        for _ in 0..<5 { _ = play.session.liveState(of: 0) }
        try play("show run")
        try play("expect rows > 0")
        _ = play.session.snapshot
      }
      try play("kill tm-2")
      try play("run 20s")
    }
    #expect(plain.session.digest == watched.session.digest)
  }

  @Test func isTheSameHoweverTimeIsCut() throws {
    let whole = Play()
    let pieces = Play()
    for play in [whole, pieces] {
      try play("deploy standalone --taskmanagers 3")
      try play("submit word-count --parallelism 2 --rate 20/s")
    }
    try whole("run 4s")
    pieces.session.frame = .milliseconds(70)
    for _ in 0..<30 { try pieces("run 100ms") }
    try pieces("step 7")
    let rest = VirtualInstant.zero + .seconds(4) - pieces.session.now
    try pieces("run \(rest)")
    #expect(whole.session.digest == pieces.session.digest)
    #expect(whole.session.now == pieces.session.now)
  }

  @Test func goesOnAfterItWasStuck() throws {
    let play = Play()
    try play("deploy standalone --taskmanagers 3")
    try play("submit word-count --parallelism 2 --rate 20/s")
    try play("run 2s")
    for name in ["tm-1", "tm-2"] { try play("kill \(name)") }
    guard case .advanced(_, _, .stuck) = try play("run until job word-count FINISHED within 10h")
    else {
      Issue.record("nothing can come nearer to the end")
      return
    }
    let before = play.session.now
    try play("run 3h")
    #expect(play.session.now == before + .minutes(180))
    for name in ["tm-1", "tm-2"] { try play("restart \(name)") }
    try play("run until job word-count FINISHED within 5min")
    #expect(try play.holds("output is right"))
  }

  @Test func waitsForNothingThatIsNotThere() throws {
    let play = Play()
    try play("deploy standalone")
    try play("submit word-count")
    try play("run until job other FINISHED")
    #expect(play.session.now == .zero)
  }

  @Test func stepsToWhatCanBeSeen() throws {
    let play = Play()
    try play("deploy standalone --taskmanagers 2")
    try play("submit word-count --rate 20/s")
    for _ in 0..<20 {
      let count = play.session.journal.count
      try play("step")
      #expect(play.session.journal.count >= count + 1)
    }
  }

  @Test func takesACheckpointOnRequest() throws {
    let play = Play()
    try play("deploy standalone --taskmanagers 2")
    try play("submit word-count --rate 20/s --checkpoint-interval 1h")
    try play("run 2s")
    #expect(try play.value("checkpoints") == 0)
    try play("checkpoint")
    try play("run 1s")
    #expect(try play.value("checkpoints") == 1)
    #expect(try #require(try play.value("checkpointed-position of lines[0]")) >= 20)
  }

  @Test func runsSeveralJobs() throws {
    let play = Play()
    try play("deploy standalone --taskmanagers 2")
    try play("submit word-count --name first --rate 100/s")
    try play("run 100ms")
    try play("submit word-count --variant normalised --rate 50/s --name second")
    try play("run until job second RUNNING")
    try play("run 1s")
    #expect(try play.value("free-slots") == 0)
    try play("cancel second")
    try play("run until job first FINISHED")
    #expect(try play.holds("job second CANCELED"))
    #expect(try play.holds("output is right in first"))
    #expect(try play.value("records in second") != play.value("records in first"))
  }

  @Test(arguments: [
    ([], "submit word-count", "needs a cluster"), ([], "kill tm-1", "needs a cluster"),
    ([], "run 1s", "needs a cluster"),
    (["deploy local"], "deploy local", "there is a cluster already"),
    ([], "deploy local --taskmanagers 2", "one process"),
    (["deploy local"], "kill tm-1", "a local cluster is one process"),
    (["deploy local"], "submit wordcount", "did you mean \"word-count\"?"),
    (["deploy local"], "submit word-count --variant plan", "did you mean \"plain\"?"),
    (["deploy local"], "checkpoint", "needs a job"),
    (["deploy local"], "fail task counts[0]", "needs a job"),
    (["deploy standalone"], "kill tm-7", "there is no process tm-7"),
    (["deploy standalone"], "kill jobmanager", "high availability"),
    (["deploy standalone"], "restart tm-1", "lives already"),
    (["deploy standalone", "kill tm-1"], "kill tm-1", "does not live"),
    (["deploy local", "submit word-count"], "submit word-count", "submitted already"),
    (
      ["deploy local", "submit word-count --rate 9/s", "run 1s"], "fail task counts[7]",
      "has no task 7"
    ),
    (["deploy local", "submit word-count", "run 1min"], "cancel", "is over"),
    (
      ["deploy local", "submit word-count --checkpoint-interval off", "run 100ms"], "checkpoint",
      "takes no checkpoints"
    ),
  ])
  func refusesWhatCannotBeAndStaysAsItWas(before: [String], line: String, part: String) throws {
    let play = Play()
    for command in before { try play(command) }
    let digest = play.session.digest
    #expect(performing: { try play(line) }, throws: { "\($0)".contains(part) })
    #expect(play.session.digest == digest)
    #expect(play.session.log.count == before.count)
  }

  @Test func saysWhatItSawInstead() throws {
    let play = Play()
    try play("deploy standalone --taskmanagers 3")
    for (text, part) in [
      ("job word-count FINISHED", "there is no job word-count"), ("rows > 1", "no value yet"),
      ("process tm-9 dead", "there is no process tm-9"),
      ("process tm-1 dead", "tm-1 is spare, not dead"),
    ] {
      guard case .fails(let seen) = play.session.judge(try Expectation(parsing: text)) else {
        Issue.record("\(text) should not hold")
        continue
      }
      #expect(seen.english.contains(part), "\(seen.english)")
    }
  }

  @Test func isMadeAgainFromItsFile() throws {
    let play = Play(seed: 5)
    for line in [
      "deploy standalone --taskmanagers 3", "submit word-count --parallelism 2 --rate 20/s",
      "run until checkpoints == 2", "kill tm-1", "run 20s", "show timeline", "run 1min",
    ] { try play(line) }
    guard case .save("x", let text) = try play("save x") else {
      Issue.record("save should give the text")
      return
    }
    let file = try SessionFile(parsing: text, named: "x")
    let again = Play(seed: file.seed)
    for entry in file.commands {
      #expect(again.session.now - .zero == entry.instant)
      try again.session.apply(entry.command)
      #expect(again.session.digest?.description == entry.digest)
    }
    #expect(again.session.digest == play.session.digest)
    #expect(
      performing: { try SessionFile(parsing: text + "@1s #- kil tm-1\n", named: "x") },
      throws: { "\($0)".contains("x:10: unknown command \"kil\"") }
    )
  }

  @Test func aRunIsASession() throws {
    var options = try Fixture.options(lines: 120, rate: 20)
    options.faults = [try TimedCommand(parsing: "kill tm-1 at 3s")]
    let observed = try ObservedRun(options)
    let play = Play()
    try play("deploy standalone --taskmanagers 3 --slots 1")
    try play(
      "submit word-count --parallelism 2 --rate 20/s --checkpoint-interval 1s"
        + " --guarantee exactly-once"
    )
    try play("run 3s")
    try play("kill tm-1")
    try play("run \(observed.run.now - play.session.now)")
    let journal = observed.run.cluster.simulation.journal.items.count
    #expect(Array(play.session.journal.prefix(journal)).count == journal)
    #expect(play.session.jobs[0].rows == observed.lines)
    #expect(play.session.digest == observed.run.digest)
  }
}
