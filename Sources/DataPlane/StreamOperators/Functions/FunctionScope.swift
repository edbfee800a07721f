import JobGraphs
import KeyedState
import SimulationKernel
public import StreamModel

/// What the functions of one operator are asked about at the moment; their contexts look into it.
public final class FunctionScope {
  /// The operator's surroundings.
  @usableFromInline let context: OperatorContext
  /// The lists and maps of the subtask itself.
  @usableFromInline let operatorState: OperatorStateStore
  /// The event time of the element at hand, in milliseconds since 1970; nil for none.
  @usableFromInline var timestamp: Int64?
  /// How far event time has come.
  @usableFromInline var watermark = Watermark.none
  /// Which kind of time the timer waited for that fires; nil while none does.
  @usableFromInline var timeDomain: TimeDomain?

  /// The scope of an operator.
  ///
  /// - Throws: `StateCodecError` when restored state cannot be read.
  @usableFromInline
  init(_ context: OperatorContext) throws {
    self.context = context
    operatorState = try OperatorStateStore(
      context.restored,
      subtask: context.subtask,
      parallelism: context.parallelism
    )
  }

  /// A receiver that calls `body` for each record of a batch and emits what came of it as one.
  @inlinable
  func receiver<Element, Output>(
    emittingTo output: OperatorOutput<Output>,
    _ body: @escaping (Element, inout Collector<Output>) throws -> Void
  ) -> BatchReceiver<Element> {
    let capacity = context.bufferCapacity(of: Output.self)
    return BatchReceiver<Element>(operatorName: context.name) { [self] batch in
      var results = Collector<Output>(capacity: batch.count)
      do {
        for index in 0..<batch.count {
          timestamp = batch.timestamps?[index]
          if timestamp == Watermark.noTimestamp { timestamp = nil }
          results.timestamp = timestamp
          try body(batch.values[index], &results)  // order: a block of memory
          if results.count >= capacity { try output.emit(&results) }
        }
      } catch {
        results.discard()
        throw error
      }
      try flush(&results, to: output)
    }
  }

  /// Makes a function; an error that this throws is reported as the operator's.
  @inlinable
  func opening<Function>(_ make: () throws -> Function) throws -> Function {
    do {
      let function = try make()
      try MissingState.check(function)
      return function
    } catch {
      throw OperatorFailure.wrap(error, operatorName: context.name)
    }
  }

  /// Calls `body` and emits what came of it.
  @inlinable
  func emitting<Output>(
    to output: OperatorOutput<Output>,
    _ body: (inout Collector<Output>) throws -> Void
  ) throws {
    var results = Collector<Output>(capacity: 16)
    do {
      try body(&results)
    } catch {
      results.discard()
      throw error
    }
    try flush(&results, to: output)
  }

  @inlinable
  func flush<Output>(
    _ results: inout Collector<Output>,
    to output: OperatorOutput<Output>
  ) throws {
    try output.emit(&results)
    try context.sideOutputs.flush()
  }
}

/// What every function can ask and do, besides its results.
///
/// ```swift
/// let place = "subtask \(context.subtask) of \(context.parallelism), attempt \(context.attempt)"
/// print(place, context.timestamp ?? 0, context.currentWatermark, context.currentProcessingTime)
/// ```
///
/// *Source:* Flink `RuntimeContext` and the `Context` classes of its functions.
public protocol FunctionContexts {
  /// What is asked at the moment.
  var scope: FunctionScope { get }
}

extension FunctionContexts {
  /// The subtask's index, from 0.
  public var subtask: Int { scope.context.subtask }
  /// How many subtasks there are.
  public var parallelism: Int { scope.context.parallelism }
  /// The number of the attempt, 0 at first.
  public var attempt: Int { scope.context.attempt }
  /// The event time of the element at hand, in milliseconds since 1970; nil when it has none.
  ///
  /// In a timer it is the moment that was asked for, of whichever kind of time. *Source:* Flink
  /// `KeyedProcessOperator.OnTimerContextImpl.timestamp`.
  public var timestamp: Int64? { scope.timestamp }
  /// How far event time has come.
  public var currentWatermark: Watermark { scope.watermark }
  /// Processing time, which is virtual time: milliseconds since 1970.
  public var currentProcessingTime: Int64 { scope.context.clock.milliseconds }

  /// Emits beside the results; the element has the event time of the one at hand, or the moment of
  /// the timer, of whichever kind of time.
  ///
  /// ```swift
  /// context.output(OutputTag<String>("odd"), "7")
  /// ```
  ///
  /// *Source:* Flink `Context.output`.
  public func output<Element>(_ tag: OutputTag<Element>, _ element: Element) {
    scope.context.sideOutputs.emit(element, timestamp: scope.timestamp, to: tag)
  }
}

/// What a function without keys can ask.
///
/// ```swift
/// let buffer = try context.listState(named: "buffer", of: String.self)
/// buffer.elements.append("to be")
/// ```
public struct FunctionContext: FunctionContexts {
  /// What is asked at the moment.
  public let scope: FunctionScope

  @usableFromInline
  init(_ scope: FunctionScope) {
    self.scope = scope
  }

  /// A list of the subtask's, kept in checkpoints; its elements are dealt out anew when the
  /// parallelism changes.
  ///
  /// ```swift
  /// let buffer = try context.listState(named: "buffer", of: String.self)
  /// buffer.elements.append("to be")
  /// ```
  ///
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func listState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self
  ) throws -> OperatorListState<Element> {
    try scope.operatorState.listState(named: name, of: type)
  }

  /// A list of the subtask's, kept in checkpoints; on restore every subtask gets the elements of
  /// all.
  ///
  /// ```swift
  /// let everybody = try context.unionListState(named: "everybody", of: Int.self)
  /// everybody.elements.append(context.subtask)
  /// ```
  ///
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func unionListState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self
  ) throws -> OperatorListState<Element> {
    try scope.operatorState.unionListState(named: name, of: type)
  }
}
