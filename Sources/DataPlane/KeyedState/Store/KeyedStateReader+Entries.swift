import StreamModel

extension KeyedStateReader {
  /// Every entry of every state as the bytes of its key and value behind the state's number,
  /// sorted: what two snapshots of the same content have in common however their tables grew.
  ///
  /// - Throws: `StateCodecError` when bytes are missing or have been altered.
  public func sortedEntries() throws(StateCodecError) -> [[UInt8]] {
    var entries: [[UInt8]] = []
    for (number, signature) in signatures.enumerated() {
      let blocks = try blocks(
        of: signature,
        in: .all(maxParallelism: maxParallelism),
        maxParallelism: maxParallelism
      )
      for block in blocks {
        let reader = try block.open()
        for _ in 0..<block.count {
          let start = reader.position
          try reader.skip(&reader.position)
          try reader.skip(&reader.position)
          entries.append(
            [UInt8(truncatingIfNeeded: number)] + reader.bytes[start..<reader.position]
          )
        }
      }
    }
    return entries.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
