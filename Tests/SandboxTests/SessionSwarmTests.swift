import ReferenceJobs
import ClusterProtocol
import DataStreamAPI
import Deployment
import JobGraphs
import Rendering
import Sandbox
import SessionViews
import SimulationKernel
import StreamModel
import TestSupport
import Testing

/// Sessions as learners play them, drawn from a seed: what must hold in every one of them.
@Suite struct SessionSwarmTests {
  @Test func staysTrueWhateverIsTyped() throws {
    for seed in 1...UInt64(Draws.runs(byDay: 3, search: 200)) {
      var swarm = SwarmSession(seed: seed)
      do {
        try swarm.play()
        for problem in swarm.problems {
          Issue.record("seed \(seed): \(problem)\n\(swarm.transcript)")
        }
      } catch {
        Issue.record("seed \(seed): \(error)\n\(swarm.transcript)")
      }
    }
  }
}

/// One session of the swarm, and all that is found wrong with it.
struct SwarmSession {
  /// What is wrong; empty where all is well.
  private(set) var problems: [String] = []
  private let seed: UInt64
  private let lines: Int
  private var random: RandomStream
  private var script: SwarmScript
  private let session: SandboxSession
  private let shadow: SandboxSession
  private var view = SessionView()

  init(seed: UInt64) {
    self.seed = seed
    random = RandomStream(seed: seed, name: "swarm")
    lines = 20 + random.below(60)
    script = SwarmScript(seed: seed)
    session = Self.session(seed: seed, lines: lines, keepsRows: true)
    shadow = Self.session(seed: seed, lines: lines, keepsRows: false)
  }

  /// What was typed so far, to be typed again.
  var transcript: String { "lines \(lines)\n" + SessionFile(session).text }

  static func session(seed: UInt64, lines: Int, keepsRows: Bool) -> SandboxSession {
    var options = SandboxOptions(
      catalogue: .reference,
      inputs: SingleInput(SessionInput(Fixture.text(lines: lines)))
    )
    options.seed = seed
    options.keepsRows = keepsRows
    return SandboxSession(options)
  }

  mutating func play() throws {
    let length = 8 + random.below(24)
    try type(script.opening())
    for _ in 0..<length { try type(script.next(jobs: session.jobs.map(\.name))) }
    try mend()
    judgeTheEnd()
    try checkTheFile()
  }

  // MARK: Typing

  /// Carries a line out in the session, and in its shadow in pieces and without rows.
  private mutating func type(_ line: String) throws {
    let command = try Command(parsing: line)
    let digest = session.digest
    let (now, log, jobs) = (session.now, session.log.count, session.jobs.count)
    do {
      try session.apply(command)
    } catch is UsageError {
      let isTheSame =
        session.digest == digest && session.now == now && session.log.count == log
        && session.jobs.count == jobs
      if !isTheSame { problems.append("\"\(line)\" was refused and left its mark") }
      return
    }
    try shadowed(command)
    if session.digest != shadow.digest || session.now != shadow.now {
      problems.append(
        "\"\(line)\" in pieces led to \(shadow.now - .zero), not \(session.now - .zero)"
      )
    }
    view.update(from: session)
    try look(at: line)
    checkLedger(after: line)
    checkHistory(after: line)
  }

  /// The same in another way: time in pieces, with somebody who looks at everything.
  private mutating func shadowed(_ command: Command) throws {
    shadow.frame = .milliseconds(Int64(1 + random.below(3000)))
    guard case .run(let duration) = command else {
      try shadow.apply(command)
      return
    }
    var left = duration
    while left > .zero {
      let piece = min(left, .milliseconds(Int64(1 + random.below(9000))))
      try shadow.apply(.run(for: piece)) { looked in
        _ = looked.taskFigures
        for index in looked.jobs.indices { _ = looked.liveState(of: index) }
      }
      left = left - piece
      for index in shadow.jobs.indices {
        _ = shadow.liveState(of: index)
        _ = shadow.checkpointedState(of: index)
        _ = shadow.executionGraph(of: shadow.jobs[index])
      }
    }
  }

  // MARK: Looking

  private mutating func look(at line: String) throws {
    let width = [60, 80, 120][random.below(3)]
    let style = TextStyle(
      characters: random.chance(1, in: 3) ? .ascii : .unicode,
      isColoured: false
    )
    for subject in ShowRequest.Subject.allCases {
      let request = ShowRequest(subject, inWords: random.chance(1, in: 3))
      guard let picture = try? view.picture(of: request, in: session) else { continue }
      for text in picture.text(width: width, style: style) where DisplayWidth.of(text) > width {
        problems.append("\(request.text) at \(width) after \"\(line)\" is too wide: \(text)")
      }
      if picture.words.contains(where: \.isEmpty) {
        problems.append("describe \(subject.rawValue) after \"\(line)\" has an empty sentence")
      }
    }
  }

  // MARK: What must agree

  private mutating func checkLedger(after line: String) {
    guard let cluster = session.cluster else { return }
    var paused: Set<String> = []
    for item in session.journal {
      switch item.entry {
      case .kernel(.processPaused(let name)): paused.insert(name)
      case .kernel(.processResumed(let name)), .kernel(.processStarted(let name, _)):
        paused.remove(name)
      default: break
      }
    }
    for process in session.ledger.processes {
      let lives = cluster.simulation.process(named: process.name) != nil
      if lives != process.isAlive {
        problems.append("after \"\(line)\": \(process.name) alive is \(process.isAlive)")
      }
      if paused.contains(process.name) != process.isPaused {
        problems.append("after \"\(line)\": \(process.name) paused is \(process.isPaused)")
      }
      if process.held.contains(where: { !(0..<process.slots).contains($0) }) {
        problems.append("after \"\(line)\": \(process.name) holds \(process.held)")
      }
    }
    if session.ledger.freeSlots < 0 { problems.append("after \"\(line)\": free slots below 0") }
    if session.ledger.slots < session.ledger.freeSlots { problems.append("more free than slots") }
  }

  private mutating func checkHistory(after line: String) {
    for (index, job) in session.jobs.enumerated() {
      guard let id = job.id else { continue }
      let naive = NaiveHistory(session.journal, of: id)
      let history = job.history
      let pairs = [
        ("restarts", history.restarts, naive.restarts),
        ("checkpoints", history.completed.count, naive.completed),
        ("failed-checkpoints", history.failedCheckpoints, naive.failedCheckpoints),
        ("rows", history.committedRows, naive.rows), ("rereads", history.rereads, naive.rereads),
        ("kept rows", job.rows.count, naive.rows),
      ]
      for (name, seen, wanted) in pairs where seen != wanted {
        problems.append("after \"\(line)\": \(name) of job \(index) is \(seen), not \(wanted)")
      }
      if history.recoveries.count > history.restartings.count {
        problems.append("after \"\(line)\": more recoveries than restarts")
      }
      if history.futileRedeployments.count + history.recoveries.count > history.restartings.count {
        problems.append("after \"\(line)\": recoveries and futile redeployments exceed restarts")
      }
      let keys = session.liveState(of: index).map(\.key)
      if Set(keys).count != keys.count {
        problems.append("after \"\(line)\": state of job \(index) has a key twice")
      }
      for (subtask, wanted) in naive.positions
      where !session.taskFigures.contains(where: { $0.job == id && $0.subtask == subtask }) {
        let seen = session.position(of: subtask, in: job)
        if seen != wanted {
          problems.append("after \"\(line)\": position is \(seen ?? -1), not \(wanted)")
        }
      }
      let records = session.value(of: Measure(.records, in: job.name)) ?? -1
      if !(0...lines).contains(records) {
        problems.append("after \"\(line)\": records of job \(index) is \(records) of \(lines)")
      }
    }
  }

  // MARK: The end

  /// Mends all that is broken and waits for every job.
  private mutating func mend() throws {
    let names = session.ledger.processes.map(\.name).filter { $0 != "client" && $0 != "local" }
    for first in names {
      for second in names where first < second {
        try type("heal \(first) from \(second)")
      }
    }
    for process in session.ledger.processes where !process.isAlive {
      try type("restart \(process.name)")
    }
    for job in session.jobs.map(\.name) {
      try type("run until job \(job) FINISHED within 3min")
      if session.job(named: job)?.isOver == false {
        try type("cancel \(job)")
        try type("run 30s")
      }
    }
    try type("run 2min")
  }

  private mutating func judgeTheEnd() {
    for job in session.jobs {
      guard job.isOver else {
        problems.append("job \(job.name) is \(job.history.jobState.rawValue) at the end")
        continue
      }
      guard job.history.jobState == .finished else { continue }
      for expectation in [
        Expectation.outputIsRight(job: job.name), .outputEqualsFailureFree(job: job.name),
        .measure(Measure(.records, in: job.name), .equal, lines),
      ] {
        if job.history.restarts > 0, !job.isExactlyOnce { continue }
        if case .fails(let seen) = session.judge(expectation) {
          problems.append("at the end: \(seen.english)")
        }
      }
    }
    for process in session.ledger.processes where process.slots > 0 {
      if process.condition != .spare {
        problems.append("at the end: \(process.name) is \(process.condition) \(process)")
      }
    }
    if session.ledger.slots != session.ledger.freeSlots {
      problems.append("at the end: \(session.ledger.freeSlots) of \(session.ledger.slots) free")
    }
  }

  private mutating func checkTheFile() throws {
    let file = try SessionFile(parsing: SessionFile(session).text, named: "swarm")
    let again = Self.session(seed: file.seed, lines: lines, keepsRows: true)
    for (number, entry) in file.commands.enumerated() {
      if again.now - .zero != entry.instant {
        problems.append("command \(number) came at \(again.now - .zero) again")
      }
      try again.apply(entry.command)
      if again.digest?.description != entry.digest {
        problems.append("the file parts at command \(number), \(entry.command.text)")
        return
      }
    }
  }
}

extension SessionJob {
  fileprivate var isExactlyOnce: Bool {
    submission.guarantee ?? .exactlyOnce == .exactlyOnce && submission.checkpointInterval != .off
  }
}

/// Lines that a learner could type, most of them sensible.
struct SwarmScript {
  private var random: RandomStream
  private var taskManagers = 1
  private var submitted = 0

  init(seed: UInt64) {
    random = RandomStream(seed: seed, name: "script")
  }

  mutating func opening() -> String {
    if random.chance(1, in: 8) { return "deploy local --slots \(1 + random.below(6))" }
    taskManagers = 1 + random.below(4)
    return "deploy standalone --taskmanagers \(taskManagers) --slots \(1 + random.below(3))"
  }

  mutating func next(jobs: [String]) -> String {
    if submitted == 0 || (submitted < 3 && random.chance(1, in: 8)) { return submission() }
    let job = jobs.isEmpty ? "none" : jobs[random.below(jobs.count)]
    switch random.below(22) {
    case 0...4: return "run \(1 + random.below(6000))ms"
    case 5: return "run \(1 + random.below(90))s"
    case 6: return "step \(1 + random.below(20))"
    case 7: return "run until \(condition(job)) within \(1 + random.below(30))s"
    case 8, 9: return "kill \(taskManager())"
    case 10, 11: return "restart \(taskManager())"
    case 12, 13:
      return "fail task \(["lines", "counts", "rows"][random.below(3)])[\(random.below(4))]"
    case 14: return "pause \(process()) for \(1 + random.below(20000))ms"
    case 15:
      let time = random.chance(1, in: 2) ? " for \(1 + random.below(9000))ms" : ""
      return "slow \(process()) to \(100 + random.below(2000))%\(time)"
    case 16: return "partition \(process()) from \(process())"
    case 17: return "heal \(process()) from \(process())"
    case 18: return random.chance(1, in: 2) ? "checkpoint" : "checkpoint \(job)"
    case 19: return random.chance(1, in: 3) ? "cancel \(job)" : "checkpoint \(job)"
    case 20: return "expect \(condition(job))"
    default: return ["show run", "show recovery", "save x", "describe timeline"][random.below(4)]
    }
  }

  private mutating func submission() -> String {
    submitted += 1
    var line = "submit word-count --name job\(submitted) --parallelism \(1 + random.below(4))"
    if random.chance(3, in: 4) { line += " --rate \(5 + random.below(100))/s" }
    if random.chance(1, in: 4) { line += " --variant normalised" }
    if random.chance(1, in: 4) { line += " --chaining off" }
    if random.chance(1, in: 6) { line += " --guarantee at-least-once" }
    let interval = ["", "100ms", "500ms", "3s", "off", "10ms"][random.below(6)]
    if !interval.isEmpty { line += " --checkpoint-interval \(interval)" }
    return line
  }

  private mutating func condition(_ job: String) -> String {
    let conditions = [
      "job \(job) RUNNING", "job \(job) RESTARTING", "job \(job) FINISHED",
      "checkpoints in \(job) >= \(random.below(9))", "process \(taskManager()) lost",
      "process \(taskManager()) spare", "rows in \(job) > \(random.below(300))",
      "recoveries in \(job) >= 1", "position of lines[0] in \(job) >= \(random.below(60))",
      "state of w7 in \(job) >= 2", "free-slots == 0", "not job \(job) RUNNING",
      "rereads in \(job) > 0",
    ]
    return conditions[random.below(conditions.count)]
  }

  private mutating func taskManager() -> String { "tm-\(1 + random.below(taskManagers))" }

  private mutating func process() -> String {
    random.chance(1, in: 4) ? "jobmanager" : taskManager()
  }
}

/// What a journal says of a job, counted anew from its beginning.
private struct NaiveHistory {
  var restarts = 0
  var completed = 0
  var failedCheckpoints = 0
  var rows = 0
  /// How many elements were read that had been read before.
  var rereads = 0
  /// Where the present or last attempt of each source is known to have come.
  var positions: [SubtaskID: Int] = [:]

  init(_ items: [Journal<JournalEntry>.Item], of job: JobID) {
    for item in items where item.entry.job == job {
      switch item.entry {
      case .restartScheduled: restarts += 1
      case .checkpointCompleted: completed += 1
      case .checkpointAborted, .checkpointTriggerFailed: failedCheckpoints += 1
      case .rowsCommitted(_, _, _, let count, _): rows += count
      case .sourceStopped(_, let subtask, let offset): positions[subtask] = offset
      case .sourceOffset(_, let subtask, let offset, nil):
        rereads += max(0, (positions[subtask] ?? 0) - offset)
        positions[subtask] = offset
      case .sourceOffset(_, let subtask, let offset, _?):
        positions[subtask] = max(positions[subtask] ?? 0, offset)
      default: break
      }
    }
  }
}
