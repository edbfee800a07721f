import StreamOperators

/// What sinks have written: pending until it is made visible.
///
/// *Simplified:* everything is durable at once; see `SimulatedStorage` for one that takes time.
struct SinkStorage {
  private var pending: [StoredObject] = []
  private(set) var visible: [(path: String, bytes: [UInt8])] = []

  mutating func write(_ objects: [StoredObject]) {
    pending += objects
  }

  /// Makes a transaction visible; one that is visible already stays as it is.
  mutating func commit(_ transaction: Transaction) {
    guard let path = transaction.pendingPath else {
      return visible.append((transaction.path, transaction.bytes ?? []))
    }
    guard let index = pending.firstIndex(where: { $0.path == path }) else { return }
    visible.append((transaction.path, pending.remove(at: index).bytes))
  }
}
