public import ExternalSystems
public import StreamOperators
public import StreamModel

/// Writes each element at once over the row of the same key: what is written twice is there once.
///
/// A barrier waits for what is on its way. After a failure elements come again and write the same
/// rows once more: the table ends as without the failure, though it may show older rows meanwhile.
/// *Source:* the upsert mode of Flink's `JdbcSink`, whose writer flushes at a checkpoint.
public final class UpsertOperator<Element>: StreamOperator {
  private let table: String
  private let name: String
  private var rows: [TableRow] = []
  private var receiver: AnyBatchReceiver?

  /// Opens the sink of one subtask attempt.
  public init(
    table: String,
    context: OperatorContext,
    row: @escaping (Element) throws -> TableRow
  ) {
    self.table = table
    name = context.name
    receiver = BatchReceiver<Element>(operatorName: context.name) { [unowned self] batch in
      for index in 0..<batch.count { self.rows.append(try row(batch.values[index])) }
    }
  }

  /// Its input.
  public var inputs: [AnyBatchReceiver] { receiver.map { [$0] } ?? [] }

  /// The rows that came since it was asked last.
  public func takeOperations() -> [ExternalOperation] {
    guard !rows.isEmpty else { return [] }
    defer { rows = [] }
    return [.upsert(table: table, rows, sink: name)]
  }

  /// Waits for what is on its way.
  public func snapshot(_ checkpoint: CheckpointID) -> OperatorSnapshot {
    OperatorSnapshot(operations: takeOperations() + [.flush])
  }
}

extension StreamOperatorFactory {
  /// A sink that writes a row of a table for each element, over the one of the same key.
  public static func upsertSink<Element>(
    table: String,
    _ row: @escaping @Sendable (Element) throws -> TableRow
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, _ in
      UpsertOperator(table: table, context: context, row: row)
    }
  }
}
