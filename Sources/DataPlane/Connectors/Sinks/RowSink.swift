public import StreamOperators
import JobGraphs
import KeyedState
public import StreamModel

/// When a sink's rows become visible.
public enum SinkVisibility: Sendable {
  /// With the completion of the checkpoint after them; at once in a job that takes none.
  case onCheckpoint
  /// At once, whatever happens afterwards: what is printed cannot be taken back.
  case immediate
}

/// A sink whose rows become visible transaction by transaction: two-phase commit.
///
/// Rows go to an open transaction. A barrier closes it: its rows are written under a pending path
/// before the snapshot is acknowledged (pre-commit). The completed checkpoint gives them their
/// final path (commit). A restored checkpoint commits what it holds once more, which changes
/// nothing when it had happened. *Source:* Flink `TwoPhaseCommittingSink`.
public final class RowSink<Serializer: RowSerializer>: StreamOperator {
  private var serializer: Serializer
  private let context: OperatorContext
  private let isTransactional: Bool
  private var pending: [(checkpoint: CheckpointID, transaction: Transaction)] = []
  private var visible: [Transaction] = []
  /// Transactions whose commit was asked for and is not known to be done: every snapshot holds
  /// them, restored ones too.
  private var committing: [Transaction] = []
  private var sequence = 0
  private var receiver: AnyBatchReceiver?

  /// Opens the sink of one subtask attempt.
  ///
  /// - Throws: `StateCodecError` when restored transactions cannot be read.
  public init(
    _ serializer: Serializer,
    visibility: SinkVisibility,
    context: OperatorContext
  ) throws {
    self.serializer = serializer
    self.context = context
    isTransactional =
      visibility == .onCheckpoint && (context.isBatch || context.guarantee != .none)
    for state in context.restored?.operatorStates ?? [] {
      visible += try StateDocument.decode([Transaction].self, from: state)
    }
    committing = visible
    receiver = BatchReceiver<Serializer.Row>(operatorName: context.name) { [unowned self] batch in
      try self.serializer.append(batch)
    }
  }

  /// Its input.
  public var inputs: [AnyBatchReceiver] { receiver.map { [$0] } ?? [] }

  /// Closes the open transaction and hands its rows over to be made durable.
  public func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    var objects: [StoredObject] = []
    if isTransactional, serializer.rows > 0 {
      let rows = serializer.rows
      let transaction = Transaction(
        sink: context.name,
        pendingPath: place.pending(.checkpoint(checkpoint)),
        path: place.committed(.checkpoint(checkpoint)),
        rows: rows
      )
      objects.append(
        StoredObject(
          path: place.pending(.checkpoint(checkpoint)),
          bytes: try serializer.seal(),
          charge: transaction.charge
        )
      )
      pending.append((checkpoint, transaction))
    }
    let open = committing + pending.map(\.transaction)
    let state = open.isEmpty ? [] : try StateDocument.encode(open)
    return OperatorSnapshot(operatorState: state, objects: objects)
  }

  /// In batch, hands all rows over to be made durable; they are visible once the job has finished.
  ///
  /// *Source:* Flink `FinalizeOnMaster`.
  public func endOfInput() throws {
    guard context.isBatch, isTransactional, serializer.rows > 0 else { return }
    let rows = serializer.rows
    let bytes = try serializer.seal()
    visible.append(
      Transaction(
        sink: context.name,
        pendingPath: place.pending(.attempt(context.attempt)),
        path: place.committed(.endOfInput),
        rows: rows,
        bytes: bytes
      )
    )
  }

  /// The transactions that the checkpoint makes visible.
  public func checkpointCompleted(_ checkpoint: CheckpointID) -> [Transaction] {
    let complete = pending.filter { $0.checkpoint <= checkpoint }.map(\.transaction)
    pending.removeAll { $0.checkpoint <= checkpoint }
    committing += complete
    return complete
  }

  /// Restored transactions, and rows that wait for no checkpoint.
  ///
  /// - Throws: What the serialiser throws.
  public func takeVisible() throws -> [Transaction] {
    if !isTransactional, serializer.rows > 0 {
      let rows = serializer.rows
      let bytes = try serializer.seal()
      sequence += 1
      visible.append(
        Transaction(
          sink: context.name,
          pendingPath: nil,
          path: place.committed(.slice(attempt: context.attempt, sequence: sequence)),
          rows: rows,
          bytes: bytes
        )
      )
    }
    defer { visible = [] }
    return visible
  }

  /// Forgets a transaction that is visible.
  public func commitDone(at path: String) {
    committing.removeAll { $0.path == path }
  }

  private var place: SinkPlace {
    SinkPlace(job: context.job, operatorID: context.operatorID, subtask: context.subtask)
  }
}

extension StreamOperatorFactory {
  /// A sink that serialises rows by `makeSerializer`.
  public static func sink<Serializer: RowSerializer & SendableMetatype>(
    visibility: SinkVisibility = .onCheckpoint,
    _ makeSerializer: @escaping @Sendable (OperatorContext) -> Serializer
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, _ in
      try RowSink(makeSerializer(context), visibility: visibility, context: context)
    }
  }
}
