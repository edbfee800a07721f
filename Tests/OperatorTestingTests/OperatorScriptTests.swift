import KeyedState
import OperatorTesting
import StreamModel
import StreamOperators
import Testing

/// Every operator, under drawn scripts: what comes out does not depend on how records come
/// together, on when the operator is lost and restored, or on how many subtasks it has.
@Suite struct OperatorScriptTests {
  static let cases: [OperatorCase] =
    OperatorCase.stateless + OperatorCase.keyedFunctions + OperatorCase.subtaskState
    + OperatorCase.windows + OperatorCase.joins + OperatorCase.asking + OperatorCase.eventTime
    + OperatorCase.sinks

  @Test(arguments: cases)
  func batchesMakeNoDifference(_ operation: OperatorCase) {
    #expect(ScriptSearch.failureInBatches(of: operation) == nil)
  }

  @Test(arguments: cases)
  func isTheSameWhereverItIsLost(_ operation: OperatorCase) {
    #expect(ScriptSearch.failureWhenLost(operation) == nil)
  }

  @Test(arguments: cases.filter(\.canBeRescaled))
  func isTheSameAtAnyParallelism(_ operation: OperatorCase) {
    #expect(ScriptSearch.failureWhenRescaled(operation) == nil)
  }

  /// Aligned windows have an operator of their own; it says what the one for any trigger says.
  @Test(arguments: zip(OperatorCase.alignedWindows, OperatorCase.sameWindowsAnyTrigger))
  func theShortWayAndTheLongWayAgree(_ short: OperatorCase, _ long: OperatorCase) {
    #expect(ScriptSearch.difference(between: short, and: long) == nil)
  }

  /// Interval joins by their definition: all pairs of records that came in time.
  @Test(arguments: OperatorCase.intervalBounds)
  func joinsWhatTheDefinitionSays(bounds: OperatorCase.Bounds) {
    let operation = OperatorCase.intervalJoin(bounds)
    let failure = ScriptSearch.failure(of: operation, "model", runs: ScriptSearch.runs * 5) {
      script,
      _ in
      let found = try operation.play(script, OperatorCase.Manner()).seen(as: .rows)
        .filter { !$0.hasPrefix("side") }
      let wanted = bounds.pairs(in: script)
      return found == wanted ? nil : "found \(found), wanted \(wanted)"
    }
    #expect(failure == nil)
  }
}

/// Mistakes that scripts must find.
@Suite struct OperatorScriptCanaryTests {
  /// Counts in a variable, which is lost with the attempt.
  private struct Forgetful: KeyedProcessFunction {
    private var count = 0

    mutating func processElement(
      _ item: Item,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Row>
    ) {
      count += 1
      output.collect(Row(item.key, "\(count)"))
    }
  }

  /// Counts for the subtask what it should count for the key.
  private struct Partial: ProcessFunction {
    private var seen: OperatorListState<Int>?

    init(_ context: FunctionContext) throws {
      seen = try context.listState(named: "seen")
    }

    mutating func processElement(
      _ item: Item,
      _ context: FunctionContext,
      _ output: inout Collector<Row>
    ) {
      seen?.add(item.id)
      output.collect(Row(item.key, "\(seen?.elements.count ?? 0)"))
    }
  }

  @Test func findStateThatIsKeptInVariables() {
    let operation = OperatorCase.keyed(
      "forgetful",
      .keyedProcess(by: KeySelector(\Item.key)) { _ in Forgetful() }
    )
    #expect(ScriptSearch.failureInBatches(of: operation) == nil)
    #expect(ScriptSearch.failureWhenLost(operation)?.contains("lost after") == true)
  }

  @Test func findWhatDependsOnTheSubtask() {
    let operation = OperatorCase(
      "partial",
      .process(Partial.init),
      [.inTurn(Item.self)],
      element: { $0 },
      row: { (row: Row) in row }
    )
    #expect(ScriptSearch.failureWhenLost(operation) == nil)
    #expect(ScriptSearch.failureWhenRescaled(operation)?.contains("parallelism") == true)
  }

  /// Emits only the last record of a batch.
  @Test func findWhatDependsOnBatches() {
    let factory = StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Row>(outputs)
      return StatelessOperator(
        BatchReceiver<Item>(operatorName: context.name) { batch in
          if let last = batch.elements.last { try output.emit(RecordBatch([Row(last)])) }
        }
      )
    }
    let operation = OperatorCase(
      "last of a batch",
      factory,
      [.inTurn(Item.self)],
      element: { $0 },
      row: { (row: Row) in row }
    )
    #expect(ScriptSearch.failureInBatches(of: operation)?.contains("in batches") == true)
  }

  /// The shortest script that was found has little in it that does not matter.
  @Test func showAShortScript() {
    let operation = OperatorCase.keyed(
      "forgetful",
      .keyedProcess(by: KeySelector(\Item.key)) { _ in Forgetful() }
    )
    let lines = ScriptSearch.failureWhenLost(operation)?.split(separator: "\n") ?? []
    #expect(lines.count { $0.hasPrefix("  ") } == 2)
  }
}
