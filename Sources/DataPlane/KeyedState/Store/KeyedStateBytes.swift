public import StreamModel

/// The keyed state of one subtask as bytes, and where in them each key group lies.
///
/// First comes a head with the names and types of the states; then, key group by key group, blocks
/// of entries. Every part carries a checksum. A subtask that is restored needs the head and the
/// ranges of its own key groups.
public struct KeyedStateBytes: Equatable, Sendable {
  /// The bytes of one key group.
  public struct Group: Equatable, Sendable {
    /// The key group.
    public let keyGroup: KeyGroup
    /// Where its blocks lie in the bytes.
    public let range: Range<Int>

    /// Names the place of a key group.
    public init(keyGroup: KeyGroup, range: Range<Int>) {
      self.keyGroup = keyGroup
      self.range = range
    }
  }

  /// Head and blocks.
  public let bytes: [UInt8]
  /// Where the key groups that have entries lie, in ascending order.
  public let groups: [Group]

  /// Takes bytes and the places of the key groups in them as they were recorded.
  public init(bytes: [UInt8], groups: [Group]) {
    self.bytes = bytes
    self.groups = groups
  }

  /// Takes bytes alone and finds the key groups by walking over the blocks.
  ///
  /// - Throws: `StateCodecError` when the bytes are not whole keyed state.
  public init(finding bytes: [UInt8]) throws(StateCodecError) {
    let head = try KeyedStateHead(bytes)
    var groups: [Group] = []
    var start = head.length
    while start < bytes.count {
      let block = try KeyedStateBlock(bytes, at: start, within: bytes.count)
      if let last = groups.last, last.keyGroup >= block.keyGroup {
        guard last.keyGroup == block.keyGroup else {
          throw StateCodecError(
            .altered,
            expected: "key groups in ascending order",
            found: "key group \(block.keyGroup) after \(last.keyGroup)",
            place: "byte \(start)"
          )
        }
        groups[groups.count - 1] = Group(
          keyGroup: last.keyGroup,
          range: last.range.lowerBound..<block.end
        )
      } else {
        groups.append(Group(keyGroup: block.keyGroup, range: start..<block.end))
      }
      start = block.end
    }
    self.init(bytes: bytes, groups: groups)
  }
}
