public import StreamModel

/// The keyed state that one subtask wrote, being read by another.
public final class KeyedStateReader {
  /// The number of key groups of the operator that wrote it.
  public let maxParallelism: Int
  /// What states there are.
  public let signatures: [StateSignature]

  private let content: KeyedStateBytes

  /// Opens keyed state and checks its head.
  public init(_ content: KeyedStateBytes) throws(StateCodecError) {
    let head = try KeyedStateHead(content.bytes)
    maxParallelism = head.maxParallelism
    signatures = head.signatures
    self.content = content
  }

  /// The blocks of a state in the given key groups; none if the state is not there.
  ///
  /// - Throws: `StateCodecError` when the state is there with other types, or when the operator had
  ///   another number of key groups, or when bytes are missing or have been altered.
  public func blocks(
    of wanted: StateSignature,
    in keyGroups: KeyGroupRange,
    maxParallelism wantedParallelism: Int
  ) throws(StateCodecError) -> [KeyedStateBlock] {
    guard let number = signatures.firstIndex(where: { String.isSame($0.name, wanted.name) }) else {
      return []
    }
    guard signatures[number] == wanted else {
      throw StateCodecError(
        .wrongState,
        expected: "\(wanted)",
        found: "\(signatures[number])",
        place: "state \"\(wanted.name)\""
      )
    }
    guard maxParallelism == wantedParallelism else {
      throw StateCodecError(
        .wrongState,
        expected: "max parallelism \(wantedParallelism)",
        found: "\(maxParallelism)",
        place: "state \"\(wanted.name)\""
      )
    }
    var blocks: [KeyedStateBlock] = []
    for group in content.groups where keyGroups.contains(group.keyGroup) {
      try collect(group, number, into: &blocks)
    }
    return blocks
  }

  private func collect(
    _ group: KeyedStateBytes.Group,
    _ number: Int,
    into blocks: inout [KeyedStateBlock]
  ) throws(StateCodecError) {
    guard group.range.lowerBound >= 0, group.range.upperBound <= content.bytes.count else {
      throw StateCodecError(
        .truncated,
        expected: "key group \(group.keyGroup) up to byte \(group.range.upperBound)",
        found: "\(content.bytes.count) bytes",
        place: "keyed state"
      )
    }
    var start = group.range.lowerBound
    while start < group.range.upperBound {
      let block = try KeyedStateBlock(content.bytes, at: start, within: group.range.upperBound)
      guard block.keyGroup == group.keyGroup, block.state < signatures.count else {
        throw StateCodecError(
          .altered,
          expected: "a block of key group \(group.keyGroup)",
          found: "one of key group \(block.keyGroup), state \(block.state)",
          place: "byte \(start)"
        )
      }
      if block.state == number { blocks.append(block) }
      start = block.end
    }
  }
}
