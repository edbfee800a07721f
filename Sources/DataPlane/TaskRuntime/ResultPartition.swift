import DequeModule
package import StreamModel
import StreamOperators

/// The channels that a task writes on one edge: elements wait in them until there is credit.
///
/// *Source:* Flink `PipelinedSubpartition` and `CreditBasedSequenceNumberingViewReader`.
package final class ResultPartition: PartitionOutput {
  private struct Subpartition {
    var queue = Deque<StreamElement>()
    var credit = 0
    var isConnected = false
    var isReleased = false
    var queuedBuffers = 0
  }

  private var subpartitions: [Subpartition]
  private var queuedBuffers = 0
  private let limit: Int
  private var dirty = Deque<Int>()

  /// Makes the channels of an edge; the pool of buffers is as large as Flink's.
  package init(subpartitions: Int, exclusive: Int, floating: Int) {
    self.subpartitions = Array(repeating: Subpartition(), count: subpartitions)
    limit = subpartitions * exclusive + floating
  }

  /// How many channels there are.
  package var count: Int { subpartitions.count }

  /// Whether the task may produce more: fewer buffers wait than the pool holds.
  package var isAvailable: Bool { queuedBuffers < limit }

  /// Takes a buffer over for a channel.
  package func emit(_ batch: AnyRecordBatch, to subpartition: Int) {
    guard !subpartitions[subpartition].isReleased else { return }
    subpartitions[subpartition].queuedBuffers += 1
    queuedBuffers += 1
    enqueue(.records(batch), to: subpartition)
  }

  /// Adds a control element to every channel.
  package func broadcast(_ element: StreamElement) {
    for subpartition in subpartitions.indices where !subpartitions[subpartition].isReleased {
      enqueue(element, to: subpartition)
    }
  }

  /// The consumer of a channel is there and has room for so many buffers.
  package func connect(_ subpartition: Int, credit: Int) {
    subpartitions[subpartition].isConnected = true
    grant(credit, to: subpartition)
  }

  /// The consumer of a channel has room for so many buffers more.
  package func grant(_ credit: Int, to subpartition: Int) {
    subpartitions[subpartition].credit += credit
    dirty.append(subpartition)
  }

  /// The consumer of a channel is gone: what waits for it is dropped.
  package func release(_ subpartition: Int) {
    queuedBuffers -= subpartitions[subpartition].queuedBuffers
    subpartitions[subpartition] = Subpartition()
    subpartitions[subpartition].isReleased = true
  }

  /// Takes the next element that may be sent: records need a credit, control elements none.
  package func nextToSend() -> (subpartition: Int, element: StreamElement, backlog: Int)? {
    while let index = dirty.first {
      guard let element = takeHead(index) else {
        dirty.removeFirst()
        continue
      }
      return (index, element, subpartitions[index].queuedBuffers)
    }
    return nil
  }

  private func takeHead(_ index: Int) -> StreamElement? {
    guard subpartitions[index].isConnected, let head = subpartitions[index].queue.first else {
      return nil
    }
    if head.isRecords {
      guard subpartitions[index].credit > 0 else { return nil }
      subpartitions[index].credit -= 1
      subpartitions[index].queuedBuffers -= 1
      queuedBuffers -= 1
    }
    return subpartitions[index].queue.removeFirst()
  }

  private func enqueue(_ element: StreamElement, to subpartition: Int) {
    subpartitions[subpartition].queue.append(element)
    dirty.append(subpartition)
  }
}
