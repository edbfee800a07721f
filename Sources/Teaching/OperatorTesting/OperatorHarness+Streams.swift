public import DataStreamAPI
import JobGraphs
import StreamModel
import StreamOperators

// Harnesses of what a program does with its streams.

extension OperatorHarness {
  /// Opens the operator that a program puts behind a stream: input 0.
  ///
  ///     let harness = try OperatorHarness { (readings: DataStream<Reading>) in
  ///       readings.keyBy(\.sensor).window(.tumblingEventTime(.seconds(5))).reduce(hotter)
  ///     }
  ///
  /// - Throws: ``HarnessError/notOneOperator(_:)`` when it puts more there than one, or nothing;
  ///   `OperatorFailure` when the operator cannot be opened.
  public convenience init<Element>(
    options: HarnessOptions = HarnessOptions(),
    of program: (DataStream<Element>) -> DataStream<Output>
  ) throws {
    let environment = StreamExecutionEnvironment(parallelism: options.parallelism)
    _ = program(environment.tested(Element.self))
    try self.init(environment, unkeyed: [.inTurn(Element.self)], options)
  }

  /// Opens the operator that a program puts behind two streams: inputs 0 and 1.
  ///
  /// - Throws: as ``init(options:of:)``.
  public convenience init<First, Second>(
    options: HarnessOptions = HarnessOptions(),
    of program: (DataStream<First>, DataStream<Second>) -> DataStream<Output>
  ) throws {
    let environment = StreamExecutionEnvironment(parallelism: options.parallelism)
    let first = environment.tested(First.self)
    _ = program(first, environment.tested(Second.self))
    try self.init(
      environment,
      unkeyed: [.inTurn(First.self), .inTurn(Second.self)],
      options
    )
  }

  private convenience init(
    _ environment: StreamExecutionEnvironment,
    unkeyed: [HarnessInput],
    _ options: HarnessOptions
  ) throws {
    let graph = environment.streamGraph(named: "harness")
    let operators = graph.nodes.filter { $0.kind != .source }
    let names = operators.map(\.name)
    guard let node = operators.first, operators.count == 1,
      let factory = node.factory as? StreamOperatorFactory
    else { throw HarnessError.notOneOperator(names) }
    let inputs = unkeyed.enumerated().compactMap { input, inTurn -> HarnessInput? in
      let edge = graph.edges.first { $0.target == node.id && $0.input == input }
      // The test is not as wide as the operator: it cannot forward.
      if edge?.strategy == .forward { return inTurn }
      return (edge?.writer as? StreamEdgeWriterFactory).map { HarnessInput($0) }
    }
    guard inputs.count == unkeyed.count else { throw HarnessError.notOneOperator(names) }
    var options = options
    options.parallelism = node.parallelism
    options.maxParallelism = node.maxParallelism ?? options.maxParallelism
    options.name = node.name
    try self.init(factory, inputs: inputs, options: options)
  }
}

extension StreamExecutionEnvironment {
  /// A stream that a test feeds: its source is never opened.
  fileprivate func tested<Element>(_ type: Element.Type) -> DataStream<Element> {
    addSource(
      "test",
      StreamOperatorFactory { _, _ in
        fatalError("broken invariant: the source of a harness was opened")
      }
    )
  }
}
