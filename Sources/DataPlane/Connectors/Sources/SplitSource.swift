public import RecordFormats
public import StreamOperators
import KeyedState
public import SimulationKernel
public import StreamModel

/// Reads at most so many elements of a split.
@usableFromInline
typealias SplitRead<Element> = (inout SplitPosition, Int, inout Collector<Element>) throws -> Void

/// A source that reads splits by a format, and can resume anywhere.
///
/// Each subtask gets its share of the input when the job first starts; on restore it gets the
/// splits of the snapshots that it is given. *Source:* Flink `SourceReaderBase`, without an
/// enumerator on the JobManager.
public final class SplitSource<Format: SplitFormat>: SourceOperator {
  @usableFromInline typealias Read = SplitRead<Format.Element>

  private let format: Format
  /// How the format reads, made where its type is known: a method of a generic class would ask the
  /// type's metadata for each element.
  private let read: Read
  private let output: OperatorOutput<Format.Element>
  private let name: String
  private let capacity: Int
  private var splits: [SplitPosition]
  private var pacing: SourcePacing

  /// Sources have no input.
  public var inputs: [AnyBatchReceiver] { [] }

  /// Opens the source of one subtask attempt.
  ///
  /// - Throws: `StateCodecError` when the restored offsets cannot be read.
  @inlinable
  public convenience init(
    _ format: Format,
    rate: SourceRate?,
    context: OperatorContext,
    outputs: [AnyBatchReceiver]
  ) throws {
    try self.init(format, rate: rate, context: context, outputs: outputs) {
      try format.read(&$0, limit: $1, into: &$2)
    }
  }

  @usableFromInline
  init(
    _ format: Format,
    rate: SourceRate?,
    context: OperatorContext,
    outputs: [AnyBatchReceiver],
    read: @escaping Read
  ) throws {
    self.format = format
    self.read = read
    output = OperatorOutput(outputs)
    name = context.name
    capacity = context.bufferCapacity(of: Format.Element.self)
    pacing = SourcePacing(rate: rate, parallelism: context.parallelism, start: context.now)
    if let restored = context.restored {
      splits = try restored.operatorStates.flatMap {
        try StateDocument.decode([SplitPosition].self, from: $0)
      }
    } else {
      splits = [
        .share(of: format.size, subtask: context.subtask, parallelism: context.parallelism)
      ]
    }
  }

  /// How many elements its splits have given so far.
  public var offset: Int { splits.reduce(0) { $0 + $1.emitted } }

  /// How many rows of its splits were bad and skipped so far.
  public var rowsSetAside: Int { splits.reduce(0) { $0 + ($1.setAside ?? 0) } }

  /// The first few of them, each told once.
  public func takeSetAside() -> [SetAsideRow] { format.takeSetAside() }

  /// Emits what is due, at most a buffer's worth.
  public func emitNext(now: VirtualInstant) throws -> SourceProgress {
    var due = pacing.due(at: now, limit: capacity)
    guard due > 0 else {
      return splits.allSatisfy { $0.position >= $0.end }
        ? .endOfInput : .waiting(until: pacing.nextInstant)
    }
    var collector = Collector<Format.Element>(capacity: min(due, capacity))
    let setAside = rowsSetAside
    do {
      for index in splits.indices {
        while due > 0, splits[index].position < splits[index].end {
          let before = collector.count
          try read(&splits[index], due, &collector)
          let count = collector.count - before
          splits[index].emitted += count
          pacing.emit(count)
          due -= count
          if count > 0 || rowsSetAside > setAside { break }
        }
        if collector.count > 0 || rowsSetAside > setAside { break }
      }
    } catch {
      collector.discard()
      throw OperatorFailure.wrap(error, operatorName: name)
    }
    guard collector.count > 0 else { return rowsSetAside > setAside ? .emitted : .endOfInput }
    try output.emit(&collector)
    return .emitted
  }

  /// The positions of its splits.
  public func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    OperatorSnapshot(operatorState: try StateDocument.encode(splits))
  }
}

extension StreamOperatorFactory {
  /// A source that reads splits by the format that `makeFormat` makes.
  @inlinable
  public static func source<Format: SplitFormat & SendableMetatype>(
    rate: SourceRate? = nil,
    _ makeFormat: @escaping @Sendable (OperatorContext) throws -> Format
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      try SplitSource(
        try makeFormat(context),
        rate: rate,
        context: context,
        outputs: outputs
      )
    }
  }
}
