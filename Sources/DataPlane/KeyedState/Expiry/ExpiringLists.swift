public import StreamModel

/// The table of lists that expire element by element, as their state asks for it.
///
/// *Source:* Flink `TtlListState`. *Simplified:* there, reading removes expired elements only when
/// all have expired or when it renews them; here always.
@usableFromInline
final class ExpiringLists<Key: StreamKey, Element> {
  @usableFromInline typealias List = [Expiring<Element>]

  @usableFromInline let table: StateTable<Key, List>
  @usableFromInline let current: CurrentKey<Key>
  @usableFromInline let expiry: Expiry
  @usableFromInline var place = SweepPlace()

  @inlinable
  init(_ table: StateTable<Key, List>, _ current: CurrentKey<Key>, _ expiry: Expiry) {
    self.table = table
    self.current = current
    self.expiry = expiry
  }

  /// The elements of the current key that may be seen; removes those that have expired.
  @inlinable
  func read() -> [Element] {
    defer { sweep() }
    let now = expiry.now
    return current.with { key, hash in
      guard let found = table.value(hash: hash, key: key) else { return [] }
      var live = found.filter { !expiry.isExpired($0.lastAccess, at: now) }
      var isChanged = live.count < found.count
      if expiry.isRenewedByReading {
        for index in live.indices where live[index].lastAccess != now {
          live[index].lastAccess = now
          isChanged = true
        }
      }
      if isChanged { set(live, hash, key) }
      return (expiry.showsExpired ? found : live).map(\.value)
    }
  }

  /// Adds elements to the list of the current key.
  @inlinable
  func append(_ elements: some Sequence<Element>) {
    defer { sweep() }
    let now = expiry.now
    current.with { key, hash in
      table.update(hash: hash, key: key, initial: []) { list in
        for element in elements { list.append(Expiring(element, at: now)) }
      }
    }
  }

  /// Gives the current key a list.
  @inlinable
  func write(_ elements: [Element]) {
    defer { sweep() }
    let now = expiry.now
    current.with { key, hash in set(elements.map { Expiring($0, at: now) }, hash, key) }
  }

  @inlinable
  func set(_ list: List, _ hash: Int32, _ key: Key) {
    if list.isEmpty {
      table.remove(hash: hash, key: key)
    } else {
      table.set(list, hash: hash, key: key)
    }
  }

  /// Removes what has expired in the next few lists.
  @inlinable
  func sweep() {
    let now = expiry.now
    var next = place
    table.sweep(&next) { list in
      guard list.contains(where: { expiry.isExpired($0.lastAccess, at: now) }) else {
        return .keep
      }
      let live = list.filter { !expiry.isExpired($0.lastAccess, at: now) }
      return live.isEmpty ? .remove : .replace(live)
    }
    place = next
  }
}

extension ExpiringLists where Element: Codable {
  /// The table as a store sees it.
  @inlinable
  func registration(_ signature: StateSignature, handle: AnyObject) -> StateRegistration {
    let (table, expiry) = (table, expiry)
    return StateRegistration(
      signature: signature,
      handle: handle,
      timeToLive: expiry.timeToLive,
      size: { table.size { StateSize.bytes(of: $0) } },
      snapshot: { table.snapshot().source(of: signature) },
      restore: { reader throws(StateCodecError) in
        let now = expiry.now
        _ = try table.restore(from: reader, as: signature) { list in
          list.removeAll { expiry.isExpired($0.lastAccess, at: now) }
          return !list.isEmpty
        }
      },
      removeAll: { table.removeAll() }
    )
  }
}
