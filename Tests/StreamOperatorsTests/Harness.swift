import JobGraphs
import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// What a user function throws in these tests.
struct Mishap: Error, Equatable {
  var word = "mishap"
}

/// A receiver that keeps what it gets.
final class Received<Element> {
  private(set) var elements: [Element] = []
  private(set) var batchSizes: [Int] = []

  /// A receiver that a chain can be wired to; it fails once `limit` records have come.
  func receiver(failingAfter limit: Int = .max) -> BatchReceiver<Element> {
    BatchReceiver(operatorName: "received") { batch in
      self.elements += batch.elements
      self.batchSizes.append(batch.count)
      if self.elements.count > limit { throw Mishap(word: "downstream") }
    }
  }
}

/// Channels that keep the buffers they get.
final class KeptChannels<Element>: PartitionOutput {
  private(set) var buffers: [[RecordBatch<Element>]]

  init(_ count: Int) {
    buffers = Array(repeating: [], count: count)
  }

  func emit(_ batch: AnyRecordBatch, to subpartition: Int) {
    guard let typed = batch as? RecordBatch<Element> else {
      Issue.record("a buffer of another type")
      return
    }
    buffers[subpartition].append(typed)
  }

  /// The records of each channel, in order.
  var records: [[Element]] { buffers.map { $0.flatMap(\.elements) } }
}

extension OperatorContext {
  /// The context of one of several subtasks in these tests.
  static func test(
    _ name: String = "op",
    subtask: Int = 0,
    parallelism: Int = 1,
    maxParallelism: Int = 128,
    now: VirtualInstant = .zero,
    attempt: Int = 0,
    restored: RestoredState? = nil,
    guarantee: DeliveryGuarantee = .exactlyOnce,
    bufferBytes: Int = 32 * 1024
  ) -> OperatorContext {
    OperatorContext(
      name: name,
      operatorID: OperatorID(uid: name),
      subtask: subtask,
      parallelism: parallelism,
      maxParallelism: maxParallelism,
      now: now,
      attempt: attempt,
      restored: restored,
      guarantee: guarantee,
      bufferBytes: bufferBytes
    )
  }
}

extension OperatorSnapshot {
  /// The snapshot as a restored operator gets it, serialised in slices of a few entries.
  func restored() throws -> RestoredState {
    var keyed: [[UInt8]] = []
    for writer in self.keyed {
      while try !writer.writeSlice(maxEntries: 3) {}
      keyed.append(writer.finish().bytes)
    }
    return RestoredState(
      keyed: keyed,
      operatorStates: operatorState.isEmpty ? [] : [operatorState]
    )
  }
}

extension StreamOperator {
  /// Hands the operator a batch as a channel would.
  func take<Element>(_ elements: [Element]) throws {
    try inputs[0].acceptErased(RecordBatch(elements))
  }
}

/// A batch as a keyed exchange makes it, with the hash of each record's key.
func keyedBatch<Element>(_ elements: [Element], by key: (Element) -> some StreamKey)
  throws -> RecordBatch<Element>
{
  var builder = BatchBuilder<Element>(capacity: 1, isKeyed: true)
  for element in elements {
    let hash = KeyGroupAssignment.murmur(ofHash: key(element).javaHash)
    builder.append(element, keyHash: UInt32(bitPattern: hash))
  }
  let batch = builder.seal()
  return try #require(batch)
}
