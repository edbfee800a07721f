public import StreamModel

/// The state of one name in one subtask: a value for each key, divided by key group.
///
/// Every key group has an open-addressing table of its own, in pages of 64 slots that are copied
/// when they are written after a snapshot. So growth concerns one group at a time, a snapshot costs
/// as much as there are groups, and what is written after it pays for one page at a time.
///
/// The caller brings the Java hash of the key along, since records carry it; it must be
/// `key.javaHash`, and the key must belong to the key groups of the table.
///
/// - Important: a table stays on one thread, and the closures given to it must not touch it.
@safe
public final class StateTable<Key: StreamKey, Value> {
  @usableFromInline typealias Group = StateGroup<Key, Value>

  /// The key groups whose keys the table takes.
  public let keyGroups: KeyGroupRange
  /// The number of key groups of the operator.
  public let maxParallelism: Int

  @usableFromInline let groups: UnsafeMutablePointer<Group>
  @usableFromInline let groupCount: UInt
  @usableFromInline let lowestGroup: UInt
  @usableFromInline let divisor: UInt64
  @usableFromInline let reciprocal: UInt64
  /// Means nothing; see ``touch(scattered:keyAt:)``.
  @usableFromInline var touched: UInt8 = 0

  /// An empty table for the given key groups.
  ///
  /// - Precondition: the groups lie within `maxParallelism`, which is at most 32768.
  @inlinable
  public init(keyGroups: KeyGroupRange, maxParallelism: Int) {
    guard keyGroups.highest.index < maxParallelism else {
      fatalError("key groups \(keyGroups) do not lie within max parallelism \(maxParallelism)")
    }
    self.keyGroups = keyGroups
    self.maxParallelism = maxParallelism
    groupCount = UInt(keyGroups.count)
    lowestGroup = UInt(keyGroups.lowest.index)
    divisor = UInt64(maxParallelism)
    reciprocal = UInt64.max / UInt64(maxParallelism) &+ 1
    unsafe groups = UnsafeMutablePointer.allocate(capacity: keyGroups.count)
    for index in 0..<keyGroups.count {
      unsafe (groups + index).initialize(to: Group())
    }
  }

  @inlinable
  deinit {
    for index in 0..<Int(groupCount) {
      unsafe groups[index].releaseAll()
    }
    unsafe groups.deallocate()
  }

  // MARK: Finding a group

  /// The table of the key group of a scattered hash.
  ///
  /// The remainder is found by two multiplications instead of a division: the fraction of the
  /// quotient in 64 bits, times the divisor (Lemire, Kaser, Kurz: "Faster remainder by direct
  /// computation").
  @inlinable
  @inline(__always)
  func group(ofScattered hash: UInt32) -> UnsafeMutablePointer<Group> {
    let fraction = reciprocal &* UInt64(hash)
    let remainder = fraction.multipliedFullWidth(by: divisor).high
    let index = UInt(remainder) &- lowestGroup
    guard index < groupCount else { refuse(keyGroup: UInt(remainder)) }
    return unsafe groups + Int(bitPattern: index)
  }

  @usableFromInline
  func refuse(keyGroup: UInt) -> Never {
    fatalError("a key of key group \(keyGroup) came to a table of key groups \(keyGroups)")
  }

  @inlinable
  @inline(__always)
  static func scatter(_ hash: Int32) -> UInt32 {
    UInt32(bitPattern: KeyGroupAssignment.murmur(ofHash: hash))
  }

  /// What the slot of a key is marked with: its scattered hash and salt, and the highest bit.
  @inlinable
  @inline(__always)
  static func tag(scattered: UInt32, key: Key) -> UInt32 {
    (scattered ^ key.placementSalt) | 0x8000_0000
  }

  // MARK: One key

  /// Changes the value of a key in place; the key gets the initial value first if it has none.
  ///
  /// The search is done once. When the closure throws, what it has done to the value stays, and so
  /// does a key that was new.
  @inlinable
  @inline(__always)
  public func update<Result>(
    hash: Int32,
    key: Key,
    initial: @autoclosure () throws -> Value,
    _ body: (inout Value) throws -> Result
  ) rethrows -> Result {
    try unsafe withUnsafePointer(to: key) { key in
      try unsafe update(hash: hash, keyAt: key, initial: initial(), body)
    }
  }

  /// Changes the value of a key that lies somewhere in memory, as ``update(hash:key:initial:_:)``.
  ///
  /// A loop over a batch saves by it the counting of a reference to each key.
  @unsafe
  @inlinable
  @inline(__always)
  public func update<Result>(
    hash: Int32,
    keyAt key: UnsafePointer<Key>,
    initial: @autoclosure () throws -> Value,
    _ body: (inout Value) throws -> Result
  ) rethrows -> Result {
    try unsafe update(scattered: Self.scatter(hash), keyAt: key, initial: initial(), body)
  }

  /// Changes the value of a key whose scattered hash travels with it, as
  /// ``update(hash:key:initial:_:)``.
  @unsafe
  @inlinable
  @inline(__always)
  public func update<Result>(
    scattered: UInt32,
    keyAt key: UnsafePointer<Key>,
    initial: @autoclosure () throws -> Value,
    _ body: (inout Value) throws -> Result
  ) rethrows -> Result {
    let group = unsafe group(ofScattered: scattered)
    let tag = unsafe Self.tag(scattered: scattered, key: key.pointee)
    if unsafe group.pointee.needsPreparation { unsafe group.pointee.prepareForWriting() }
    if let slot = unsafe group.pointee.find(tag: tag, key: key),
      let list = unsafe group.pointee.list
    {
      let page = unsafe group.pointee.writablePage(list, slot)
      return try unsafe body(&page.entries[slot & PageLayout.placeMask].value)
    }
    let value = try initial()
    let place = unsafe group.pointee.insert(tag: tag, key: key.pointee, value: value)
    guard let place = unsafe place else { fatalError("a prepared key group has no pages") }
    return try unsafe body(&place.pointee)
  }

  /// The value of a key, or nil when it has none.
  @inlinable
  public func value(hash: Int32, key: Key) -> Value? {
    let scattered = Self.scatter(hash)
    let group = unsafe group(ofScattered: scattered)
    let tag = Self.tag(scattered: scattered, key: key)
    return unsafe withUnsafePointer(to: key) { key in
      guard let slot = unsafe group.pointee.find(tag: tag, key: key),
        let list = unsafe group.pointee.list
      else { return nil }
      return unsafe Group.page(list, slot).entries[slot & PageLayout.placeMask].value
    }
  }

  /// Gives a key a value, in place of any that it had.
  @inlinable
  public func set(_ value: Value, hash: Int32, key: Key) {
    update(hash: hash, key: key, initial: value) { $0 = value }
  }

  /// Takes the value of a key out of the table; nil when it had none.
  @inlinable
  @discardableResult
  public func remove(hash: Int32, key: Key) -> Value? {
    let scattered = Self.scatter(hash)
    let group = unsafe group(ofScattered: scattered)
    let tag = Self.tag(scattered: scattered, key: key)
    let slot = unsafe withUnsafePointer(to: key) { unsafe group.pointee.find(tag: tag, key: $0) }
    guard let slot else { return nil }
    if unsafe group.pointee.needsPreparation { unsafe group.pointee.prepareForWriting() }
    return unsafe group.pointee.remove(at: slot)
  }

  // MARK: All keys

  /// How many keys have a value.
  ///
  /// - Complexity: O(*g*) in the number of key groups.
  @inlinable
  public var count: Int {
    var sum = 0
    for index in 0..<Int(groupCount) {
      unsafe sum += Int(groups[index].count)
    }
    return sum
  }

  /// How many keys of one key group have a value.
  ///
  /// - Precondition: the table owns the group.
  @inlinable
  public func count(of group: KeyGroup) -> Int {
    guard keyGroups.contains(group) else { refuse(keyGroup: UInt(group.index)) }
    return unsafe Int(groups[group.index - keyGroups.lowest.index].count)
  }

  /// Shows every key and value, by key group and within it by slot.
  ///
  /// The order depends only on the sequence of the operations since the table was made.
  ///
  /// - Complexity: O(*n*).
  /// - Note: to fill another table in this order, `reserve(_:in:)` there first.
  @inlinable
  public func forEach(_ body: (KeyGroup, Key, Value) throws -> Void) rethrows {
    for index in 0..<Int(groupCount) {
      let group = KeyGroup(Int(lowestGroup) + index)
      try unsafe groups[index].forEach { try body(group, $0, $1) }
    }
  }

  /// Shows every key and value of one key group by slot.
  ///
  /// - Precondition: the table owns the group.
  @inlinable
  func forEach(in group: KeyGroup, _ body: (Key, Value) throws -> Void) rethrows {
    guard keyGroups.contains(group) else { refuse(keyGroup: UInt(group.index)) }
    try unsafe groups[group.index - keyGroups.lowest.index].forEach { try body($0, $1) }
  }

  /// Makes room for so many keys of one key group in all.
  ///
  /// To be called before keys are put in that come in the order in which another table shows them.
  ///
  /// - Precondition: the table owns the group.
  @inlinable
  public func reserve(_ entries: Int, in group: KeyGroup) {
    guard keyGroups.contains(group) else { refuse(keyGroup: UInt(group.index)) }
    unsafe groups[group.index - keyGroups.lowest.index].reserve(entries)
  }

  /// Removes every key.
  @inlinable
  public func removeAll() {
    for index in 0..<Int(groupCount) {
      unsafe groups[index].releaseAll()
    }
  }

  /// The content as it is now, unaffected by what happens to the table later.
  ///
  /// - Complexity: O(*g*) in the number of key groups.
  @inlinable
  public func snapshot() -> StateTableSnapshot<Key, Value> {
    for index in 0..<Int(groupCount) where unsafe groups[index].list != nil {
      unsafe groups[index].needsPreparation = true
    }
    return unsafe StateTableSnapshot(
      keyGroups: keyGroups,
      maxParallelism: maxParallelism,
      groups: groups
    )
  }
}
