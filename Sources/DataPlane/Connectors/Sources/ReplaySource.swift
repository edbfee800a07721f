public import RecordFormats
public import StreamOperators
import KeyedState
import SimulationKernel
import StreamModel

/// The clock of recorded data: when each element became known in the world, and how much faster it
/// goes here.
///
/// ```swift
/// let clock = ReplayClock<Reading>(by: { $0.time.milliseconds }, speed: 60)
/// print(clock.speed)
/// ```
public struct ReplayClock<Element>: Sendable {
  /// When an element became known, in milliseconds since 1970.
  public var arrival: @Sendable (Element) -> Int64
  /// How many milliseconds of the world pass in one of virtual time.
  public var speed: Int64
  /// The time in the world at which the replay begins; nil for the arrival of the first element of
  /// the input.
  public var start: Int64?

  /// A clock that goes by a field of the elements.
  ///
  /// - Precondition: The speed is at least 1.
  public init(
    by arrival: @escaping @Sendable (Element) -> Int64,
    speed: Int64 = 1,
    from start: Int64? = nil
  ) {
    guard speed >= 1 else { fatalError("a replay at speed \(speed)") }
    self.arrival = arrival
    self.speed = speed
    self.start = start
  }
}

/// A source that emits recorded elements when they became known in the world.
///
/// Its clock goes on while the job is down: what became known meanwhile is emitted at once
/// afterwards. An element that became known before the one ahead of it waits for that one.
final class ReplaySource<Format: SplitFormat>: SourceOperator {
  /// What a checkpoint keeps.
  private struct Position: Codable {
    var splits: [SplitPosition]
    /// The instant of virtual time at which the replay began, in nanoseconds.
    var begin: Int64
  }

  /// An element that was read ahead, with the position behind it.
  private struct Next {
    var batch: RecordBatch<Format.Element>
    var position: SplitPosition
    var isDue: VirtualInstant
  }

  private let format: Format
  private let clock: ReplayClock<Format.Element>
  private let output: OperatorOutput<Format.Element>
  private let name: String
  private let capacity: Int
  private let begin: VirtualInstant
  private var start: Int64
  private var splits: [SplitPosition]
  private var next: [Next?]

  var inputs: [AnyBatchReceiver] { [] }

  init(
    _ format: Format,
    _ clock: ReplayClock<Format.Element>,
    context: OperatorContext,
    outputs: [AnyBatchReceiver]
  ) throws {
    self.format = format
    self.clock = clock
    output = OperatorOutput(outputs)
    name = context.name
    capacity = context.bufferCapacity(of: Format.Element.self)
    let restored = try (context.restored?.operatorStates ?? []).map {
      try StateDocument.decode(Position.self, from: $0)
    }
    begin = restored.map { VirtualInstant(nanoseconds: $0.begin) }.min() ?? context.now
    splits =
      context.restored != nil
      ? restored.flatMap(\.splits)
      : [.share(of: format.size, subtask: context.subtask, parallelism: context.parallelism)]
    next = Array(repeating: nil, count: splits.count)
    start = clock.start ?? 0
    if clock.start == nil {
      var first = SplitPosition(start: 0, end: format.size)
      start = try read(&first).map { clock.arrival($0.values[0]) } ?? 0  // order: a block of memory
    }
  }

  var offset: Int { splits.reduce(0) { $0 + $1.emitted } }

  var rowsSetAside: Int { splits.reduce(0) { $0 + ($1.setAside ?? 0) } }

  func takeSetAside() -> [SetAsideRow] { format.takeSetAside() }

  func emitNext(now: VirtualInstant) throws -> SourceProgress {
    var collector = Collector<Format.Element>(capacity: capacity)
    do {
      while collector.count < capacity {
        guard let index = try earliest(), let due = next[index], due.isDue <= now else { break }
        collector.collect(due.batch.values[0])  // order: a block of memory
        splits[index] = due.position
        next[index] = nil
      }
      guard collector.count == 0 else {
        try output.emit(&collector)
        return .emitted
      }
      guard let index = try earliest(), let due = next[index] else { return .endOfInput }
      return .waiting(until: due.isDue)
    } catch {
      collector.discard()
      throw OperatorFailure.wrap(error, operatorName: name)
    }
  }

  func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    OperatorSnapshot(
      operatorState: try StateDocument.encode(
        Position(splits: splits, begin: begin.nanoseconds)
      )
    )
  }

  /// The split whose next element became known first; nil when all are at their end.
  private func earliest() throws -> Int? {
    var earliest: Int?
    for index in splits.indices {
      if next[index] == nil { next[index] = try readAhead(index) }
      guard let found = next[index] else { continue }
      if let best = earliest.flatMap({ next[$0] }), best.isDue <= found.isDue { continue }
      earliest = index
    }
    return earliest
  }

  private func readAhead(_ index: Int) throws -> Next? {
    var position = splits[index]
    guard let batch = try read(&position) else {
      splits[index] = position
      return nil
    }
    let arrival = clock.arrival(batch.values[0])  // order: a block of memory
    let elapsed = max(0, arrival - start)
    let due = begin + .nanoseconds(elapsed * 1_000_000 / clock.speed)
    return Next(batch: batch, position: position, isDue: due)
  }

  /// The next element of a split; nil at its end.
  private func read(_ position: inout SplitPosition) throws -> RecordBatch<Format.Element>? {
    while position.position < position.end {
      var collector = Collector<Format.Element>(capacity: 1)
      do {
        try format.read(&position, limit: 1, into: &collector)
      } catch {
        collector.discard()
        throw error
      }
      if let batch = collector.seal() {
        position.emitted += 1
        return batch
      }
    }
    return nil
  }
}

extension StreamOperatorFactory {
  /// A source that reads splits by the format that `makeFormat` makes, on the data's own clock.
  public static func replay<Format: SplitFormat & SendableMetatype>(
    _ clock: ReplayClock<Format.Element>,
    _ makeFormat: @escaping @Sendable (OperatorContext) throws -> Format
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      try ReplaySource(try makeFormat(context), clock, context: context, outputs: outputs)
    }
  }
}
