import KeyedState
public import SimulationKernel
import StreamModel
public import StreamOperators
public import RecordFormats
public import Connectors
import ExternalSystems
public import JobGraphs

/// Where a program begins: it remembers what the program says, and runs nothing.
///
/// ```swift
/// let environment = try DreyCluster(taskManagers: 2).environment()
/// environment.fromData("to be", "or not").map { $0.utf8.count }.print()
/// try environment.execute("lengths")
/// ```
///
/// A program is a function of an environment; whoever calls it (a sandbox, a test) decides what
/// becomes of the graph. *Source:* Flink `StreamExecutionEnvironment`.
public final class StreamExecutionEnvironment {
  /// How many subtasks an operator runs as that says nothing else.
  ///
  /// ```swift
  /// environment.setParallelism(4)
  /// ```
  public var parallelism: Int

  /// How many key groups an operator has that says nothing else; nil lets Flink's rule decide.
  ///
  /// ```swift
  /// environment.setMaxParallelism(256)
  /// ```
  ///
  /// What counts is its value when the graph is made.
  public var maxParallelism: Int?

  /// How the job is to be executed.
  public var settings = JobSettings()

  /// What the program is run with: said by whoever runs it.
  public var arguments = ProgramArguments()

  /// Runs what ``execute(_:)`` describes: installed by whoever runs the program; nil where nobody
  /// can.
  public var executor: (any ProgramExecutor)?

  @usableFromInline var plan = Plan()

  /// Makes an environment with that default parallelism.
  public init(parallelism: Int = 1) {
    self.parallelism = parallelism
  }

  /// Says how many subtasks an operator runs as that says nothing else.
  ///
  /// ```swift
  /// environment.setParallelism(4)
  /// ```
  ///
  /// *Source:* Flink `setParallelism`.
  public func setParallelism(_ parallelism: Int) { self.parallelism = parallelism }

  /// Says how many key groups an operator has that says nothing else.
  ///
  /// ```swift
  /// environment.setMaxParallelism(256)
  /// ```
  ///
  /// *Source:* Flink `setMaxParallelism`.
  public func setMaxParallelism(_ maxParallelism: Int) { self.maxParallelism = maxParallelism }

  /// Says how the job is executed.
  ///
  /// ```swift
  /// environment.setRuntimeMode(.batch)
  /// ```
  ///
  /// *Source:* Flink `setRuntimeMode`.
  public func setRuntimeMode(_ mode: RuntimeMode) {
    settings.runtimeMode = mode
  }

  /// Lets every operator run as a task of its own.
  ///
  /// ```swift
  /// environment.disableOperatorChaining()
  /// ```
  public func disableOperatorChaining() {
    settings.isChainingEnabled = false
  }

  /// Takes a checkpoint at every interval.
  ///
  /// ```swift
  /// environment.enableCheckpointing(every: .seconds(10), guarantee: .atLeastOnce)
  /// ```
  ///
  /// *Source:* Flink `enableCheckpointing`.
  public func enableCheckpointing(
    every interval: VirtualDuration,
    guarantee: DeliveryGuarantee = .exactlyOnce
  ) {
    settings.checkpoints = CheckpointSettings(interval: interval, guarantee: guarantee)
  }

  /// Says what happens after a failure.
  ///
  /// ```swift
  /// environment.setRestartStrategy(.fixedDelay(attempts: 3, delay: .seconds(1)))
  /// ```
  public func setRestartStrategy(_ strategy: RestartStrategy) {
    settings.restartStrategy = strategy
  }

  /// A stream from a source that reads splits by a format.
  ///
  /// ```swift
  /// environment.source("numbers") { _ in CollectionFormat([1, 2, 3]) }.print()
  /// ```
  ///
  /// Without a rate of its own it has that of the run; ``StreamOperators/SourceRate/unlimited``
  /// lets it read as fast as it can in any run.
  @inlinable
  public func source<Format: SplitFormat & SendableMetatype>(
    _ name: String,
    rate: SourceRate? = nil,
    _ makeFormat: @escaping @Sendable (OperatorContext) throws -> Format
  ) -> DataStream<Format.Element> {
    addSource("Source: \(name)", .source(rate: rate ?? arguments.rate, makeFormat))
  }

  /// A stream of the elements of an array.
  ///
  /// ```swift
  /// environment.fromData([3, 1, 2]).print()
  /// ```
  ///
  /// Like Flink's, it runs at parallelism 1 unless told otherwise.
  public func fromData<Element: Sendable>(
    _ elements: [Element],
    rate: SourceRate? = nil
  ) -> DataStream<Element> {
    source("Collection Source", rate: rate) { _ in CollectionFormat(elements) }.setParallelism(1)
  }

  /// A stream of some elements.
  ///
  /// ```swift
  /// environment.fromData("to", "be", "or", "not").print()
  /// ```
  public func fromData<Element: Sendable>(
    _ first: Element,
    _ others: Element...,
    rate: SourceRate? = nil
  ) -> DataStream<Element> {
    fromData([first] + others, rate: rate)
  }

  /// A stream of whole numbers, from the first to the last.
  ///
  /// ```swift
  /// environment.fromSequence(1, 100).print()
  /// ```
  ///
  /// *Source:* Flink `fromSequence`.
  public func fromSequence(_ from: Int, _ to: Int, rate: SourceRate? = nil) -> DataStream<Int> {
    fromSequence(count: max(0, to - from + 1), rate: rate) { from + $0 }
  }

  /// A stream of the lines of a UTF-8 text.
  ///
  /// ```swift
  /// environment.readTextFile("notes").filter { !$0.isEmpty }.print()
  /// ```
  public func readTextFile(_ input: String, rate: SourceRate? = nil) -> DataStream<String> {
    let input = name(ofInput: input)
    return source("lines", rate: rate) { context in
      TextLineFormat(try context.inputs.bytes(named: input), named: input)
    }
  }

  /// A stream of the rows of a CSV file with a header line, each made by a function.
  ///
  /// ```swift
  /// environment.readCSVFile("readings") { row in
  ///   Tuple2(try row.text("room"), try row.integer("degrees"))
  /// }
  /// .print()
  /// ```
  public func readCSVFile<Element>(
    _ input: String,
    onBadRow: BadRowPolicy = .fail,
    rate: SourceRate? = nil,
    decode: @escaping @Sendable (CSVRecord) throws -> Element
  ) -> DataStream<Element> {
    let input = name(ofInput: input)
    return source("rows", rate: rate) { context in
      try CSVFormat(
        try context.inputs.bytes(named: input),
        named: input,
        onBadRow: onBadRow,
        decode: decode
      )
    }
  }

  /// A stream of the rows of a CSV file with a header line, each a structure whose properties bear
  /// the names of columns; an optional is nil where its field is blank.
  ///
  /// ```swift
  /// environment.readCSVFile("readings", as: Reading.self, onBadRow: .setAside()).print()
  /// ```
  public func readCSVFile<Element: Decodable & SendableMetatype>(
    _ input: String,
    as type: Element.Type,
    onBadRow: BadRowPolicy = .fail,
    rate: SourceRate? = nil
  ) -> DataStream<Element> {
    let input = name(ofInput: input)
    return source("rows", rate: rate) { context in
      try CSVFormat(
        try context.inputs.bytes(named: input),
        named: input,
        as: type,
        onBadRow: onBadRow
      )
    }
  }

  /// A stream of the lines of a JSON Lines file, each a structure whose properties bear the names
  /// of keys; an optional is nil where its key is missing.
  ///
  /// ```swift
  /// environment.readJSONLines("readings", as: Reading.self).print()
  /// ```
  public func readJSONLines<Element: Decodable & SendableMetatype>(
    _ input: String,
    as type: Element.Type,
    onBadRow: BadRowPolicy = .fail,
    rate: SourceRate? = nil
  ) -> DataStream<Element> {
    let input = name(ofInput: input)
    return source("rows", rate: rate) { context in
      JSONLinesFormat(
        try context.inputs.bytes(named: input),
        named: input,
        as: type,
        onBadRow: onBadRow
      )
    }
  }

  /// A stream of `count` generated elements; each is made from its number and a random stream of
  /// its own, so the elements are the same at any parallelism and after any recovery.
  ///
  /// ```swift
  /// environment.generate(count: 1_000, seed: 7) { number, random in
  ///   Tuple2(number, random.below(6) + 1)
  /// }
  /// .print()
  /// ```
  public func generate<Element>(
    count: Int,
    seed: UInt64 = 1,
    rate: SourceRate? = nil,
    _ generate: @escaping @Sendable (Int, inout RandomStream) -> Element
  ) -> DataStream<Element> {
    source("generator", rate: rate) { _ in
      GeneratorFormat(count: count, seed: seed, generate)
    }
  }

  /// A stream of elements made from their numbers, from 0 on.
  ///
  /// ```swift
  /// environment.fromSequence(count: 10) { "number \($0)" }.print()
  /// ```
  ///
  /// *Source:* Flink `fromSequence` followed by a map.
  @inlinable
  public func fromSequence<Element>(
    count: Int,
    rate: SourceRate? = nil,
    _ make: @escaping @Sendable (Int) -> Element
  ) -> DataStream<Element> {
    source("Sequence Source", rate: rate) { _ in SequenceFormat(count: count, make) }
  }

  /// The program so far as a graph of its operators.
  public func streamGraph(named name: String) -> StreamGraph {
    plan.streamGraph(named: name, maxParallelism: maxParallelism, settings: settings)
  }
}
