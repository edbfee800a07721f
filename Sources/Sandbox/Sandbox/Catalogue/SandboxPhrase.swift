package import SimulationKernel

/// What the command language says when something is wrong with what a user wrote: ids with
/// arguments, and their text in English.
package enum SandboxPhrase: Sendable, Equatable {
  /// What may be unknown.
  package enum Thing: Sendable {
    case program, parameter, variant, option, process, job, input, operatorName, checkpoint
  }

  // What cannot be understood.
  case emptyCommand, openQuote(line: String)
  case unknownVerb(String, among: [String], line: String)
  case unknownWord(String, among: [String], line: String)
  case unknown(Thing, String, among: [String])
  case incomplete(line: String, shape: String, example: String)
  case optionTwice(String, line: String)
  case noNumber(String, least: Int, most: Int, line: String), noTime(String, line: String)
  case tooLong(String, most: VirtualDuration, line: String)
  case noPercentage(String, line: String), noRate(String, line: String), noTask(line: String)
  case noInstant(line: String), oneInstant(line: String), noFault(line: String)
  case noAddress(String, line: String), noCodePoint(line: String)
  case noSettings(String, line: String), parameterTwice(String), noParameters(String)
  // What cannot be done.
  case parallelismOutOfRange(Int, highest: Int)
  case tooManyChannels(Int, channels: Int, most: Int)
  case checkpointsTooClose(VirtualDuration)
  case taskManagersOutOfRange(Int), slotsOutOfRange(Int), localHasOneTaskManager(Int)
  case nothingDeployed(line: String), deployedAlready
  case nothingSubmitted(line: String), jobNameTaken(String), jobIsOver(String, state: String)
  case processIsDead(String, line: String), processLives(String, line: String)
  case localHasNoProcess(String, line: String), jobManagerCannotDie(line: String)
  case linkNeedsTwoEnds(line: String), linkIsWhole(line: String)
  case noSuchProcess(String, among: [String], line: String)
  case noSuchTask(String, Int, line: String), noSuchOperator(String, among: [String], line: String)
  case noTaskYet(line: String)
  case readsNoSocket(String), socketTaken(by: String), socketHasNoRate
  case nobodyReadsSocket(line: String), socketIsClosed(line: String)
  case commandFails(number: Int, String)
  case checkpointsAreOff(String), noCheckpoint(Int, known: Int)
  case nothingToLookAt(String), noTruth(String), notConfluent(String)

  /// The sentence in English, without a full stop.
  package var english: String {
    switch self {
    case .emptyCommand: "an empty command"
    case .openQuote(let line): "a quote is not closed in \(Self.quoted(line))"
    case .unknownVerb(let verb, let known, let line):
      "unknown command \(Self.quoted(verb)) in \(Self.quoted(line))"
        + Suggestion.text(for: verb, among: known)
    case .unknownWord(let word, let known, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) is not known here"
        + Suggestion.text(for: word, among: known)
    case .unknown(let thing, let name, let known):
      "unknown \(Self.name(of: thing)) \(Self.quoted(name))"
        + Suggestion.text(for: name, among: known)
    case .incomplete(let line, _, let example):
      "\(Self.quoted(line)) is incomplete or has too much; write \(Self.quoted(example))"
    case .optionTwice(let name, let line): "--\(name) stands twice in \(Self.quoted(line))"
    case .noNumber(let word, let least, let most, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) must be a whole number from \(least)"
        + " to \(most)"
    case .tooLong(let word, let most, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) is too long; at most \(most) go"
    case .noTime(let word, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) is no time; write 500ms, 3s, 2min or 1h"
    case .noPercentage(let word, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) must be a percentage from 100% to 100000%;"
        + " 300% takes three times as long"
    case .noRate(let word, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) must be elements per second, such as 200/s"
    case .noAddress(let word, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) must be a host and a port, such as"
        + " 127.0.0.1:9999"
    case .noSettings(let word, let line):
      "\(Self.quoted(word)) in \(Self.quoted(line)) must set parameters, such as window=10s;"
        + " several have commas between them"
    case .parameterTwice(let name): "the parameter \(name) is set twice"
    case .noParameters(let job): "job \(job) has no parameters to set"
    case .noCodePoint(let line):
      "\(Self.quoted(line)) has a \\u without the number of a character, such as \\u{2028}"
    case .noTask(let line):
      "\(Self.quoted(line)) must name a task with its index: fail task counts[0]"
    case .noInstant(let line): "\(Self.quoted(line)) does not say when: add \"at 3s\""
    case .oneInstant(let line):
      "\(Self.quoted(line)) needs one time after \"at\", such as \"at 3s\""
    case .noFault(let line):
      "\(Self.quoted(line)) strikes nothing: a plan holds kill, restart, fail, pause, slow,"
        + " partition and heal"
    case .parallelismOutOfRange(let parallelism, let highest):
      "parallelism must be from 1 to \(highest), not \(parallelism)"
    case .tooManyChannels(let parallelism, let channels, let most):
      "parallelism \(parallelism) needs \(channels) channels between its tasks, which do not"
        + " fit in memory; at most \(most) do"
    case .checkpointsTooClose(let interval):
      "checkpoints need an interval of at least 10ms, not \(interval)"
    case .taskManagersOutOfRange(let count):
      "the number of TaskManagers must be from 1 to 4096, not \(count)"
    case .slotsOutOfRange(let count): "the number of slots must be from 1 to 4096, not \(count)"
    case .localHasOneTaskManager(let count):
      "a local cluster is one process with one TaskManager, not \(count)"
    case .nothingDeployed(let line):
      "\(Self.quoted(line)) needs a cluster; deploy one first, such as"
        + " \"deploy standalone --taskmanagers 3\""
    case .deployedAlready: "there is a cluster already; a session has one"
    case .nothingSubmitted(let line):
      "\(Self.quoted(line)) needs a job; submit one first, such as \"submit word-count\""
    case .jobNameTaken(let name):
      "a job \(name) was submitted already; give this one another name with --name"
    case .jobIsOver(let name, let state): "job \(name) is over: it is \(state)"
    case .processIsDead(let name, let line):
      "\(Self.quoted(line)): \(name) does not live"
    case .processLives(let name, let line): "\(Self.quoted(line)): \(name) lives already"
    case .localHasNoProcess(let name, let line):
      "\(Self.quoted(line)): a local cluster is one process, so there is no \(name) of its own"
        + " to strike; fail a task, or use a standalone cluster"
    case .jobManagerCannotDie(let line):
      "\(Self.quoted(line)): without high availability the job would be lost with its JobManager;"
        + " strike a TaskManager"
    case .linkIsWhole(let line): "\(Self.quoted(line)): nobody has cut that link"
    case .linkNeedsTwoEnds(let line): "\(Self.quoted(line)): a link has two different ends"
    case .noSuchProcess(let name, let known, let line):
      "\(Self.quoted(line)): there is no process \(name); there are "
        + known.joined(separator: ", ")
    case .readsNoSocket(let job):
      "job \(job) reads no socket; socket-word-count does"
    case .socketTaken(let job): "job \(job) has the socket; a session has one"
    case .socketHasNoRate: "a socket gives what is typed, when it is typed: it takes no --rate"
    case .nobodyReadsSocket(let line):
      "\(Self.quoted(line)): no job reads a socket; submit one first, such as"
        + " \"submit socket-word-count --socket 127.0.0.1:9999\""
    case .commandFails(let number, let problem): "command \(number): \(problem)"
    case .socketIsClosed(let line): "\(Self.quoted(line)): the socket is closed"
    case .noSuchTask(let name, let index, let line):
      "\(Self.quoted(line)): \(name) has no task \(index); its tasks count from 0"
    case .noSuchOperator(let name, let known, let line):
      "\(Self.quoted(line)): the job has no operator \(name)"
        + Suggestion.text(for: name, among: known)
    case .noTaskYet(let line): "\(Self.quoted(line)): the job has no task yet; let it run a little"
    case .checkpointsAreOff(let name): "job \(name) takes no checkpoints"
    case .noCheckpoint(let number, let known):
      "there is no checkpoint \(number); "
        + (known == 0 ? "none has begun" : "the last one is \(known)")
    case .nothingToLookAt(let subject): "there is nothing to show of \(subject) yet"
    case .noTruth(let job): "nobody knows the right rows of \(job) without running it"
    case .notConfluent(let job):
      "the rows of \(job) depend on order or on clocks; another run may have others"
    }
  }

  /// A text as it is quoted; of a very long one only the beginning.
  private static func quoted(_ text: String) -> String {
    text.count > 80 ? "\"\(text.prefix(80))…\"" : "\"\(text)\""
  }

  private static func name(of thing: Thing) -> String {
    switch thing {
    case .program: "job"
    case .parameter: "parameter"
    case .variant: "variant"
    case .option: "option"
    case .process: "process"
    case .job: "job of this session"
    case .input: "input"
    case .operatorName: "operator"
    case .checkpoint: "checkpoint"
    }
  }
}
