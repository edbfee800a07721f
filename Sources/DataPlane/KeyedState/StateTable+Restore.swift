public import StreamModel

extension StateTable where Value: Codable {
  /// Takes over the entries of the key groups that the table owns; a key that it has already gets
  /// the restored value.
  ///
  /// - Throws: `StateCodecError` when they are of another state, or cannot be read. The table may
  ///   then hold some of them.
  @inlinable
  public func restore(
    from reader: KeyedStateReader,
    named name: String,
    kind: String = "table"
  ) throws(StateCodecError) {
    let keys = StateCodec<Key>()
    let values = StateCodec<Value>()
    let signature = StateSignature(
      name: name,
      kind: kind,
      keyType: keys.typeName,
      valueType: values.typeName
    )
    let blocks = try reader.blocks(of: signature, in: keyGroups, maxParallelism: maxParallelism)
    makeRoom(for: blocks)
    for block in blocks {
      do throws(StateCodecError) {
        try restore(block, keys, values)
      } catch {
        throw error.within("\(signature), key group \(block.keyGroup)")
      }
    }
  }

  /// Reserves room in each key group, trusting counts no further than the bytes allow.
  @inlinable
  func makeRoom(for blocks: [KeyedStateBlock]) {
    var index = 0
    while index < blocks.count {
      let group = blocks[index].keyGroup
      var entries = count(of: group)
      while index < blocks.count, blocks[index].keyGroup == group {
        entries += blocks[index].plausibleCount
        index += 1
      }
      reserve(entries, in: group)
    }
  }

  @inlinable
  func restore(
    _ block: KeyedStateBlock,
    _ keys: StateCodec<Key>,
    _ values: StateCodec<Value>
  ) throws(StateCodecError) {
    let reader = try block.open()
    for _ in 0..<block.count {
      let key = try keys.read(reader)
      let value = try values.read(reader)
      let hash = key.javaHash
      let group = KeyGroupAssignment.keyGroup(ofHash: hash, maxParallelism: maxParallelism)
      guard group == block.keyGroup else {
        throw block.misplaced(keyOf: group)
      }
      set(value, hash: hash, key: key)
    }
    try block.finish(reader)
  }
}
