import DequeModule
import JobGraphs
import KeyedState
public import SimulationKernel
import StreamModel

/// How an operator that asks a service emits what it is told.
public struct AsyncSettings: Sendable {
  /// In which order results are emitted.
  public enum Order: Sendable {
    /// In that of the elements.
    case ordered
    /// As replies come; only watermarks are overtaken by none, and overtake none.
    case unordered
  }

  /// In which order results are emitted.
  public var order: Order
  /// How long a reply is waited for; nil for as long as it takes.
  public var timeout: VirtualDuration?
  /// How many replies are waited for at a time; further elements wait, and so does the task.
  public var capacity: Int

  /// Makes settings.
  ///
  /// - Precondition: The capacity is at least 1.
  public init(order: Order, timeout: VirtualDuration?, capacity: Int = 100) {
    guard capacity > 0 else { fatalError("an async operator needs room for at least one request") }
    self.order = order
    self.timeout = timeout
    self.capacity = capacity
  }
}

/// Asks a service for each element and emits what it replies.
///
/// Elements that wait for their reply are in its snapshots, and are asked for anew after a restore;
/// so are the watermarks between them, unless the parallelism changes: among the elements of other
/// subtasks they might promise too much, and sources will make new ones.
/// A task whose operator waits for room takes in nothing, which is what back-pressures those before
/// it. *Source:* Flink `AsyncWaitOperator` with its ordered and unordered queues.
final class AsyncWaitOperator<Function: AsyncFunction>: StreamOperator {
  /// What waits, in the order of arrival.
  private enum Waiting {
    case element(Request)
    case watermark(Watermark)
  }

  private final class Request {
    let input: Function.Input
    let timestamp: Int64?
    /// What is emitted; nil until the reply is there.
    var reply: Result<[Function.Output], any Error>?
    /// When that is; nil while the request is not made.
    var isDue: VirtualInstant?
    var promised: Result<[Function.Output], any Error>?
    var isTimeout = false
    /// The place of its reply among all.
    var replyNumber = 0

    init(_ input: Function.Input, timestamp: Int64?) {
      self.input = input
      self.timestamp = timestamp
    }
  }

  /// An element, or a watermark, as it is kept in a snapshot.
  private struct Kept: Codable {
    /// The element; none of a watermark.
    var input: [Function.Input]
    var timestamp: Int64?
  }

  private var function: Function
  private let settings: AsyncSettings
  private let context: OperatorContext
  private let output: OperatorOutput<Function.Output>
  private let state: OperatorStateStore
  private let kept: OperatorListState<Kept>
  private var random: RandomStream
  private var queue = Deque<Waiting>()
  private var requested = 0
  private var unasked = 0
  /// How many replies have come.
  private var replies = 0
  private var receiver: AnyBatchReceiver?

  init(
    _ function: Function,
    _ settings: AsyncSettings,
    _ context: OperatorContext,
    _ output: OperatorOutput<Function.Output>
  ) throws {
    self.function = function
    self.settings = settings
    self.context = context
    self.output = output
    random = context.random
    state = try OperatorStateStore(
      context.restored,
      subtask: context.subtask,
      parallelism: context.parallelism
    )
    kept = try state.listState(named: "_async_wait_operator_state_")
    for entry in kept.elements {
      if let input = entry.input.first {
        enqueue(input, timestamp: entry.timestamp)
      } else if let watermark = entry.timestamp, state.isSameParallelism {
        queue.append(.watermark(Watermark(watermark)))
      }
    }
    kept.clear()
    receiver = BatchReceiver<Function.Input>(operatorName: context.name) {
      [unowned self] batch in
      for index in 0..<batch.count {
        let timestamp = batch.timestamp(at: index)
        self.enqueue(
          batch.values[index],  // order: a block of memory
          timestamp: timestamp == Watermark.noTimestamp ? nil : timestamp
        )
      }
      try self.ask()
      try self.emitDone()
    }
  }

  var inputs: [AnyBatchReceiver] { receiver.map { [$0] } ?? [] }

  var acceptsRecords: Bool { unasked == 0 }

  var isDrained: Bool { queue.isEmpty }

  func advance(to watermark: Watermark, input: Int) throws -> Watermark? {
    guard !queue.isEmpty else { return watermark }
    queue.append(.watermark(watermark))
    return nil
  }

  var nextTimer: VirtualInstant? {
    if unasked > 0, requested < settings.capacity { return context.clock.now }
    if case .watermark? = queue.first { return context.clock.now }
    var next: VirtualInstant?
    for case .element(let request) in queue {
      // Requests are made in the order of the queue: behind the first that was not, none was.
      guard let due = request.isDue else { break }
      if request.reply == nil { next = min(next ?? due, due) }
    }
    return next
  }

  func timerDue(at now: VirtualInstant) throws {
    var due: [(instant: VirtualInstant, request: Request)] = []
    for case .element(let request) in queue {
      guard let instant = request.isDue else { break }
      if request.reply == nil, instant <= now { due.append((instant, request)) }
    }
    // Replies are taken in the order in which they came, those of one instant as they were asked.
    let inOrder = due.enumerated().sorted {
      ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset)
    }
    for (_, (_, request)) in inOrder {
      request.replyNumber = replies
      replies += 1
      request.reply =
        request.isTimeout
        ? Result { try function.timeout(request.input) } : request.promised
      if settings.order == .unordered { try emitDone() }
    }
    try emitDone()
    try ask()
    try emitDone()
  }

  func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    kept.elements = queue.map { waiting in
      switch waiting {
      case .element(let request): Kept(input: [request.input], timestamp: request.timestamp)
      case .watermark(let watermark): Kept(input: [], timestamp: watermark.timestamp)
      }
    }
    defer { kept.clear() }
    return OperatorSnapshot(sharedState: try state.snapshot())
  }

  private func enqueue(_ input: Function.Input, timestamp: Int64?) {
    queue.append(.element(Request(input, timestamp: timestamp)))
    unasked += 1
  }

  /// Makes requests while there is room.
  private func ask() throws {
    let now = context.clock.now
    guard unasked > 0, requested < settings.capacity else { return }
    for case .element(let request) in queue where request.isDue == nil {
      guard requested < settings.capacity else { break }
      let reply = try function.asyncInvoke(request.input, &random)
      request.promised = reply.result
      request.isDue = now + reply.latency
      if let timeout = settings.timeout, timeout < reply.latency {
        request.isTimeout = true
        request.isDue = now + timeout
      }
      unasked -= 1
      requested += 1
    }
  }

  /// Emits the results whose turn it is: between two watermarks all that are there, in the order in
  /// which replies came, or, where order is kept, those at the head.
  private func emitDone() throws {
    var results = Collector<Function.Output>(capacity: 16)
    do {
      while true {
        for request in takeDone() {
          guard let reply = request.reply else { continue }
          requested -= 1
          results.timestamp = request.timestamp
          for element in try reply.get() { results.collect(element) }
        }
        guard case .watermark(let watermark)? = queue.first else { break }
        queue.removeFirst()
        try output.emit(&results)
        try context.eventTime.emitWatermark(watermark)
      }
    } catch {
      results.discard()
      throw error
    }
    try output.emit(&results)
  }

  /// Takes the requests out of the queue whose results can be emitted before the next watermark.
  ///
  /// *Source:* Flink `OrderedStreamElementQueue`, and `UnorderedStreamElementQueue.Segment`.
  private func takeDone() -> [Request] {
    var done: [Request] = []
    var waiting: [Waiting] = []
    while case .element(let request)? = queue.first {
      if request.reply != nil {
        done.append(request)
      } else if settings.order == .ordered || request.isDue == nil {
        break
      } else {
        waiting.append(.element(request))
      }
      queue.removeFirst()
    }
    queue.prepend(contentsOf: waiting)
    if settings.order == .unordered { done.sort { $0.replyNumber < $1.replyNumber } }
    return done
  }
}

extension StreamOperatorFactory {
  /// Asks a service for each element.
  ///
  /// *Source:* Flink `AsyncDataStream`.
  public static func asyncWait<Function: AsyncFunction & SendableMetatype>(
    _ settings: AsyncSettings,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      try AsyncWaitOperator(makeFunction(), settings, context, OperatorOutput(outputs))
    }
  }
}
