import HeapModule
import KeyedState
import StreamModel

/// The timers of one kind of time: a table by key that snapshots hold, and a heap that orders it.
///
/// A timer is there once however often it is registered. Those of the same moment fire in the order
/// of their registration, also after a restore. Flink leaves that order to its heap.
struct TimerQueue<Key: StreamKey, Namespace: StreamKey> {
  /// A timer with its place in the order.
  private struct Entry: Comparable {
    let timer: Timer<Key, Namespace>
    let sequence: Int64

    static func < (left: Entry, right: Entry) -> Bool {
      (left.timer.timestamp, left.sequence) < (right.timer.timestamp, right.sequence)
    }

    static func == (left: Entry, right: Entry) -> Bool {
      (left.timer.timestamp, left.sequence) == (right.timer.timestamp, right.sequence)
    }
  }

  private typealias Name = NamespacedKey<Key, TimerName<Namespace>>
  /// For each timer that is registered its place in the order.
  private let table: StateTable<Name, Int64>
  /// Those timers, and some that were deleted since.
  private var heap = Heap<Entry>()
  private var sequence: Int64 = 0

  /// The queue whose timers a store keeps under a name.
  ///
  /// - Throws: `StateCodecError` when restored timers cannot be read.
  init(_ store: KeyedStateStore<Key>, named name: String) throws {
    table = try store.table(named: name, by: Name.self, of: Int64.self)
    fillHeap()
  }

  private mutating func fillHeap() {
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
  }

  /// How many timers are registered.
  var count: Int { table.count }

  /// Registers a timer, unless it is there.
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
  mutating func delete(_ timer: Timer<Key, Namespace>) {
    table.remove(hash: timer.key.javaHash, key: Self.name(of: timer))
    if heap.count > 2 * table.count + 64 { fillHeap() }
  }

  /// The moment of the first timer; nil without any.
  var first: Int64? {
    mutating get {
      while let entry = heap.min {
        if isRegistered(entry) { return entry.timer.timestamp }
        heap.removeMin()
      }
      return nil
    }
  }

  /// Takes the first timer that is not after a moment.
  mutating func pop(notAfter moment: Int64) -> Timer<Key, Namespace>? {
    while let entry = heap.min, entry.timer.timestamp <= moment {
      heap.removeMin()
      guard isRegistered(entry) else { continue }
      table.remove(hash: entry.timer.key.javaHash, key: Self.name(of: entry.timer))
      return entry.timer
    }
    return nil
  }

  private func isRegistered(_ entry: Entry) -> Bool {
    table.value(hash: entry.timer.key.javaHash, key: Self.name(of: entry.timer))
      == entry.sequence
  }

  private static func name(of timer: Timer<Key, Namespace>) -> Name {
    NamespacedKey(
      timer.key,
      in: TimerName(namespace: timer.namespace, timestamp: timer.timestamp)
    )
  }
}
