import KeyedState
import StreamModel
import Testing

private struct Average: Codable, Equatable {
  var sum: Double
  var count: Int
}

@Suite struct KeyedStateStoreTests {
  private func store(
    _ index: Int = 0,
    of parallelism: Int = 1
  ) -> KeyedStateStore<String> {
    KeyedStateStore(
      keyGroups: KeyGroupRange(
        operatorIndex: index,
        parallelism: parallelism,
        maxParallelism: 128
      ),
      maxParallelism: 128,
      clock: HandClock()
    )
  }

  private func bytes(_ store: KeyedStateStore<String>) throws -> KeyedStateBytes {
    let writer = try #require(store.snapshot(partEntries: .max).first)
    while try !writer.writeSlice(maxEntries: 3) {}
    return writer.finish()
  }

  private let words = ["to", "be", "or", "not", "that", "is", "the", "question"]

  /// A store whose states hold the place and the length of each word.
  private func filled() throws -> KeyedStateStore<String> {
    let store = store()
    let places = try store.valueState(named: "place", of: Int.self)
    let averages = try store.valueState(named: "average", of: Average.self)
    for (place, word) in words.enumerated() {
      store.setCurrentKey(word, hash: word.javaHash)
      places.update(place)
      averages.update(Average(sum: Double(word.utf8.count), count: 1))
    }
    return store
  }

  @Test func aValueBelongsToTheCurrentKey() throws {
    let store = store()
    let count = try store.valueState(named: "count", of: Int.self)
    for word in ["a", "b", "a"] {
      store.setCurrentKey(word, hash: word.javaHash)
      count.update((count.value() ?? 0) + 1)
    }
    #expect(store.currentKey == "a")
    #expect(count.value() == 2)
    count.clear()
    #expect(count.value() == nil)
    store.setCurrentKey("b", hash: "b".javaHash)
    #expect(count.value() == 1)
  }

  @Test func aStoreIsLetGoWithItsStates() throws {
    weak var gone: KeyedStateStore<String>?
    weak var goneState: ValueState<Int>?
    do {
      let store = try filled()
      gone = store
      goneState = try store.valueState(named: "place", of: Int.self)
      _ = try bytes(store)
      #expect(gone != nil)
    }
    #expect(gone == nil)
    #expect(goneState == nil)
  }

  @Test func allStatesComeBackAtAnotherParallelism() throws {
    let written = try bytes(filled())
    var found = 0
    for index in 0..<3 {
      let restored = store(index, of: 3)
      try restored.restore(from: [written])
      let places = try restored.valueState(named: "place", of: Int.self)
      let averages = try restored.valueState(named: "average", of: Average.self)
      for (place, word) in words.enumerated() {
        let group = KeyGroupAssignment.keyGroup(ofHash: word.javaHash, maxParallelism: 128)
        guard restored.keyGroups.contains(group) else { continue }
        restored.setCurrentKey(word, hash: word.javaHash)
        #expect(places.value() == place)
        #expect(averages.value() == Average(sum: Double(word.utf8.count), count: 1))
        found += 1
      }
    }
    #expect(found == words.count)
  }

  @Test func whatIsRestoredReachesStatesThatHaveRegisteredBefore() throws {
    let restored = store()
    let places = try restored.valueState(named: "place", of: Int.self)
    try restored.restore(from: [bytes(filled())])
    restored.setCurrentKey("question", hash: "question".javaHash)
    #expect(places.value() == 7)
  }

  @Test func stateThatNobodyAsksForStaysInLaterSnapshots() throws {
    let written = try bytes(filled())
    let second = store(0, of: 2)
    let third = store(1, of: 2)
    for half in [second, third] {
      try half.restore(from: [written])
      _ = try half.valueState(named: "place", of: Int.self)
    }
    let restored = store()
    try restored.restore(from: [bytes(second), bytes(third)])
    let averages = try restored.valueState(named: "average", of: Average.self)
    for word in words {
      restored.setCurrentKey(word, hash: word.javaHash)
      #expect(averages.value() == Average(sum: Double(word.utf8.count), count: 1))
    }
  }

  @Test func oneNameHasOneType() throws {
    let store = store()
    let count = try store.valueState(named: "count", of: Int.self)
    #expect(try store.valueState(named: "count", of: Int.self) === count)
    let error = #expect(throws: StateCodecError.self) {
      try store.valueState(named: "count", of: String.self)
    }
    #expect(error?.problem == .wrongState)
    #expect(error?.found == "value state \"count\" of String by String")
    #expect(throws: StateCodecError.self) {
      try store.table(named: "count", by: String.self, of: Int.self)
    }
  }

  @Test func restoringAStateUnderAnotherTypeIsRefused() throws {
    let restored = store()
    try restored.restore(from: [bytes(filled())])
    let error = #expect(throws: StateCodecError.self) {
      try restored.valueState(named: "place", of: String.self)
    }
    #expect(error?.description.contains("value state \"place\" of Int by String") == true)
    #expect(error?.description.contains("value state \"place\" of String by String") == true)
  }

  @Test func aTableByKeyAndWindowIsKeptBesideValues() throws {
    typealias Windowed = NamespacedKey<String, Int>
    let first = store()
    let sums = try first.table(named: "sums", by: Windowed.self, of: Int.self)
    for (place, word) in words.enumerated() {
      let key = Windowed(word, in: place % 2)
      sums.update(hash: word.javaHash, key: key, initial: 0) { $0 += place }
    }
    let second = store()
    let restored = try second.table(named: "sums", by: Windowed.self, of: Int.self)
    try second.restore(from: [bytes(first)])
    #expect(restored.count == words.count)
    let key = Windowed("is", in: 1)
    #expect(restored.value(hash: key.javaHash, key: key) == 5)
  }

  @Test func stateWithoutACurrentKeyIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let store = KeyedStateStore<String>(
        keyGroups: .all(maxParallelism: 1),
        maxParallelism: 1,
        clock: HandClock()
      )
      _ = try store.valueState(named: "count", of: Int.self).value()
    }
  }
}
