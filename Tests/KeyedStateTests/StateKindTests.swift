import KeyedState
import StreamModel
import Testing

/// What each kind of state does while nothing expires.
@Suite struct StateKindTests {
  private func store(_ key: Int? = 1) -> KeyedStateStore<Int> {
    let store = KeyedStateStore<Int>(
      keyGroups: .all(maxParallelism: 8),
      maxParallelism: 8,
      clock: HandClock()
    )
    if let key { store.setCurrentKey(key, hash: key.javaHash) }
    return store
  }

  @Test(arguments: StateKind.ofKeys)
  func eachKeyHasItsOwn(kind: StateKind) throws {
    let subtasks = try ProbedSubtasks(kind)
    try subtasks.at(1).add(10)
    #expect(try subtasks.at(2).seen().isEmpty)
    try subtasks.at(2).add(20)
    #expect(try subtasks.at(1).seen().first == 10)
    subtasks.at(1).clear()
    #expect(try subtasks.at(1).seen().isEmpty)
    #expect(try subtasks.at(2).seen().first == 20)
    subtasks.at(3).clear()
    subtasks.at(3).drop(0)
    #expect(subtasks.size.entries == 1)
  }

  @Test func aListKeepsItsOrderAndIsGoneWhenItIsEmpty() throws {
    let store = store()
    let list = try store.listState(named: "list", of: String.self)
    #expect(list.get() == [])
    list.add("b")
    list.addAll(["a", "c"])
    list.addAll([])
    #expect(list.get() == ["b", "a", "c"])
    list.update(["z"])
    #expect(list.get() == ["z"])
    list.update([])
    #expect(list.get() == [])
    #expect(store.size.entries == 0)
    list.addAll([])
    #expect(store.size.entries == 0)
  }

  @Test func aMapKeepsTheOrderOfFirstPuts() throws {
    let store = store()
    let map = try store.mapState(named: "map", by: String.self, of: Int.self)
    #expect(map.isEmpty())
    for (place, word) in ["to", "be", "or", "not", "to", "be"].enumerated() { map.put(word, place) }
    #expect(map.entries().map(\.key) == ["to", "be", "or", "not"])
    #expect(map.entries().map(\.value) == [4, 5, 2, 3])
    #expect(map.get("or") == 2 && map.get("that") == nil)
    #expect(map.contains("not") && !map.contains("that"))
    map.remove("to")
    map.remove("that")
    map.put("to", 6)
    #expect(map.entries().map(\.key) == ["be", "or", "not", "to"])
    #expect(store.size.entries == 4)
    for word in ["be", "or", "not"] { map.remove(word) }
    #expect(!map.isEmpty())
    map.remove("to")
    #expect(map.isEmpty() && store.size.entries == 0)
    map.put("to", 1)
    map.clear()
    #expect(map.isEmpty() && map.entries().isEmpty)
  }

  @Test func aMapWhoseEntriesComeAndGoStaysSmall() throws {
    let store = store()
    let map = try store.mapState(named: "map", by: Int.self, of: Int.self)
    for number in 0..<5000 {
      map.put(number, number)
      map.remove(number - 10)
    }
    #expect(map.entries().map(\.key) == Array(4990..<5000))
    #expect(store.size.entries == 10)
    #expect(store.size.bytes < 4000)
  }

  @Test func reducingKeepsTheFirstValueAsItIs() throws {
    let longest = try store().reducingState(named: "longest", of: String.self) {
      $1.utf8.count > $0.utf8.count ? $1 : $0
    }
    #expect(longest.get() == nil)
    for word in ["a", "storm", "petrel"] { try longest.add(word) }
    #expect(longest.get() == "petrel")
    longest.clear()
    try longest.add("a")
    #expect(longest.get() == "a")
  }

  @Test func aggregatingShowsTheResultOfItsAccumulator() throws {
    let state = try store().aggregatingState(named: "sum", by: SumAndCount())
    #expect(try state.get() == nil)
    for number in 1...4 { try state.add(number) }
    #expect(try state.get() == [10, 4])
    state.clear()
    #expect(try state.get() == nil)
  }

  @Test(
    arguments: [StateKind.reducing, .aggregating],
    [nil, StateTimeToLive(milliseconds: 9)]
  )
  func aFunctionThatThrowsChangesNothing(kind: StateKind, timeToLive: StateTimeToLive?) throws {
    let subtasks = try ProbedSubtasks(kind, timeToLive: timeToLive)
    try subtasks.at(1).add(5)
    let before = try subtasks.at(1).seen()
    #expect(throws: Refusal.self) { try subtasks.at(1).add(.min) }
    #expect(try subtasks.at(1).seen() == before)
    if kind == .aggregating {
      #expect(throws: Refusal.self) { try subtasks.at(2).add(.min) }
      #expect(try subtasks.at(2).seen().isEmpty)
      #expect(subtasks.size.entries == 1)
    }
  }

  // MARK: Names

  @Test(arguments: StateKind.ofKeys)
  func askedForAgainItIsTheSame(kind: StateKind) throws {
    let store = store()
    for timeToLive in [nil, StateTimeToLive(milliseconds: 5)] {
      let name = "state \(timeToLive == nil)"
      let first = try kind.probe(store, named: name, timeToLive: timeToLive)
      let second = try kind.probe(store, named: name, timeToLive: timeToLive)
      try first.add(3)
      #expect(try second.seen().first == 3)
    }
  }

  @Test(arguments: StateKind.ofKeys, StateKind.ofKeys)
  func aNameIsTakenByAKindAndATimeToLive(first: StateKind, second: StateKind) throws {
    let lives = [
      nil, StateTimeToLive(milliseconds: 5), StateTimeToLive(milliseconds: 6),
      StateTimeToLive(milliseconds: 5, updateType: .onReadAndWrite),
      StateTimeToLive(milliseconds: 5, visibility: .returnExpiredIfNotCleanedUp),
    ]
    for (place, life) in lives.enumerated() {
      for (otherPlace, otherLife) in lives.enumerated() {
        let store = store()
        _ = try first.probe(store, named: "taken", timeToLive: life)
        if first == second, place == otherPlace { continue }
        let error = #expect(throws: StateCodecError.self) {
          _ = try second.probe(store, named: "taken", timeToLive: otherLife)
        }
        #expect(error?.problem == .wrongState)
        #expect(error?.description.contains("state \"taken\"") == true)
      }
    }
  }

  @Test func aNameIsTakenByATypeAndByATable() throws {
    let store = store()
    _ = try store.listState(named: "list", of: Int.self)
    _ = try store.mapState(named: "map", by: Int.self, of: Int.self)
    _ = try store.aggregatingState(named: "sum", by: SumAndCount())
    _ = try store.table(named: "table", by: Int.self, of: Int.self)
    func isRefused(_ body: () throws -> Void) {
      #expect(throws: StateCodecError.self) { try body() }
    }
    isRefused { _ = try store.listState(named: "list", of: Int32.self) }
    isRefused { _ = try store.mapState(named: "map", by: String.self, of: Int.self) }
    isRefused { _ = try store.mapState(named: "map", by: Int.self, of: Int32.self) }
    isRefused { _ = try store.reducingState(named: "sum", of: Int.self) { $0 + $1 } }
    isRefused { _ = try store.valueState(named: "table", of: Int.self) }
    isRefused { _ = try store.table(named: "list", by: Int.self, of: [Int].self) }
  }

  @Test func aDisabledTimeToLiveIsNone() throws {
    let store = store()
    let disabled = StateTimeToLive(milliseconds: 1, updateType: .disabled)
    let first = try store.valueState(named: "value", of: Int.self, timeToLive: disabled)
    #expect(try store.valueState(named: "value", of: Int.self) === first)
  }

  @Test(arguments: StateKind.ofKeys, [Int64(0), -1, .min])
  func aTimeToLiveThatIsNotAboveZeroIsRefused(kind: StateKind, milliseconds: Int64) throws {
    let error = #expect(throws: StateCodecError.self) {
      _ = try kind.probe(store(), timeToLive: StateTimeToLive(milliseconds: milliseconds))
    }
    #expect(error?.problem == .unsupported)
  }
}
