public import StreamModel

/// Where batches go, without their type; a chain is wired once, when its task is opened.
open class AnyBatchReceiver {
  /// The operator's name, which a failure in it is reported under.
  public final let operatorName: String

  /// How many records arrived.
  public final var receivedRecords = 0

  @inlinable
  init(operatorName: String) {
    self.operatorName = operatorName
  }

  /// Takes a batch over whose type is known to be the receiver's; one cast a batch.
  ///
  /// - Throws: ``OperatorFailure``.
  open func acceptErased(_ batch: AnyRecordBatch) throws {
    fatalError("\(operatorName) takes no records")
  }
}

/// Where batches of one type go: an operator's input, or an edge.
///
/// Types are erased at its ends only: one cast when a chain is wired, none for a batch.
public final class BatchReceiver<Element>: AnyBatchReceiver {
  @usableFromInline let body: (RecordBatch<Element>) throws -> Void

  /// Makes a receiver; an error that `body` throws is reported as the operator's.
  @inlinable
  public init(operatorName: String, _ body: @escaping (RecordBatch<Element>) throws -> Void) {
    self.body = body
    super.init(operatorName: operatorName)
  }

  /// Takes a batch over that comes from a channel.
  ///
  /// - Throws: ``OperatorFailure``.
  @inlinable
  public override func acceptErased(_ batch: AnyRecordBatch) throws {
    guard let typed = batch as? RecordBatch<Element> else {
      fatalError("\(operatorName) takes \(Element.self), not what a channel brought")
    }
    try accept(typed)
  }

  /// Takes a batch over.
  ///
  /// - Throws: ``OperatorFailure``.
  @inlinable
  public func accept(_ batch: RecordBatch<Element>) throws {
    receivedRecords &+= batch.count
    do {
      try body(batch)
    } catch {
      throw OperatorFailure.wrap(error, operatorName: operatorName)
    }
  }
}

extension AnyBatchReceiver {
  /// The receiver with its type, which the graph has checked.
  @usableFromInline
  func typed<Element>(as type: Element.Type) -> BatchReceiver<Element> {
    guard let receiver = self as? BatchReceiver<Element> else {
      fatalError("\(operatorName) does not take \(Element.self): the graph was wired wrongly")
    }
    return receiver
  }
}

/// A failure inside of an operator: what a user function threw, or what a source could not read.
public struct OperatorFailure: Error {
  /// The operator's name.
  public let operatorName: String
  /// What was thrown.
  public let underlying: any Error

  /// The error as the operator's, unless it is already one of an operator's after it.
  public static func wrap(_ error: any Error, operatorName: String) -> OperatorFailure {
    (error as? OperatorFailure) ?? OperatorFailure(operatorName: operatorName, underlying: error)
  }
}

/// What an operator emits into: the next operators of its chain and the edges that leave it.
public struct OperatorOutput<Element> {
  @usableFromInline let receivers: [BatchReceiver<Element>]

  /// Wires an operator's output.
  @inlinable
  public init(_ receivers: [AnyBatchReceiver]) {
    self.receivers = receivers.map { $0.typed(as: Element.self) }
  }

  /// Hands a batch on; each receiver but the last gets a copy, since a batch has one owner.
  @inlinable
  public func emit(_ batch: RecordBatch<Element>) throws {
    guard let last = receivers.last else { return }
    for receiver in receivers.dropLast() {
      try receiver.accept(batch.copy())
    }
    try last.accept(batch)
  }

  /// Hands on what a collector holds, if anything.
  @inlinable
  public func emit(_ collector: inout Collector<Element>) throws {
    if let batch = collector.seal() { try emit(batch) }
  }
}
