import DequeModule
package import StreamModel
import StreamOperators

/// The channels that a task writes on one edge: elements wait in them until there is credit.
///
/// Control elements go to every channel: they are kept once, and each channel knows how many of
/// them it has sent. So a channel without records takes no room but its numbers.
/// A blocking partition takes everything in at once and keeps it, so that each channel can be read
/// as often as need be. *Source:* Flink `PipelinedSubpartition`, `BoundedBlockingSubpartition` and
/// `CreditBasedSequenceNumberingViewReader`.
package final class ResultPartition: PartitionOutput {
  /// Records that wait in a channel.
  private struct Waiting {
    let batch: AnyRecordBatch
    /// How many control elements there had been before them.
    let controls: Int
  }

  private struct Subpartition {
    /// The records that wait; in a blocking partition all so far.
    var batches = Deque<Waiting>()
    /// How many of all control elements the consumer has.
    var sentControls = 0
    /// In a blocking partition, how many batches the present consumer has.
    var sentBatches: Int32 = 0
    var credit: Int32 = 0
    var queuedBuffers: Int32 = 0
    var isConnected = false
    var isReleased = false
  }

  private var subpartitions: [Subpartition]
  private var queuedBuffers = 0
  private let limit: Int
  private let isBlocking: Bool
  private var dirty = Deque<Int32>()
  /// The control elements that not every channel has sent.
  private var controls = Deque<StreamElement>()
  /// How many control elements there were before those.
  private var droppedControls = 0
  /// How many control elements are kept before it is looked whether some are needed no more.
  private var mostControls = 16

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
    queuedBuffers += 1
    subpartitions[subpartition].batches.append(Waiting(batch: batch, controls: allControls))
    dirty.append(Int32(subpartition))
  }

  /// Adds a control element to every channel.
  package func broadcast(_ element: StreamElement) {
    controls.append(element)
    dirty.reserveCapacity(dirty.count + subpartitions.count)
    for subpartition in subpartitions.indices where !subpartitions[subpartition].isReleased {
      dirty.append(Int32(subpartition))
    }
    if controls.count > mostControls, !isBlocking { dropControls() }
  }

  /// The consumer of a channel is there and has room for so many buffers.
  package func connect(_ subpartition: Int, credit: Int) {
    subpartitions[subpartition].isConnected = true
    if isBlocking {
      subpartitions[subpartition].sentControls = 0
      subpartitions[subpartition].sentBatches = 0
      subpartitions[subpartition].credit = 0
      subpartitions[subpartition].queuedBuffers = Int32(subpartitions[subpartition].batches.count)
    }
    grant(credit, to: subpartition)
  }

  /// The consumer of a channel has room for so many buffers more.
  package func grant(_ credit: Int, to subpartition: Int) {
    subpartitions[subpartition].credit += Int32(credit)
    dirty.append(Int32(subpartition))
  }

  /// The consumer of a channel is gone: what waits for it is dropped, or waits for the next one.
  package func release(_ subpartition: Int) {
    guard !isBlocking else {
      subpartitions[subpartition].isConnected = false
      return
    }
    queuedBuffers -= Int(subpartitions[subpartition].queuedBuffers)
    subpartitions[subpartition] = Subpartition()
    subpartitions[subpartition].isReleased = true
  }

  /// Takes the next element that may be sent: records need a credit, control elements none.
  package func nextToSend() -> (subpartition: Int, element: StreamElement, backlog: Int)? {
    while let index = dirty.first.map({ Int($0) }) {
      guard let element = takeHead(index) else {
        dirty.removeFirst()
        continue
      }
      return (index, element, Int(subpartitions[index].queuedBuffers))
    }
    return nil
  }

  /// How many control elements there have been.
  private var allControls: Int { droppedControls + controls.count }

  private func takeHead(_ index: Int) -> StreamElement? {
    guard subpartitions[index].isConnected, !subpartitions[index].isReleased else { return nil }
    let place = Int(subpartitions[index].sentBatches)
    let sentControls = subpartitions[index].sentControls
    if place < subpartitions[index].batches.count,
      subpartitions[index].batches[place].controls <= sentControls
    {
      return takeBatch(index, place)
    }
    guard sentControls < allControls else { return nil }
    subpartitions[index].sentControls += 1
    return controls[sentControls - droppedControls]
  }

  /// The next records of a channel; kept ones have one owner, so that their consumer gets a copy.
  private func takeBatch(_ index: Int, _ place: Int) -> StreamElement? {
    guard subpartitions[index].credit > 0 else { return nil }
    subpartitions[index].credit -= 1
    subpartitions[index].queuedBuffers -= 1
    if isBlocking {
      subpartitions[index].sentBatches += 1
      return .records(subpartitions[index].batches[place].batch.copyErased())
    }
    queuedBuffers -= 1
    let batch = subpartitions[index].batches.removeFirst().batch
    // A channel through which few records go keeps no room for them.
    if subpartitions[index].batches.isEmpty { subpartitions[index].batches = [] }
    return .records(batch)
  }

  /// Drops the control elements that every channel has sent.
  ///
  /// It is asked for once they have doubled, so that an element costs no look at all channels more
  /// than sending it does.
  private func dropControls() {
    var sent = allControls
    for subpartition in subpartitions where !subpartition.isReleased {
      sent = min(sent, subpartition.sentControls)
    }
    controls.removeFirst(sent - droppedControls)
    droppedControls = sent
    mostControls = max(16, controls.count * 2)
  }
}
