public import HeapModule
public import KeyedState
public import StreamModel

/// The timers of one kind of time: a table by key that snapshots hold, and a heap that orders it.
///
/// A timer is there once however often it is registered. Those of the same moment fire in the order
/// of their registration, also after a restore. *Simplified:* Flink leaves that order to its heap.
@usableFromInline
struct TimerQueue<Key: StreamKey, Namespace: StreamKey> {
  /// A timer with its place in the order.
  @usableFromInline
  struct Entry: Comparable {
    @usableFromInline let timer: Timer<Key, Namespace>
    @usableFromInline let sequence: Int64

    @inlinable
    init(timer: Timer<Key, Namespace>, sequence: Int64) {
      self.timer = timer
      self.sequence = sequence
    }

    @inlinable
    static func < (left: Entry, right: Entry) -> Bool {
      (left.timer.timestamp, left.sequence) < (right.timer.timestamp, right.sequence)
    }

    @inlinable
    static func == (left: Entry, right: Entry) -> Bool {
      (left.timer.timestamp, left.sequence) == (right.timer.timestamp, right.sequence)
    }
  }

  @usableFromInline typealias Name = NamespacedKey<Key, TimerName<Namespace>>
  /// For each timer that is registered its place in the order.
  @usableFromInline let table: StateTable<Name, Int64>
  /// Those timers, and some that were deleted since.
  @usableFromInline var heap = Heap<Entry>()
  @usableFromInline var sequence: Int64 = 0
  /// How many in the heap were deleted since.
  @usableFromInline var deleted = 0

  /// The queue whose timers a store keeps under a name.
  ///
  /// - Throws: `StateCodecError` when restored timers cannot be read.
  @inlinable
  init(_ store: KeyedStateStore<Key>, named name: String) throws {
    table = try store.table(named: name, by: Name.self, of: Int64.self)
    fillHeap()
  }

  @inlinable
  mutating func fillHeap() {
    var entries: [Entry] = []
    table.forEach { _, name, sequence in
      let timer = Timer(
        key: name.key,
        namespace: name.namespace.namespace,
        timestamp: name.namespace.timestamp
      )
      entries.append(Entry(timer: timer, sequence: sequence))
    }
    sequence = max(sequence, entries.map { $0.sequence + 1 }.max() ?? 0)
    heap = Heap(entries)
    deleted = 0
  }

  /// How many timers are registered.
  @inlinable
  var count: Int { table.count }

  /// Registers a timer, unless it is there.
  @inlinable
  mutating func register(_ timer: Timer<Key, Namespace>) {
    let wanted = sequence
    let found = table.update(
      hash: timer.key.javaHash,
      key: Self.name(of: timer),
      initial: wanted
    ) { $0 }
    guard found == wanted else { return }
    sequence += 1
    heap.insert(Entry(timer: timer, sequence: wanted))
  }

  /// Deletes a timer, if it is there.
  @inlinable
  mutating func delete(_ timer: Timer<Key, Namespace>) {
    let found = table.remove(hash: timer.key.javaHash, key: Self.name(of: timer))
    guard found != nil else { return }
    deleted += 1
    if deleted > 64, 2 * deleted > heap.count { fillHeap() }
  }

  /// The moment of the first timer; nil without any.
  @inlinable
  var first: Int64? {
    mutating get {
      while let entry = heap.min {
        if isRegistered(entry) { return entry.timer.timestamp }
        dropFirst()
      }
      return nil
    }
  }

  /// Takes the first timer that is not after a moment.
  @inlinable
  mutating func pop(notAfter moment: Int64) -> Timer<Key, Namespace>? {
    while let entry = heap.min, entry.timer.timestamp <= moment {
      guard isRegistered(entry) else {
        dropFirst()
        continue
      }
      heap.removeMin()
      table.remove(hash: entry.timer.key.javaHash, key: Self.name(of: entry.timer))
      return entry.timer
    }
    return nil
  }

  /// Drops the first one of the heap, which was deleted.
  @inlinable
  mutating func dropFirst() {
    heap.removeMin()
    deleted -= 1
  }

  @inlinable
  func isRegistered(_ entry: Entry) -> Bool {
    table.value(hash: entry.timer.key.javaHash, key: Self.name(of: entry.timer))
      == entry.sequence
  }

  @inlinable
  static func name(of timer: Timer<Key, Namespace>) -> Name {
    NamespacedKey(
      timer.key,
      in: TimerName(namespace: timer.namespace, timestamp: timer.timestamp)
    )
  }
}
