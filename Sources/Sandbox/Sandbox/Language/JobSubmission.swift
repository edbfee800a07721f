import StreamModel
package import DataStreamAPI
package import JobGraphs
package import SimulationKernel

/// What a user says of a job that is submitted, or of one whose plan is looked at.
///
/// What is nil has Drey's default: parallelism 1, no rate, the input that is bundled for the job, a
/// checkpoint every second, exactly once, chained.
package struct JobSubmission: Equatable, Sendable {
  /// The time between checkpoints, or none at all.
  package enum CheckpointInterval: Equatable, Sendable {
    /// A checkpoint at every interval.
    case every(VirtualDuration)
    /// No checkpoints.
    case off
  }

  /// The name of the program in the catalogue.
  package var job: String
  /// Which variant of it; nil means the plain one.
  package var variant: String?
  /// The name under which it is submitted; nil means the job's own.
  package var name: String?
  /// The parallelism of every operator.
  package var parallelism: Int?
  /// Source elements per virtual second.
  package var rate: Int?
  /// The input's name.
  package var input: String?
  /// The socket that it reads instead of an input.
  package var socket: SocketAddress?
  /// The time between checkpoints.
  package var checkpointInterval: CheckpointInterval?
  /// What checkpoints guarantee.
  package var guarantee: DeliveryGuarantee?
  /// Whether operators are chained.
  package var isChained: Bool?
  /// Whether it is executed as streaming or as batch; nil means streaming.
  package var runtimeMode: RuntimeMode?
  /// What parameters of the program are set to.
  package var settings: [ParameterSetting] = []

  /// Describes a submission with every default.
  package init(job: String) {
    self.job = job
  }

  /// Whether it says nothing but the job.
  package var hasNoOptions: Bool { self == JobSubmission(job: job) }

  /// What stands behind `submit`.
  package var text: String {
    ([CommandWords.quoted(job)] + optionWords).joined(separator: " ")
  }

  /// The options that it gives, as they are written.
  var optionWords: [String] {
    var words: [String] = []
    if let variant { words.append("--variant \(CommandWords.quoted(variant))") }
    if let name { words.append("--name \(CommandWords.quoted(name))") }
    if let parallelism { words.append("--parallelism \(parallelism)") }
    if let rate { words.append("--rate \(rate)/s") }
    if let input { words.append("--input \(CommandWords.quoted(input))") }
    if let socket { words.append("--socket \(CommandWords.quoted(socket.text))") }
    switch checkpointInterval {
    case .every(let interval): words.append("--checkpoint-interval \(interval)")
    case .off: words.append("--checkpoint-interval off")
    case nil: break
    }
    if let guarantee { words.append("--guarantee \(guarantee.rawValue)") }
    if let isChained { words.append("--chaining \(isChained ? "on" : "off")") }
    if let runtimeMode { words.append("--runtime-mode \(runtimeMode.rawValue)") }
    if !settings.isEmpty {
      words.append("--set \(CommandWords.quoted(ParameterSetting.text(of: settings)))")
    }
    return words
  }
}

extension JobSubmission {
  /// The most channels that a job may have; each costs about a kilobyte on its two ends.
  static let channelLimit = 1_000_000

  /// The program that it names, in the variant that it names.
  ///
  /// - Throws: ``UsageError`` when there is no such program or variant.
  package func program(in catalogue: JobCatalogue) throws(UsageError) -> Program {
    guard let program = catalogue[job] else {
      throw UsageError(.unknown(.program, job, among: catalogue.names))
    }
    guard let variant else { return program }
    guard let wanted = catalogue.variant(named: variant, of: program) else {
      throw UsageError(.unknown(.variant, variant, among: program.variantNames))
    }
    return wanted
  }

  /// Checks the numbers.
  ///
  /// - Throws: ``UsageError`` with the first that cannot be.
  func check() throws(UsageError) {
    let parallelism = parallelism ?? 1
    let highest = KeyGroupAssignment.highestMaxParallelism
    guard (1...highest).contains(parallelism) else {
      throw UsageError(.parallelismOutOfRange(parallelism, highest: highest))
    }
    let channels = parallelism * parallelism
    guard channels <= Self.channelLimit else {
      throw UsageError(.tooManyChannels(parallelism, channels: channels, most: Self.channelLimit))
    }
    if case .every(let interval) = checkpointInterval, interval < .milliseconds(10) {
      throw UsageError(.checkpointsTooClose(interval))
    }
  }

  /// The settings that decide how the program is executed.
  func configure(_ environment: StreamExecutionEnvironment) {
    let guarantee = guarantee ?? .exactlyOnce
    if isChained == false { environment.disableOperatorChaining() }
    if let runtimeMode { environment.setRuntimeMode(runtimeMode) }
    guard guarantee != .none else { return }
    switch checkpointInterval ?? .every(.seconds(1)) {
    case .every(let interval):
      environment.enableCheckpointing(every: interval, guarantee: guarantee)
    case .off: break
    }
  }
}
