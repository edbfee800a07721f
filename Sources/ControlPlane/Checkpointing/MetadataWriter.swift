import ClusterProtocol
import StreamModel

/// Writes the parts of a checkpoint's metadata.
struct MetadataWriter {
  private(set) var bytes: [UInt8]

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func write(_ word: UInt64) {
    for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  mutating func write(_ number: Int) {
    write(UInt64(bitPattern: Int64(number)))
  }

  mutating func write(_ flag: Bool) {
    bytes.append(flag ? 1 : 0)
  }

  mutating func write(_ blob: [UInt8]) {
    write(blob.count)
    bytes += blob
  }

  mutating func write<Element>(
    _ list: [Element],
    each: (inout MetadataWriter, Element) -> Void
  ) {
    write(list.count)
    for element in list { each(&self, element) }
  }

  mutating func write(_ handle: OperatorSnapshotHandle) {
    write(handle.operatorID.identifier.high)
    write(handle.operatorID.identifier.low)
    write(handle.operatorState)
    write(handle.sharedState)
    write(handle.keyed) { writer, keyed in
      writer.write(Array(keyed.path.utf8))
      writer.write(keyed.byteCount)
      writer.write(keyed.keyGroups.lowest.index)
      writer.write(keyed.keyGroups.highest.index)
    }
  }
}

/// Reads what ``MetadataWriter`` wrote, and never past the end.
struct MetadataReader {
  private var rest: ArraySlice<UInt8>

  init(bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func word() throws(CheckpointMetadataError) -> UInt64 {
    guard rest.count >= 8 else { throw .truncated }
    var word: UInt64 = 0
    for byte in rest.prefix(8).reversed() { word = word << 8 | UInt64(byte) }
    rest = rest.dropFirst(8)
    return word
  }

  mutating func number() throws(CheckpointMetadataError) -> Int {
    Int(Int64(bitPattern: try word()))
  }

  mutating func flag() throws(CheckpointMetadataError) -> Bool {
    guard let byte = rest.popFirst() else { throw .truncated }
    guard byte < 2 else { throw .malformed("a flag of value \(byte)") }
    return byte == 1
  }

  mutating func blob() throws(CheckpointMetadataError) -> [UInt8] {
    let count = try length()
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func list<Element>(
    of element: (inout MetadataReader) throws(CheckpointMetadataError) -> Element
  ) throws(CheckpointMetadataError) -> [Element] {
    let count = try length()
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }

  mutating func identifier() throws(CheckpointMetadataError) -> Identifier {
    Identifier(high: try word(), low: try word())
  }

  mutating func taskHandle(
    operators known: [OperatorID]
  ) throws(CheckpointMetadataError) -> TaskSnapshotHandle {
    let subtask = SubtaskID(vertex: try number(), index: try number())
    let isFinished = try flag()
    let operators = try list { reader throws(CheckpointMetadataError) in
      let identifier = try reader.identifier()
      let state = try reader.blob()
      let shared = try reader.blob()
      let keyed = try reader.list { reader throws(CheckpointMetadataError) in
        try reader.keyedHandle()
      }
      guard let id = known.first(where: { $0.identifier == identifier }) else {
        throw .unknownOperator(identifier)
      }
      return OperatorSnapshotHandle(
        operatorID: id,
        keyed: keyed,
        operatorState: state,
        sharedState: shared
      )
    }
    return TaskSnapshotHandle(subtask: subtask, operators: operators, isFinished: isFinished)
  }

  /// Reads a whole checkpoint and keeps nothing of it.
  mutating func skipCheckpoint() throws(CheckpointMetadataError) {
    _ = try identifier()
    for _ in 0..<3 { _ = try word() }
    _ = try list { reader throws(CheckpointMetadataError) in
      (try reader.word(), try reader.word())
    }
    _ = try list { reader throws(CheckpointMetadataError) in
      (try reader.word(), try reader.word(), try reader.flag(), try reader.skipOperators())
    }
  }

  private mutating func skipOperators() throws(CheckpointMetadataError) {
    _ = try list { reader throws(CheckpointMetadataError) in
      _ = try reader.identifier()
      _ = try reader.blob()
      _ = try reader.blob()
      _ = try reader.list { reader throws(CheckpointMetadataError) in try reader.keyedHandle() }
    }
  }

  /// A length that the rest of the bytes can hold: every element takes at least one.
  private mutating func length() throws(CheckpointMetadataError) -> Int {
    let length = try number()
    guard length >= 0 else { throw .malformed("a length of \(length)") }
    guard length <= rest.count else { throw .truncated }
    return length
  }

  private mutating func keyedHandle() throws(CheckpointMetadataError) -> KeyedHandle {
    let path = String(decoding: try blob(), as: UTF8.self)
    let byteCount = try number()
    let lowest = try number()
    let highest = try number()
    guard 0 <= lowest, lowest <= highest else {
      throw .malformed("key groups from \(lowest) to \(highest)")
    }
    return KeyedHandle(
      path: path,
      byteCount: byteCount,
      keyGroups: KeyGroupRange(KeyGroup(lowest), through: KeyGroup(highest))
    )
  }
}
