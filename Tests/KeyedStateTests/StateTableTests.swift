import KeyedState
import StreamModel
import TestSupport
import Testing

/// A key whose hash is one of three, so that most keys collide.
private struct ClumsyKey: StreamKey {
  var number: Int
  var javaHash: Int32 { Int32(number % 3) }

  static func isSame(_ left: ClumsyKey, _ right: ClumsyKey) -> Bool {
    left.number == right.number
  }
}

/// Counts how many of its kind are alive.
private final class Living {
  final class Census { var alive = 0 }
  let census: Census

  init(_ census: Census) {
    self.census = census
    census.alive += 1
  }

  deinit { census.alive -= 1 }
}

/// A table beside a list of pairs, and snapshots of both.
private struct TableAndModel<Key: StreamKey> {
  let table: StateTable<Key, [Int]>
  var model: [(key: Key, value: [Int])] = []
  var snapshots: [(StateTableSnapshot<Key, [Int]>, [(key: Key, value: [Int])])] = []

  init(maxParallelism: Int) {
    table = StateTable(
      keyGroups: .all(maxParallelism: maxParallelism),
      maxParallelism: maxParallelism
    )
  }

  private func index(_ key: Key) -> Int? {
    model.firstIndex { Key.isSame($0.key, key) }
  }

  mutating func step(_ key: Key, _ random: inout SeededRandom) {
    let number = random.below(1000)
    switch random.below(20) {
    case 0..<10:
      let count = table.update(hash: key.javaHash, key: key, initial: [number]) {
        $0.append(number)
        return $0.count
      }
      let at = index(key) ?? add(key, [number])
      model[at].value.append(number)
      #expect(count == model[at].value.count)
    case 10..<13:
      table.set([number], hash: key.javaHash, key: key)
      let at = index(key) ?? add(key, [])
      model[at].value = [number]
    case 13..<17:
      let removed = table.remove(hash: key.javaHash, key: key)
      #expect(removed == index(key).map { model.remove(at: $0).value })
    case 17..<19:
      #expect(table.value(hash: key.javaHash, key: key) == index(key).map { model[$0].value })
    default:
      snapshots.append((table.snapshot(), model))
      if snapshots.count > 3 { snapshots.remove(at: random.below(4)) }
    }
  }

  private mutating func add(_ key: Key, _ value: [Int]) -> Int {
    model.append((key, value))
    return model.count - 1
  }

  func check() {
    compare(table.count, model) { table.forEach($0) }
    for (snapshot, model) in snapshots {
      compare(snapshot.count, model) { snapshot.forEach($0) }
    }
    for entry in model {
      #expect(table.value(hash: entry.key.javaHash, key: entry.key) == entry.value)
    }
  }

  private func compare(
    _ count: Int,
    _ model: [(key: Key, value: [Int])],
    _ forEach: ((KeyGroup, Key, [Int]) -> Void) -> Void
  ) {
    #expect(count == model.count)
    var seen = 0
    forEach { group, key, value in
      seen += 1
      let entry = model.first { Key.isSame($0.key, key) }
      #expect(entry?.value == value)
      let expected = KeyGroupAssignment.keyGroup(
        ofHash: key.javaHash,
        maxParallelism: table.maxParallelism
      )
      #expect(group == expected)
    }
    #expect(seen == model.count)
  }
}

@Suite struct StateTableTests {
  private func run<Key: StreamKey>(
    seed: UInt64,
    maxParallelism: Int,
    steps: Int,
    key: (Int) -> Key
  ) {
    var random = SeededRandom(seed)
    var both = TableAndModel<Key>(maxParallelism: maxParallelism)
    let range = [5, 40, 300][random.below(3)]
    for step in 0..<steps {
      both.step(key(random.below(range)), &random)
      if step % 400 == 0 { both.check() }
    }
    both.check()
  }

  @Test(arguments: 1...UInt64(Draws.runs(byDay: 6, search: 200)))
  func agreesWithAListOfPairs(seed: UInt64) {
    run(seed: seed, maxParallelism: 1, steps: 2000) { $0 }
    run(seed: seed, maxParallelism: 7, steps: 2000) { "key \($0)" }
    run(seed: seed, maxParallelism: 128, steps: 1000) { Tuple2("k", Int32($0)) }
    run(seed: seed, maxParallelism: 2, steps: 1000) { ClumsyKey(number: $0) }
    run(seed: seed, maxParallelism: 2, steps: 1000) { NamespacedKey($0 % 3, in: $0) }
  }

  @Test func growsToManyEntriesAndBackToNone() {
    let table = StateTable<Int, String>(
      keyGroups: .all(maxParallelism: 4),
      maxParallelism: 4
    )
    for number in 0..<20_000 {
      table.set("\(number)", hash: number.javaHash, key: number)
    }
    #expect(table.count == 20_000)
    let snapshot = table.snapshot()
    for number in 0..<20_000 {
      #expect(table.remove(hash: number.javaHash, key: number) == "\(number)")
    }
    #expect(table.count == 0)
    #expect(snapshot.count == 20_000)
    var sum = 0
    snapshot.forEach { _, key, value in sum += value == "\(key)" ? 1 : 0 }
    #expect(sum == 20_000)
  }

  @Test func aSnapshotKeepsItsContentWhenTheTableIsEmptied() {
    let table = StateTable<String, Int>(keyGroups: .all(maxParallelism: 8), maxParallelism: 8)
    for number in 0..<100 { table.set(number, hash: "\(number)".javaHash, key: "\(number)") }
    let snapshot = table.snapshot()
    table.removeAll()
    #expect(table.count == 0)
    table.set(-1, hash: "1".javaHash, key: "1")
    #expect(snapshot.count == 100)
    snapshot.forEach { _, key, value in #expect(key == "\(value)") }
  }

  @Test func everyValueIsLetGoOnce() {
    let census = Living.Census()
    do {
      let table = StateTable<Int, Living>(keyGroups: .all(maxParallelism: 3), maxParallelism: 3)
      var random = SeededRandom(7)
      var snapshots: [StateTableSnapshot<Int, Living>] = []
      for _ in 0..<5000 {
        let key = random.below(400)
        switch random.below(8) {
        case 0: table.remove(hash: key.javaHash, key: key)
        case 1: if random.below(40) == 0 { snapshots.append(table.snapshot()) }
        case 2: if random.below(100) == 0 { snapshots.removeAll() }
        default: table.set(Living(census), hash: key.javaHash, key: key)
        }
        if snapshots.isEmpty { #expect(census.alive == table.count) }
      }
      #expect(census.alive >= table.count)
    }
    #expect(census.alive == 0)
  }

  @Test func theSameOperationsGiveTheSameOrder() {
    func keys() -> [String] {
      let table = StateTable<String, Int>(keyGroups: .all(maxParallelism: 5), maxParallelism: 5)
      var random = SeededRandom(3)
      for _ in 0..<3000 {
        let key = "k\(random.below(500))"
        if random.below(4) == 0 {
          table.remove(hash: key.javaHash, key: key)
        } else {
          table.set(1, hash: key.javaHash, key: key)
        }
      }
      var keys: [String] = []
      table.forEach { _, key, _ in keys.append(key) }
      return keys
    }
    #expect(keys() == keys())
  }

  @Test func composedAndDecomposedKeysHaveStateOfTheirOwn() {
    let table = StateTable<String, Int>(keyGroups: .all(maxParallelism: 1), maxParallelism: 1)
    for key in ["\u{e9}", "e\u{301}"] {
      table.update(hash: key.javaHash, key: key, initial: 0) { $0 += 1 }
    }
    #expect(table.count == 2)
  }

  @Test func aThrowingChangeLeavesTheTableWhole() {
    struct Refusal: Error {}
    let table = StateTable<Int, Int>(keyGroups: .all(maxParallelism: 1), maxParallelism: 1)
    #expect(throws: Refusal.self) {
      try table.update(hash: 1, key: 1, initial: 5) { _ in throw Refusal() }
    }
    #expect(table.value(hash: 1, key: 1) == 5)
  }

  @Test func roomIsMadeWithoutChangingTheContent() {
    let table = StateTable<Int, Int>(keyGroups: .all(maxParallelism: 2), maxParallelism: 2)
    for number in 0..<50 { table.set(number, hash: number.javaHash, key: number) }
    let snapshot = table.snapshot()
    for group in table.keyGroups { table.reserve(1000, in: group) }
    for number in 0..<50 {
      #expect(table.value(hash: number.javaHash, key: number) == number)
    }
    #expect(snapshot.count == 50)
  }

  @Test func aKeyOfAnotherKeyGroupIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let groups = KeyGroupRange(KeyGroup(0), through: KeyGroup(63))
      let table = StateTable<Int32, Int>(keyGroups: groups, maxParallelism: 128)
      table.set(1, hash: 1, key: 1)
    }
  }
}
