import KeyedState
import SimulationKernel
import StreamModel

/// A keyed operator in batch: its records are collected, and at the end of input handed to it key
/// by key, each key's by their times.
///
/// Keys come in the order of their serialised bytes, each byte taken as signed; records of the same
/// time as they arrived. Nothing is promised about event time before the end.
/// *Source:* Flink `SortingDataInput`, `MultiInputSortingDataInput`.
final class KeySortedOperator<Key: StreamKey>: StreamOperator {
  let inputs: [AnyBatchReceiver]
  private let context: OperatorContext
  private let sorted: any StreamOperator
  private let collected: [AnySortedInput<Key>]
  private let pile = RecordPile()

  /// Wraps an operator; further inputs than those that are sorted go to it as they come.
  init(_ context: OperatorContext, _ sorted: any StreamOperator, _ inputs: [AnySortedInput<Key>]) {
    self.context = context
    self.sorted = sorted
    collected = inputs
    let pile = pile
    let receivers = inputs.map { $0.receiver(context.name, pile) }
    self.inputs = receivers + sorted.inputs.dropFirst(inputs.count)
  }

  func advance(to watermark: Watermark, input: Int) throws -> Watermark? { nil }

  func statusChanged(isIdle: Bool, input: Int) throws -> Bool? { nil }

  var acceptsRecords: Bool { sorted.acceptsRecords }

  var isDrained: Bool { sorted.isDrained }

  var keyedState: [KeyedSnapshotWriter] { sorted.keyedState }

  var keyedStateSize: StateSize { sorted.keyedStateSize }

  func endOfInput() throws {
    let records = pile.takeSorted()
    var start = 0
    while start < records.count {
      var end = start + 1
      while end < records.count, records[end].hasSameKey(as: records[start]) { end += 1 }
      try process(records[start..<end])
      start = end
    }
    for input in collected { input.removeAll() }
    for input in sorted.inputs.indices {
      if let watermark = try sorted.advance(to: .max, input: input) {
        try context.eventTime.emitWatermark(watermark)
      }
    }
    try sorted.endOfInput()
  }

  /// Hands on the records whose keys have the same bytes: those of one key, unless its type does
  /// not tell how it is serialised.
  private func process(_ records: ArraySlice<PiledRecord>) throws {
    var keys: [(key: Key, records: [PiledRecord])] = []
    for record in records {
      let key = collected[record.input].key(at: record.place)
      if let known = keys.firstIndex(where: { Key.isSame($0.key, key) }) {
        keys[known].records.append(record)
      } else {
        keys.append((key, [record]))
      }
    }
    for (_, records) in keys {
      var start = 0
      while start < records.count {
        let input = records[start].input
        var end = start
        while end < records.count, records[end].input == input, end - start < 1024 { end += 1 }
        try collected[input].emit(records[start..<end], to: sorted.inputs[input])
        start = end
      }
      try sorted.endOfKey()
    }
  }
}

/// One input of a sorted operator, without the type of its records.
class AnySortedInput<Key: StreamKey> {
  /// Makes what takes the input's records in.
  func receiver(_ operatorName: String, _ pile: RecordPile) -> AnyBatchReceiver {
    fatalError("\(operatorName) takes no records")
  }

  /// The key of a record.
  func key(at place: Int) -> Key { fatalError("an input without records") }

  /// Hands records on.
  func emit(_ records: ArraySlice<PiledRecord>, to receiver: AnyBatchReceiver) throws {}

  /// Forgets all records.
  func removeAll() {}
}

/// One input of a sorted operator, with the records that it has brought.
final class SortedInput<Element, Key: StreamKey>: AnySortedInput<Key> {
  private let input: Int
  private let selector: KeySelector<Element, Key>
  private var elements: [Element] = []

  init(_ input: Int, by selector: KeySelector<Element, Key>) {
    self.input = input
    self.selector = selector
  }

  override func receiver(_ operatorName: String, _ pile: RecordPile) -> AnyBatchReceiver {
    BatchReceiver<Element>(operatorName: operatorName) { [self] batch in
      for index in 0..<batch.count {
        let element = batch.values[index]  // order: a block of memory
        pile.add(
          key: selector.key(of: element),
          timestamp: batch.timestamp(at: index),
          input: input,
          place: elements.count
        )
        elements.append(element)
      }
    }
  }

  override func removeAll() { elements = [] }

  override func key(at place: Int) -> Key { selector.key(of: elements[place]) }

  override func emit(
    _ records: ArraySlice<PiledRecord>,
    to receiver: AnyBatchReceiver
  ) throws {
    var builder = BatchBuilder<Element>(capacity: records.count, isKeyed: true)
    let isTimed = records.contains { $0.timestamp != Watermark.noTimestamp }
    for record in records {
      withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { copy in
        guard let copy = copy.baseAddress else { return }
        copy.initialize(to: elements[record.place])
        if isTimed {
          builder.appendMoving(copy, keyHash: record.keyHash, timestamp: record.timestamp)
        } else {
          builder.appendMoving(copy, keyHash: record.keyHash)
        }
      }
    }
    if let batch = builder.seal() { try receiver.acceptErased(batch) }
  }
}
