import JobGraphs
public import StreamModel
import StreamOperators

/// How the records of one input are dealt to the subtasks of an operator: by the code that does so
/// in a cluster.
///
/// *Source:* Flink `StreamPartitioner`.
public struct HarnessInput: Sendable {
  let writer: StreamEdgeWriterFactory

  init(_ writer: StreamEdgeWriterFactory) {
    self.writer = writer
  }

  /// Each record goes to the subtask that owns the group of its key, a property.
  public static func keyed<Element, Key: StreamKey>(
    by path: any KeyPath<Element, Key> & Sendable
  ) -> HarnessInput {
    HarnessInput(.keyed(by: KeySelector(path)))
  }

  /// Each record goes to the subtask that owns the group of its key, which is computed.
  public static func keyed<Element, Key: StreamKey>(
    by key: @escaping @Sendable (Element) -> Key
  ) -> HarnessInput {
    HarnessInput(.keyed(by: KeySelector(key)))
  }

  /// Records go to all subtasks in turn, from the first one on.
  public static func inTurn<Element>(_ type: Element.Type) -> HarnessInput {
    HarnessInput(.unkeyed(.rescale, of: type))
  }

  /// Each record goes to every subtask.
  public static func broadcast<Element>(_ type: Element.Type) -> HarnessInput {
    HarnessInput(.unkeyed(.broadcast, of: type))
  }
}

/// The end of an edge that leads to one input: takes records, and gives batches with the subtasks
/// that they are for.
final class HarnessGate: PartitionOutput {
  private var dealt: [(batch: AnyRecordBatch, subtask: Int)] = []
  private var writer: (any EdgeWriter)?

  init(_ input: HarnessInput, _ context: EdgeContext) {
    writer = input.writer.open(context, self)
  }

  func emit(_ batch: AnyRecordBatch, to subpartition: Int) {
    dealt.append((batch, subpartition))
  }

  /// Whether the input takes records of a type.
  func takes<Element>(_ type: Element.Type) -> Bool {
    writer?.receiver is BatchReceiver<Element>
  }

  /// Which subtasks get which of the records, in the order in which they are handed over.
  func deal(_ batch: AnyRecordBatch) throws -> [(batch: AnyRecordBatch, subtask: Int)] {
    try writer?.receiver.acceptErased(batch)
    writer?.flush()
    defer { dealt = [] }
    return dealt
  }

  /// Lets go of the writer, which holds the gate.
  func close() {
    writer?.discard()
    writer = nil
  }
}
