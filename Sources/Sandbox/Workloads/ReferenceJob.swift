public import DataStreamAPI

/// What a reference job is run with.
public struct JobParameters: Sendable {
  /// The name of the input that it reads first.
  public var input: String
  /// The names of all inputs that it reads, by the datasets that they are.
  public var inputs: [String: String]
  /// How fast its sources emit, or nil for as fast as they can.
  public var rate: SourceRate?
  /// How many rows its sink writes; all are counted.
  public var rowLimit: Int
  /// Whether it reads a socket instead of its first input.
  public var readsSocket: Bool

  /// Makes parameters.
  public init(
    input: String,
    inputs: [String: String] = [:],
    rate: SourceRate? = nil,
    rowLimit: Int = .max,
    readsSocket: Bool = false
  ) {
    self.input = input
    self.inputs = inputs
    self.rate = rate
    self.rowLimit = rowLimit
    self.readsSocket = readsSocket
  }

  /// The name of the input that is, or stands for, a dataset.
  public func input(_ dataset: String) -> String { inputs[dataset] ?? dataset }
}

/// A job that Drey brings along: to run by name, and to read as an example.
public struct ReferenceJob: Sendable {
  /// The name that it is run by.
  public let name: String
  /// What it does, in a line.
  public let summary: String
  /// The names of the columns of its rows.
  public let columns: [String]
  /// The datasets that it reads, the one first for which another input may be named; none for a job
  /// that reads any text.
  public let inputs: [String]
  /// Whether its rows under failures are those without: it depends on no order and on no clock.
  public let isConfluent: Bool
  /// Whether it can read a socket instead of its input.
  public let readsSockets: Bool
  /// What is wrong with its rows on an input, found without a cluster; nil where nothing is, and no
  /// function where nobody knows.
  public let mistake: (@Sendable (InputBytes, [String]) -> String?)?
  /// The same for its rows in batch, where those are others: the final ones only.
  public let finalMistake: (@Sendable (InputBytes, [String]) -> String?)?
  /// The names of its variants beside the plain one, and the jobs that they are.
  public let variants: [(name: String, job: String)]
  /// Writes the program.
  public let program: @Sendable (StreamExecutionEnvironment, JobParameters) -> Void

  /// Makes a job.
  public init(
    name: String,
    summary: String,
    columns: [String],
    inputs: [String] = [],
    isConfluent: Bool,
    readsSockets: Bool = false,
    variants: [(name: String, job: String)] = [],
    mistake: (@Sendable (InputBytes, [String]) -> String?)? = nil,
    finalMistake: (@Sendable (InputBytes, [String]) -> String?)? = nil,
    program: @escaping @Sendable (StreamExecutionEnvironment, JobParameters) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.columns = columns
    self.inputs = inputs
    self.isConfluent = isConfluent
    self.readsSockets = readsSockets
    self.variants = variants
    self.mistake = mistake
    self.finalMistake = finalMistake
    self.program = program
  }

  /// What finds the mistakes in its rows: in batch in the final ones.
  public func mistake(
    inBatch isBatch: Bool
  ) -> (@Sendable (InputBytes, [String]) -> String?)? {
    isBatch ? finalMistake ?? mistake : mistake
  }

  /// Every reference job.
  public static let all: [ReferenceJob] = [
    .wordCount, .wordCountNormalised, .windowedWordCount, .socketWordCount, .hourlyDepartures,
    .lateDepartures, .carrierDelay, .flightEnrichment, .departuresAndArrivals, .overdueLanding,
    .clickSessions, .hotSensors, .hotSensorsSalted, .fraud,
  ]

  /// The names of its variants, the plain one first.
  public var variantNames: [String] { ["plain"] + variants.map(\.name) }

  /// The job in one of its variants.
  public func variant(named name: String) -> ReferenceJob? {
    if name == "plain" { return self }
    return variants.first { $0.name == name }.flatMap { Self.named($0.job) }
  }

  /// The reference job of that name.
  public static func named(_ name: String) -> ReferenceJob? {
    all.first { $0.name == name }
  }
}
