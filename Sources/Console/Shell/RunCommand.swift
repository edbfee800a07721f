import Connectors
import DataStreamAPI
import ArgumentParser
import Deployment
import JobGraphs
import Sandbox
import SimulationKernel
import StreamOperators
import Datasets

/// `drey run`: a job on a cluster of its own, to the end.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a job on a cluster, to its end.",
    discussion: """
      Examples:
        drey run word-count
        drey run word-count --input notes.txt --parallelism 4 --output counts.csv
        drey run word-count --input words --parallelism 2
        drey run word-count --parallelism 2 --rate 20/s --fail "kill tm-1 at 3s"
        drey run socket-word-count --socket 127.0.0.1:9999 --save typed.drey

      For a socket, run "nc -lk 9999" in another terminal first and type there.

      Commands for --fail, each with "at TIME" counted from the submission:
        kill tm-1 · restart tm-1 · fail task counts[0] · pause tm-1 for 3s
        slow tm-1 to 300% for 5s · partition tm-1 from tm-2 · heal tm-1 from tm-2

      Jobs:
      \(Self.jobs)
      """
  )

  /// The jobs that there are, a line each.
  private static var jobs: String {
    let programs = BundledPrograms.catalogue.programs
    let width = programs.map(\.name.count).max() ?? 0
    return programs.flatMap { job in
      let gap = String(repeating: " ", count: width - job.name.count + 2)
      return ["  " + job.name + gap + job.summary]
        + job.parameters.map { parameter in
          "      --set \(parameter.name)=\(parameter.written(parameter.defaultValue)): "
            + parameter.help
        }
    }
    .joined(separator: "\n")
  }

  @Argument(help: "The job.") var job: String
  @Option(
    parsing: .unconditional,
    help: "Which variant: plain; word-count also normalised, hot-sensors salted."
  )
  var variant = "plain"
  @Option(parsing: .unconditional, help: "How the cluster is deployed: standalone or local.")
  var deployment = "standalone"
  @Option(parsing: .unconditional, help: "How many subtasks each operator runs as.")
  var parallelism = "1"
  @Option(
    parsing: .unconditional,
    help: "How many TaskManagers (default: as many as needed, and one to spare)."
  )
  var taskmanagers: String?
  @Option(parsing: .unconditional, help: "How many slots each TaskManager has (default: 1).")
  var slots: String?
  @Option(parsing: .unconditional, help: "Who provides TaskManagers: standalone.") var resources =
    "standalone"
  @Option(
    parsing: .unconditional,
    help: "What to read: a file or a dataset (default: what the job reads, or the-nest)."
  )
  var input: String?
  @Option(
    parsing: .unconditional,
    help: "A socket whose lines are read as they are typed, such as 127.0.0.1:9999."
  )
  var socket: String?
  @Option(parsing: .unconditional, help: "Where committed rows are written, as CSV.") var output:
    String?
  @Option(
    parsing: .unconditional,
    help: "Source elements per virtual second, such as 200/s (default: unlimited)."
  )
  var rate: String?
  @Option(parsing: .unconditional, help: "Virtual time between checkpoints, such as 1s, or off.")
  var checkpointInterval = "1s"
  @Option(parsing: .unconditional, help: "exactly-once, at-least-once or none.") var guarantee =
    "exactly-once"
  @Option(
    parsing: .unconditionalSingleValue,
    help: "A parameter of the job, such as window=10s; see Jobs. Repeatable."
  )
  var set: [String] = []
  @Option(
    parsing: .unconditional,
    help: "How the job is executed: streaming, batch, or automatic (batch if all input is bounded)."
  )
  var runtimeMode = "streaming"
  @Option(
    parsing: .unconditionalSingleValue,
    help: "A command of the language with its time: \"kill tm-1 at 3s\". Repeatable."
  )
  var fail: [String] = []
  @Option(
    parsing: .unconditional,
    help: "The most virtual time that the run may take (default: 1h; none with --socket)."
  )
  var limit: String?
  @Option(parsing: .unconditional, help: "The seed of everything random.") var seed = "1"
  @Option(parsing: .unconditional, help: "Where the journal is written, as JSON Lines.")
  var journal: String?
  @Option(
    parsing: .unconditional,
    help: "Where the session is written, with all that was typed, for drey replay."
  )
  var save: String?
  @Option(
    parsing: .unconditional,
    help: "How much faster than the wall clock a watched run goes (default: 5; 1 with --socket)."
  )
  var speed: String?
  @Flag(help: "Count words without a cluster too, and say whether the rows are right.")
  var verify = false
  @Flag(help: "Print one JSON object instead of pictures.") var json = false
  @Flag(help: "Use ASCII characters only.") var ascii = false

  func run() throws {
    let clock = WallClock()
    let options = try options()
    let speed = try self.speed.map { try positive($0, "--speed") }
    let session = try RunSession(
      options,
      verifies: verify,
      files: RunFiles(output: output, journal: journal, session: save),
      clock: clock,
      speed: speed ?? (options.socket == nil ? 5 : 1)
    )
    let isSuccess: Bool
    if json {
      isSuccess = try session.runSilently()
    } else {
      isSuccess = try session.runVisibly(on: Terminal(forcesASCII: ascii))
    }
    if !isSuccess { throw ExitCode(1) }
  }

  // MARK: Reading the options

  private func options() throws -> RunOptions {
    var submission = JobSubmission(job: job)
    submission.variant = variant
    let program = try submission.program(in: BundledPrograms.catalogue)
    var options = RunOptions(job: program)
    options.settings = try set.flatMap { text throws(UsageError) in
      guard let settings = ParameterSetting.all(parsing: text) else {
        throw UsageError("--set must be NAME=VALUE, such as window=10s, not \"\(text)\"")
      }
      return settings
    }
    options.deployment = try deploymentKind()
    options.parallelism = try number(parallelism, "--parallelism")
    options.taskManagers = try taskmanagers.map { try number($0, "--taskmanagers") }
    options.slots = try slots.map { try number($0, "--slots") }
    options.rate = try rate.map(sourceRate)
    options.guarantee = try deliveryGuarantee()
    options.checkpointInterval = try interval()
    options.runtimeMode = try mode()
    options.faults = try fail.map { try TimedCommand(parsing: $0) }
    options.socket = try socket.map(socketAddress)
    if socket != nil {
      guard input == nil else {
        throw UsageError("--socket and --input exclude each other: the job reads one of them")
      }
      options.limit = RunOptions.endless
    }
    if let limit { options.limit = try duration(limit, "--limit") }
    guard let seed = UInt64(seed) else {
      throw UsageError("--seed must be a whole number from 0, not \"\(seed)\"")
    }
    options.seed = seed
    let isForShow = output == nil && !verify && socket == nil
    options.rowLimit = isForShow ? RunSession.shownRows : .max
    options.inputName = input
    let main = program.inputs.first
    let source = try InputChoice(
      named: input ?? main,
      format: main.flatMap { Dataset.named($0) }?.format ?? .text
    )
    let files = [
      ("--input", source.path), ("--output", output), ("--journal", journal), ("--save", save),
    ]
    try OutputFile.checkDistinct(files.compactMap { option, path in path.map { (option, $0) } })
    let text = try TextInput(source)
    options.input = text.bytes
    options.inputHash = text.contentHash
    for name in program.inputs.dropFirst() {
      let format = Dataset.named(name)?.format ?? .text
      options.otherInputs[name] = try TextInput(InputChoice(named: name, format: format)).bytes
    }
    return options
  }

  private func deploymentKind() throws -> DeploymentKind {
    if ["yarn", "kubernetes"].contains(resources) {
      throw UsageError("--resources \(resources) comes in a later version; there is standalone")
    }
    guard resources == "standalone" else {
      throw UsageError("unknown --resources \"\(resources)\"; there is standalone")
    }
    if let kind = DeploymentKind(rawValue: deployment) { return kind }
    if ["session", "per-job", "application", "yarn", "kubernetes"].contains(deployment) {
      throw UsageError(
        "--deployment \(deployment) comes in a later version; there are standalone and local"
      )
    }
    let known = DeploymentKind.allCases.map(\.rawValue)
    throw UsageError(
      "unknown --deployment \"\(deployment)\"" + Suggestion.text(for: deployment, among: known)
    )
  }

  private func deliveryGuarantee() throws -> DeliveryGuarantee {
    if let value = DeliveryGuarantee(rawValue: guarantee) { return value }
    let known = DeliveryGuarantee.allCases.map(\.rawValue)
    throw UsageError(
      "unknown --guarantee \"\(guarantee)\"" + Suggestion.text(for: guarantee, among: known)
    )
  }

  private func mode() throws -> RuntimeMode {
    if let value = RuntimeMode(rawValue: runtimeMode) { return value }
    let known = RuntimeMode.allCases.map(\.rawValue)
    throw UsageError(
      "unknown --runtime-mode \"\(runtimeMode)\"" + Suggestion.text(for: runtimeMode, among: known)
    )
  }

  private func interval() throws -> VirtualDuration? {
    checkpointInterval == "off" ? nil : try duration(checkpointInterval, "--checkpoint-interval")
  }

  private func sourceRate(_ text: String) throws -> SourceRate {
    let digits = text.hasSuffix("/s") ? String(text.dropLast(2)) : ""
    guard let rate = Int(digits), (1...1_000_000_000).contains(rate) else {
      throw UsageError("--rate must be elements per second, such as 200/s, not \"\(text)\"")
    }
    return SourceRate(elementsPerSecond: rate)
  }

  private func socketAddress(_ text: String) throws(UsageError) -> SocketAddress {
    if let address = SocketAddress(text) { return address }
    throw UsageError("--socket must be a host and a port, such as 127.0.0.1:9999, not \"\(text)\"")
  }

  private func duration(_ text: String, _ option: String) throws -> VirtualDuration {
    guard let duration = VirtualDuration(text: text), duration > .zero else {
      throw UsageError(
        "\(option) must be a time such as 500ms, 3s or 1h, up to 100 years, not \"\(text)\""
      )
    }
    return duration
  }

  private func number(_ text: String, _ option: String) throws -> Int {
    guard let number = Int(text) else {
      throw UsageError("\(option) must be a whole number, not \"\(text)\"")
    }
    return number
  }

  private func positive(_ text: String, _ option: String) throws -> Int {
    let number = try number(text, option)
    guard (1...1_000_000).contains(number) else {
      throw UsageError("\(option) must be from 1 to 1000000, not \(number)")
    }
    return number
  }
}
