public import RecordFormats
import StreamOperators

/// A program as a value: what it is called, what it can be told, what it reads, and what it does
/// with an environment.
///
/// Nothing runs when a program is made. Whoever runs it (a cluster in a script, `drey run`, a
/// lesson, a test) makes an environment, lets ``main`` describe the job there, and decides what
/// becomes of the graph. So the same program can run anywhere, any number of times.
///
/// ```swift
/// let lineLengths = Program("line-lengths", columns: ["length", "lines"]) { environment in
///   environment.readTextFile(environment.input)
///     .map { Tuple2($0.utf8.count, 1) }
///     .keyBy(\.f0)
///     .sum(\.f1)
///     .sinkTo(FileSink.csv())
/// }
/// ```
///
/// *Source:* Flink `PackagedProgram`, a jar with a main method; here with its parameters declared.
public struct Program: Sendable {
  /// The name that it is run by, and that its job has unless a submission gives another.
  public let name: String
  /// What it does, in a line.
  public let summary: String
  /// The names of the columns of its rows, for headers and tables.
  public let columns: [String]
  /// The inputs that it reads, the one first in whose place a run may name another; none for a
  /// program that reads any text, or nothing.
  public let inputs: [String]
  /// What it can be told, each under a name of its own.
  public let parameters: [ProgramParameter]
  /// The names of its variants beside the plain one, and the programs that they are.
  public let variants: [(name: String, program: String)]
  /// Whether its rows under failures are those without: it depends on no order and on no clock.
  public let isConfluent: Bool
  /// Whether it can read a socket instead of its first input.
  public let readsSockets: Bool
  /// What is wrong with its rows; nil where nobody knows the right ones.
  public let findMistake: MistakeFinder?
  /// Describes the job in an environment.
  public let main: @Sendable (StreamExecutionEnvironment) throws -> Void

  /// Finds what is wrong with the rows of a program, without a cluster: nil when nothing is.
  ///
  /// It is given the main input, the rows as lines of CSV, and whether they are final ones only, as
  /// batch emits them.
  public typealias MistakeFinder =
    @Sendable (
      _ input: InputBytes,
      _ rows: [String],
      _ isFinal: Bool
    ) -> String?

  /// Makes a program; only a name and what it does are needed.
  ///
  /// ```swift
  /// let lineLengths = Program("line-lengths", columns: ["length", "lines"]) { environment in
  ///   environment.readTextFile(environment.input)
  ///     .map { Tuple2($0.utf8.count, 1) }
  ///     .keyBy(\.f0)
  ///     .sum(\.f1)
  ///     .sinkTo(FileSink.csv())
  /// }
  /// ```
  public init(
    _ name: String,
    summary: String = "",
    columns: [String] = [],
    inputs: [String] = [],
    parameters: [ProgramParameter] = [],
    variants: [(name: String, program: String)] = [],
    isConfluent: Bool = false,
    readsSockets: Bool = false,
    findMistake: MistakeFinder? = nil,
    main: @escaping @Sendable (StreamExecutionEnvironment) throws -> Void
  ) {
    precondition(
      Set(parameters.map(\.name)).count == parameters.count,
      "program \(name) has two parameters of one name"
    )
    self.name = name
    self.summary = summary
    self.columns = columns
    self.inputs = inputs
    self.parameters = parameters
    self.variants = variants
    self.isConfluent = isConfluent
    self.readsSockets = readsSockets
    self.findMistake = findMistake
    self.main = main
  }

  /// The names of its variants, the plain one first.
  ///
  /// ```swift
  /// print(lineLengths.variantNames)
  /// ```
  public var variantNames: [String] { ["plain"] + variants.map(\.name) }
}
