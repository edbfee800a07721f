import DequeModule
package import StreamModel
import StreamOperators

/// The channels that a task writes on one edge: elements wait in them until there is credit.
///
/// A blocking one takes everything in at once and keeps it, so that each channel can be read as
/// often as need be. *Source:* Flink `PipelinedSubpartition`, `BoundedBlockingSubpartition` and
/// `CreditBasedSequenceNumberingViewReader`.
package final class ResultPartition: PartitionOutput {
  private struct Subpartition {
    var queue = Deque<StreamElement>()
    /// In a blocking partition everything so far, and how much of it the present consumer has.
    var kept: [StreamElement] = []
    var keptBuffers = 0
    var sent = 0
    var credit = 0
    var isConnected = false
    var isReleased = false
    var queuedBuffers = 0
  }

  private var subpartitions: [Subpartition]
  private var queuedBuffers = 0
  private let limit: Int
  private let isBlocking: Bool
  private var dirty = Deque<Int>()

  /// Makes the channels of an edge; the pool of buffers is as large as Flink's.
  package init(subpartitions: Int, exclusive: Int, floating: Int, isBlocking: Bool = false) {
    self.isBlocking = isBlocking
    self.subpartitions = Array(repeating: Subpartition(), count: subpartitions)
    limit = subpartitions * exclusive + floating
  }

  /// How many channels there are.
  package var count: Int { subpartitions.count }

  /// Whether the task may produce more: fewer buffers wait than the pool holds.
  package var isAvailable: Bool { isBlocking || queuedBuffers < limit }

  /// Takes a buffer over for a channel.
  package func emit(_ batch: AnyRecordBatch, to subpartition: Int) {
    guard !subpartitions[subpartition].isReleased else { return }
    subpartitions[subpartition].queuedBuffers += 1
    subpartitions[subpartition].keptBuffers += 1
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
    if isBlocking {
      subpartitions[subpartition].sent = 0
      subpartitions[subpartition].credit = 0
      subpartitions[subpartition].queuedBuffers = subpartitions[subpartition].keptBuffers
    }
    grant(credit, to: subpartition)
  }

  /// The consumer of a channel has room for so many buffers more.
  package func grant(_ credit: Int, to subpartition: Int) {
    subpartitions[subpartition].credit += credit
    dirty.append(subpartition)
  }

  /// The consumer of a channel is gone: what waits for it is dropped, or waits for the next one.
  package func release(_ subpartition: Int) {
    guard !isBlocking else {
      subpartitions[subpartition].isConnected = false
      return
    }
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
    if isBlocking { return copyNext(index) }
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

  /// The next element of a kept channel; a batch has one owner, so its consumer gets a copy.
  private func copyNext(_ index: Int) -> StreamElement? {
    let (sent, kept) = (subpartitions[index].sent, subpartitions[index].kept)
    guard subpartitions[index].isConnected, sent < kept.count else { return nil }
    guard case .records(let batch) = kept[sent] else {
      subpartitions[index].sent += 1
      return kept[sent]
    }
    guard subpartitions[index].credit > 0 else { return nil }
    subpartitions[index].credit -= 1
    subpartitions[index].queuedBuffers -= 1
    subpartitions[index].sent += 1
    return .records(batch.copyErased())
  }

  private func enqueue(_ element: StreamElement, to subpartition: Int) {
    if isBlocking {
      subpartitions[subpartition].kept.append(element)
    } else {
      subpartitions[subpartition].queue.append(element)
    }
    dirty.append(subpartition)
  }
}
