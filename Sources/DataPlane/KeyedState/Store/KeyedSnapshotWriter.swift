public import StreamModel

/// Writes the content of several states out, a slice at a time.
///
/// Head first, then key group by key group; in a key group state by state. The bytes do not depend
/// on how they are sliced.
///
/// What an entry is depends on the kind of the state, which its signature tells:
///
/// | kind | key | value |
/// |---|---|---|
/// | value, reducing | of the record | the value |
/// | aggregating | of the record | the accumulator |
/// | list | of the record | a list of the elements |
/// | map | `{key: of the record, namespace: map key}` | `{place: in the map's order, value: it}` |
/// | table | what the operator chose | the value |
///
/// With a time to live, which the signature tells too, `{lastAccess: ms since 1970, value: it}`
/// stands for each value, accumulator, element of a list and value of a map.
public final class KeyedSnapshotWriter {
  /// How many entries there are to write in all.
  public let entryCount: Int

  /// The key groups whose entries it writes.
  public let keyGroups: KeyGroupRange
  /// Let go when everything has been written, so that tables need not copy pages any more.
  private var sources: [KeyedSnapshotSource]
  private let unclaimed: [UnclaimedState]
  /// The numbers under which the head knows the unclaimed states.
  private let numbers: [Int]
  private let writer = StateWriter()
  private var groups: [KeyedStateBytes.Group] = []

  /// Where the next entry comes from.
  private var place = Place()
  private var groupStart: Int
  private var block: OpenBlock?

  private struct Place {
    var groupIndex = 0
    var sourceIndex = 0
    var cursor = 0
    var written = 0
  }

  private struct OpenBlock {
    var start: Int
    var entries = 0
  }

  /// A writer for the states of one subtask.
  ///
  /// - Precondition: the names of the states differ.
  public convenience init(
    _ sources: [KeyedSnapshotSource],
    keyGroups: KeyGroupRange,
    maxParallelism: Int
  ) {
    self.init(sources, unclaimed: [], keyGroups: keyGroups, maxParallelism: maxParallelism)
  }

  /// A writer for the states of one subtask and for what it keeps for others.
  init(
    _ sources: [KeyedSnapshotSource],
    unclaimed: [UnclaimedState],
    keyGroups: KeyGroupRange,
    maxParallelism: Int
  ) {
    self.keyGroups = keyGroups
    self.sources = sources
    self.unclaimed = unclaimed
    let counts = sources.map { source in keyGroups.reduce(0) { $0 + source.count($1) } }
    let kept = unclaimed.map { state in
      state.blocks.reduce(0) { keyGroups.contains($1.keyGroup) ? $0 + $1.count : $0 }
    }
    entryCount = (counts + kept).reduce(0, +)
    var signatures = sources.map(\.signature)
    numbers = unclaimed.map { state in
      if let known = signatures.firstIndex(of: state.signature) { return known }
      signatures.append(state.signature)
      return signatures.count - 1
    }
    KeyedStateHead.write(signatures, maxParallelism: maxParallelism, to: writer)
    groupStart = writer.count
  }

  /// Whether everything has been written.
  public var isDone: Bool { place.groupIndex == keyGroups.count }

  /// Writes up to so many entries more; says whether everything has been written.
  ///
  /// - Throws: `StateCodecError` when a value cannot be encoded; the writer is then of no more use.
  public func writeSlice(maxEntries: Int) throws(StateCodecError) -> Bool {
    var left = max(1, maxEntries)
    while !isDone {
      let group = keyGroups[place.groupIndex]
      guard place.sourceIndex < sources.count else {
        try finish(group)
        continue
      }
      let source = sources[place.sourceIndex]
      let remaining = source.count(group) - place.written
      if remaining == 0 {
        if let unfinished = block { try close(unfinished) }
        place = Place(groupIndex: place.groupIndex, sourceIndex: place.sourceIndex + 1)
      } else {
        guard left > 0 else { return false }
        left -= try writeSome(of: source, group, limit: min(left, remaining))
      }
    }
    sources = []
    return true
  }

  /// Everything that has been written.
  ///
  /// - Precondition: `isDone`.
  public func finish() -> KeyedStateBytes {
    guard isDone else { fatalError("a snapshot was taken away before it was written") }
    return KeyedStateBytes(bytes: writer.bytes, groups: groups)
  }

  /// Writes a few entries into the open block; opens one if need be, closes it when it is full.
  private func writeSome(
    of source: KeyedSnapshotSource,
    _ group: KeyGroup,
    limit: Int
  ) throws(StateCodecError) -> Int {
    var current = block ?? begin(group, state: place.sourceIndex)
    // A block may end after every step of entries, wherever a slice ended.
    let untilStep = StateFormat.entriesOfStep - current.entries % StateFormat.entriesOfStep
    let written: Int
    do throws(StateCodecError) {
      written = try source.write(group, &place.cursor, min(limit, untilStep), writer)
    } catch {
      throw error.within("\(source.signature), key group \(group)")
    }
    guard written > 0 else {
      fatalError("\(source.signature) has fewer entries in key group \(group) than it said")
    }
    place.written += written
    current.entries += written
    block = current
    let size = writer.count - current.start
    let isFull = current.entries >= StateFormat.entriesOfBlock || size >= StateFormat.bytesOfBlock
    if isFull, current.entries % StateFormat.entriesOfStep == 0 { try close(current) }
    return written
  }

  // MARK: Blocks

  private func begin(_ group: KeyGroup, state: Int) -> OpenBlock {
    let new = OpenBlock(start: writer.count)
    KeyedStateBlock.writePrefix(to: writer)
    writer.put(varint: UInt64(group.index))
    writer.put(varint: UInt64(state))
    return new
  }

  private func close(_ finished: OpenBlock) throws(StateCodecError) {
    let namesStart = writer.count
    writer.putNames()
    try KeyedStateBlock.complete(
      writer,
      from: finished.start,
      namesStart: namesStart,
      entries: finished.entries
    )
    block = nil
  }

  /// Writes what is kept for others in the key group, and goes on to the next one.
  private func finish(_ group: KeyGroup) throws(StateCodecError) {
    for (state, number) in zip(unclaimed, numbers) {
      for kept in state.blocks where kept.keyGroup == group {
        let start = begin(group, state: number).start
        writer.put(bytes: kept.bytes[kept.entries])
        let namesStart = writer.count
        writer.put(bytes: kept.bytes[kept.entries.upperBound..<kept.end])
        try KeyedStateBlock.complete(
          writer,
          from: start,
          namesStart: namesStart,
          entries: kept.count
        )
      }
    }
    if writer.count > groupStart {
      groups.append(KeyedStateBytes.Group(keyGroup: group, range: groupStart..<writer.count))
    }
    groupStart = writer.count
    for source in sources { source.release(group) }
    place = Place(groupIndex: place.groupIndex + 1)
  }
}

/// Restored state that no state has asked for yet, kept for later snapshots.
struct UnclaimedState {
  let signature: StateSignature
  let blocks: [KeyedStateBlock]
}
