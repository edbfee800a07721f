public import StreamModel

/// The named states of one keyed operator in one subtask, and the key they are asked about.
///
/// States register under a name; a snapshot holds all of them, and what has been restored is given
/// to a state when it registers. Further kinds of state join by `register(_:)`.
///
/// *Source:* Flink `KeyedStateBackend`.
public final class KeyedStateStore<Key: StreamKey> {
  /// The key groups whose keys may become current.
  public let keyGroups: KeyGroupRange
  /// The number of key groups of the operator.
  public let maxParallelism: Int

  /// The processing time that states with a time to live go by.
  public let clock: any StateClock

  @usableFromInline let current = CurrentKey<Key>()
  private var registrations: [StateRegistration] = []
  private var restored: [KeyedStateReader] = []
  private var unclaimed: [UnclaimedState] = []

  /// An operator without states; what has a time to live goes by the clock.
  ///
  /// - Precondition: the groups lie within `maxParallelism`, which is at most 32768.
  public init(keyGroups: KeyGroupRange, maxParallelism: Int, clock: any StateClock) {
    self.keyGroups = keyGroups
    self.maxParallelism = maxParallelism
    self.clock = clock
  }

  // MARK: The current key

  /// Makes a key the one that states are asked about; the hash is its Java hash.
  @inlinable
  public func setCurrentKey(_ key: Key, hash: Int32) {
    current.set(key, hash: hash)
  }

  /// Leaves no key: there is no record at hand that has one.
  @inlinable
  public func clearCurrentKey() {
    current.clear()
  }

  /// The key that states are asked about; nil before the first record.
  @inlinable
  public var currentKey: Key? { current.key }

  // MARK: States

  /// A table under a name, for an operator that says itself which key it means.
  ///
  /// Its keys need not be those of the records: state that is kept per key and window is keyed by
  /// `NamespacedKey`. They must lie in the key groups of the store.
  ///
  /// - Throws: as `valueState(named:of:timeToLive:)`.
  @inlinable
  public func table<TableKey: StreamKey, Value: Codable>(
    named name: String,
    by keyType: TableKey.Type = TableKey.self,
    of valueType: Value.Type = Value.self
  ) throws(StateCodecError) -> StateTable<TableKey, Value> {
    let signature = StateSignature(
      name: name,
      kind: StateKind.table.rawValue,
      keyType: String(describing: keyType),
      valueType: String(describing: valueType)
    )
    if let known = try handle(of: signature, as: StateTable<TableKey, Value>.self) { return known }
    let table = StateTable<TableKey, Value>(keyGroups: keyGroups, maxParallelism: maxParallelism)
    try register(table.registration(signature, handle: table))
    return table
  }

  /// The handle that was given out for a state, or nil when its name is free.
  @usableFromInline
  func handle<Handle: AnyObject>(
    of signature: StateSignature,
    as type: Handle.Type,
    timeToLive: StateTimeToLive? = nil
  ) throws(StateCodecError) -> Handle? {
    guard let known = registrations.first(where: { $0.isNamed(signature.name) }) else {
      return nil
    }
    let hasSameTime = known.timeToLive == timeToLive
    if hasSameTime, known.signature == signature, let handle = known.handle as? Handle {
      return handle
    }
    let found =
      if known.signature != signature {
        "\(signature)"
      } else if hasSameTime {
        "one for \(type)"
      } else {
        "one with another time to live"
      }
    throw StateCodecError(
      .wrongState,
      expected: "\(known.signature), as it was registered",
      found: found,
      place: "state \"\(signature.name)\""
    )
  }

  /// Adds a state of any kind, and gives it what was restored under its name.
  ///
  /// - Throws: `StateCodecError` when the name is taken, or what was restored under it is of
  ///   another type or cannot be read.
  public func register(_ registration: StateRegistration) throws(StateCodecError) {
    let name = registration.signature.name
    guard !isRegistered(name) else {
      throw StateCodecError(
        .wrongState,
        expected: "a name for each state",
        found: "a second \(registration.signature)",
        place: "state \"\(name)\""
      )
    }
    for reader in restored { try registration.restore(reader) }
    registrations.append(registration)
    unclaimed.removeAll { String.isSame($0.signature.name, name) }
    let readers = restored
    restored = readers.filter { !$0.signatures.allSatisfy { isRegistered($0.name) } }
  }

  private func isRegistered(_ name: String) -> Bool {
    registrations.contains { $0.isNamed(name) }
  }

  /// How much state there is, over all states that have registered.
  ///
  /// - Complexity: O(*n*) in the number of lists and maps, and of the key groups of each state.
  public var size: StateSize {
    registrations.reduce(StateSize()) { $0 + $1.size() }
  }

  /// Forgets what all states hold, and which key is current: in batch, where one key comes after
  /// the other, at the end of each.
  ///
  /// *Source:* Flink `BatchExecutionKeyedStateBackend.setCurrentKey`.
  public func removeAll() {
    for registration in registrations { registration.removeAll() }
    current.clear()
  }

  // MARK: Snapshot and restore

  /// The content of all states as it is now, for writing it out slice by slice.
  ///
  /// State that was restored and that nobody has asked for since is in it too.
  ///
  /// It comes in parts of neighbouring key groups, each to be written as an object of its own: no
  /// single object grows so large that moving its bytes would be felt.
  ///
  /// - Parameter partEntries: How many entries a part has before the next one begins.
  /// - Returns: A writer for each part, in the order of their key groups.
  public func snapshot(partEntries: Int = 32_768) -> [KeyedSnapshotWriter] {
    let sources = registrations.map { $0.snapshot() }
    var parts: [KeyGroupRange] = []
    var lowest = keyGroups.lowest
    var entries = 0
    for group in keyGroups {
      entries += sources.reduce(0) { $0 + $1.count(group) }
      guard entries >= partEntries || group == keyGroups.highest else { continue }
      parts.append(KeyGroupRange(lowest, through: group))
      lowest = KeyGroup(group.index + 1)
      entries = 0
    }
    return parts.map {
      KeyedSnapshotWriter(
        sources,
        unclaimed: unclaimed,
        keyGroups: $0,
        maxParallelism: maxParallelism
      )
    }
  }

  /// Takes over what subtasks wrote, as far as it lies in the key groups of this one.
  ///
  /// States that have registered get it at once, others when they register.
  ///
  /// - Throws: `StateCodecError` when it is of another type or another max parallelism than the
  ///   states here, or cannot be read.
  public func restore(from contents: [KeyedStateBytes]) throws(StateCodecError) {
    for content in contents {
      let reader = try KeyedStateReader(content)
      for registration in registrations { try registration.restore(reader) }
      let missing = reader.signatures.filter { !isRegistered($0.name) }
      if missing.isEmpty { continue }
      restored.append(reader)
      for signature in missing {
        let blocks = try reader.blocks(
          of: signature,
          in: keyGroups,
          maxParallelism: maxParallelism
        )
        unclaimed.append(UnclaimedState(signature: signature, blocks: blocks))
      }
    }
  }
}
