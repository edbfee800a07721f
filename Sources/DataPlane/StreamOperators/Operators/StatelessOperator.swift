public import StreamModel

/// An operator without state: its receiver is all of it.
public final class StatelessOperator: StreamOperator {
  /// Its inputs.
  public let inputs: [AnyBatchReceiver]

  /// Makes an operator of its receiver.
  @inlinable
  public init(_ receiver: AnyBatchReceiver) {
    inputs = [receiver]
  }
}

extension StreamOperatorFactory {
  /// Emits what `transform` makes of each record.
  ///
  /// *Source:* Flink `StreamMap`.
  @inlinable
  public static func map<In, Out>(
    _ transform: @escaping @Sendable (In) throws -> Out
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Out>(outputs)
      return StatelessOperator(
        BatchReceiver<In>(operatorName: context.name) { batch in
          var results = Collector<Out>(capacity: batch.count)
          do {
            for index in 0..<batch.count {
              results.collect(try transform(batch.values[index]))
            }
            results.takeTimestamps(of: batch)
          } catch {
            results.discard()
            throw error
          }
          try output.emit(&results)
        }
      )
    }
  }

  /// Emits the records for which `isIncluded` holds.
  ///
  /// *Source:* Flink `StreamFilter`.
  @inlinable
  public static func filter<In>(
    _ isIncluded: @escaping @Sendable (In) throws -> Bool
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<In>(outputs)
      return StatelessOperator(
        BatchReceiver<In>(operatorName: context.name) { batch in
          var results = Collector<In>(capacity: batch.count)
          do {
            for index in 0..<batch.count where try isIncluded(batch.values[index]) {
              results.timestamp = batch.timestamps?[index]
              results.collect(batch.values[index])
            }
          } catch {
            results.discard()
            throw error
          }
          try output.emit(&results)
        }
      )
    }
  }

  /// Emits whatever `transform` collects for each record.
  ///
  /// *Source:* Flink `StreamFlatMap`.
  @inlinable
  public static func flatMap<In, Out>(
    _ transform: @escaping @Sendable (In, inout Collector<Out>) throws -> Void
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Out>(outputs)
      let capacity = context.bufferCapacity(of: Out.self)
      return StatelessOperator(
        BatchReceiver<In>(operatorName: context.name) { batch in
          var results = Collector<Out>(capacity: capacity)
          do {
            for index in 0..<batch.count {
              results.timestamp = batch.timestamps?[index]
              try transform(batch.values[index], &results)
              if results.count >= capacity { try output.emit(&results) }
            }
          } catch {
            results.discard()
            throw error
          }
          try output.emit(&results)
        }
      )
    }
  }
}
