import ExternalSystems
public import StreamOperators
import JobGraphs
import KeyedState
public import SimulationKernel
public import StreamModel

/// Reads the lines that are typed at the other end of a socket, as they come.
///
/// A socket cannot be read twice: lines that were read after the checkpoint which a job is restored
/// from are lost. *Source:* Flink `SocketTextStreamFunction`, whose documentation promises no more.
/// *Simplified:* the connection is always there and never breaks by itself.
public final class SocketSourceOperator: SourceOperator {
  /// How long it waits before it looks again where nothing was typed.
  static let pollInterval = VirtualDuration.milliseconds(10)

  private let external: ExternalSystems
  private let output: OperatorOutput<String>
  private let capacity: Int
  private let connection: SocketPeer.Connection

  /// How many lines were read, up to the restored checkpoint and since.
  public private(set) var offset: Int

  /// Sources have no input.
  public var inputs: [AnyBatchReceiver] { [] }

  /// Connects.
  ///
  /// - Throws: `StateCodecError` when the restored count cannot be read.
  public init(context: OperatorContext, outputs: [AnyBatchReceiver]) throws {
    external = context.external
    output = OperatorOutput(outputs)
    capacity = context.bufferCapacity(of: String.self)
    connection = external.socket.connect()
    let counts = try context.restored?.operatorStates.map {
      try StateDocument.decode(Int.self, from: $0)
    }
    offset = counts?.reduce(0, +) ?? 0
  }

  /// Emits what was typed, at most a buffer's worth.
  public func emitNext(now: VirtualInstant) throws -> SourceProgress {
    let lines = external.socket.read(connection, limit: capacity)
    guard !lines.isEmpty else {
      return external.socket.isAtEnd ? .endOfInput : .waiting(until: now + Self.pollInterval)
    }
    var collector = Collector<String>(capacity: lines.count)
    for line in lines { collector.collect(line) }
    offset += collector.count
    try output.emit(&collector)
    return .emitted
  }

  /// How many lines were read: for its figures, since nothing can be read again.
  public func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    OperatorSnapshot(operatorState: try StateDocument.encode(offset))
  }
}

extension StreamOperatorFactory {
  /// A source that reads the lines of a socket.
  public static var socketSource: StreamOperatorFactory {
    var factory = StreamOperatorFactory { context, outputs in
      try SocketSourceOperator(context: context, outputs: outputs)
    }
    factory.boundedness = .continuousUnbounded
    return factory
  }
}
