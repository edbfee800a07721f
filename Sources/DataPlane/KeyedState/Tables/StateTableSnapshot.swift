public import StreamModel

/// The content of a state table at one moment.
///
/// It shares the pages of the table that have not been written since; it must stay on the thread of
/// the table, and should be let go as soon as it has been written out, since every page written
/// meanwhile is kept twice.
@safe
public final class StateTableSnapshot<Key: StreamKey, Value> {
  @usableFromInline typealias Group = StateGroup<Key, Value>

  /// The key groups of the table.
  public let keyGroups: KeyGroupRange
  /// The number of key groups of the operator.
  public let maxParallelism: Int

  @usableFromInline let groups: UnsafeMutablePointer<Group>

  /// Becomes one more owner of the lists of pages.
  @inlinable
  init(keyGroups: KeyGroupRange, maxParallelism: Int, groups source: UnsafeMutablePointer<Group>) {
    self.keyGroups = keyGroups
    self.maxParallelism = maxParallelism
    unsafe groups = UnsafeMutablePointer.allocate(capacity: keyGroups.count)
    unsafe groups.initialize(from: source, count: keyGroups.count)
    for index in 0..<keyGroups.count {
      if let list = unsafe groups[index].list { unsafe list.owners.pointee += 1 }
    }
  }

  @inlinable
  deinit {
    for index in 0..<keyGroups.count {
      unsafe groups[index].releaseAll()
    }
    unsafe groups.deallocate()
  }

  /// How many keys have a value.
  @inlinable
  public var count: Int {
    var sum = 0
    for index in 0..<keyGroups.count {
      unsafe sum += Int(groups[index].count)
    }
    return sum
  }

  /// How many keys of one key group have a value.
  ///
  /// - Precondition: the group is one of `keyGroups`.
  @inlinable
  public func count(of group: KeyGroup) -> Int {
    guard keyGroups.contains(group) else {
      fatalError("key group \(group) is not in the snapshot of \(keyGroups)")
    }
    return unsafe Int(groups[group.index - keyGroups.lowest.index].count)
  }

  /// Lets go of the pages of one key group, which counts as empty from now on.
  ///
  /// - Precondition: the group is one of `keyGroups`.
  @inlinable
  public func release(_ group: KeyGroup) {
    guard keyGroups.contains(group) else {
      fatalError("key group \(group) is not in the snapshot of \(keyGroups)")
    }
    unsafe groups[group.index - keyGroups.lowest.index].releaseAll()
  }

  /// Shows every key and value, by key group and within it by slot.
  @inlinable
  public func forEach(_ body: (KeyGroup, Key, Value) throws -> Void) rethrows {
    for (index, group) in keyGroups.enumerated() {
      try unsafe groups[index].forEach { try body(group, $0, $1) }
    }
  }
}
