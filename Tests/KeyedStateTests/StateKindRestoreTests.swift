import KeyedState
import StreamModel
import Testing

/// Types with the names of others that go the way of all `Codable` types.
private enum General {
  struct Int: Codable {
    var number: Swift.Int

    init(_ number: Swift.Int) { self.number = number }

    init(from decoder: any Decoder) throws {
      number = try decoder.singleValueContainer().decode(Swift.Int.self)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(number)
    }
  }
}

/// Snapshots of each kind of state, and what is restored from them.
@Suite struct StateKindRestoreTests {
  private static let lifetimes: [StateTimeToLive?] = [
    nil,
    StateTimeToLive(milliseconds: 100),
    StateTimeToLive(milliseconds: 100, updateType: .onReadAndWrite),
  ]

  private func filled(
    _ kind: StateKind,
    _ timeToLive: StateTimeToLive?,
    parallelism: Int
  ) throws -> ProbedSubtasks {
    let subtasks = try ProbedSubtasks(kind, timeToLive: timeToLive, parallelism: parallelism)
    for key in 0..<60 {
      for number in 0...(key % 4) { try subtasks.at(key).add(7 * key + 3 * number) }
    }
    return subtasks
  }

  @Test(arguments: StateKind.ofKeys, lifetimes)
  func comesBackAtAnyParallelism(kind: StateKind, timeToLive: StateTimeToLive?) throws {
    for (before, after) in [(1, 1), (3, 3), (1, 3), (3, 2), (2, 16), (5, 1)] {
      let subtasks = try filled(kind, timeToLive, parallelism: before)
      let restored = try subtasks.restored(parallelism: after, after: 99)
      #expect(restored.size.entries == subtasks.size.entries)
      for key in 0..<60 {
        let seen = try restored.at(key).seen()
        let expected = try subtasks.at(key).seen()
        #expect(!expected.isEmpty)
        #expect(seen == expected, "\(before) to \(after), key \(key)")
      }
    }
  }

  /// The moment of expiry is in the snapshot: a restore neither lengthens nor shortens a life.
  @Test(arguments: StateKind.ofKeys, [1, 2, 3])
  func livesNoLongerForBeingRestored(kind: StateKind, parallelism: Int) throws {
    let subtasks = try filled(kind, StateTimeToLive(milliseconds: 100), parallelism: 2)
    subtasks.clock.milliseconds = 40
    for key in 0..<30 { try subtasks.at(key).replace([key]) }
    let restored = try subtasks.restored(parallelism: parallelism, after: 40)
    #expect(restored.clock.milliseconds == 80)
    for (instant, first) in [(Int64(99), 0), (100, 30), (139, 30), (140, 60)] {
      restored.clock.milliseconds = instant
      for key in 0..<60 {
        let isThere = key < 30 ? first < 60 : first < 30
        #expect(try restored.at(key).seen().isEmpty != isThere, "\(instant) ms, key \(key)")
      }
    }
  }

  @Test(arguments: StateKind.ofKeys)
  func whatHasExpiredMeanwhileIsLeftOut(kind: StateKind) throws {
    let visible = StateTimeToLive(
      milliseconds: 100,
      visibility: .returnExpiredIfNotCleanedUp
    )
    let subtasks = try filled(kind, visible, parallelism: 1)
    #expect(try subtasks.restored(parallelism: 2, after: 100).size.entries == 0)
  }

  @Test(arguments: StateKind.ofKeys)
  func anotherLifetimeAppliesToWhatIsRestored(kind: StateKind) throws {
    let subtasks = try filled(kind, StateTimeToLive(milliseconds: 100), parallelism: 1)
    let restored = try ProbedSubtasks(
      kind,
      timeToLive: StateTimeToLive(milliseconds: 200),
      clock: HandClock(150),
      restoring: subtasks.bytes()
    )
    #expect(try !restored.at(1).seen().isEmpty)
    restored.clock.milliseconds = 200
    #expect(try restored.at(1).seen().isEmpty)
  }

  @Test(arguments: StateKind.ofKeys, StateKind.ofKeys)
  func isNotRestoredAsAnother(kind: StateKind, other: StateKind) throws {
    for timeToLive in [nil, StateTimeToLive(milliseconds: 100)] {
      let contents = try filled(kind, timeToLive, parallelism: 1).bytes()
      for otherTime in [nil, StateTimeToLive(milliseconds: 100)] {
        if kind == other, timeToLive == otherTime { continue }
        let error = #expect(throws: StateCodecError.self) {
          _ = try ProbedSubtasks(other, timeToLive: otherTime, restoring: contents)
        }
        #expect(error?.problem == .wrongState)
      }
    }
  }

  /// States that nobody asks for go from checkpoint to checkpoint as they are.
  @Test(arguments: StateKind.ofKeys, lifetimes)
  func staysInSnapshotsThoughNobodyAsksForIt(
    kind: StateKind,
    timeToLive: StateTimeToLive?
  ) throws {
    let subtasks = try filled(kind, timeToLive, parallelism: 2)
    let between = KeyedStateStore<Int>(
      keyGroups: .all(maxParallelism: ProbedSubtasks.maxParallelism),
      maxParallelism: ProbedSubtasks.maxParallelism,
      clock: HandClock(1_000_000)
    )
    try between.restore(from: subtasks.bytes())
    let writers = between.snapshot()
    let restored = try ProbedSubtasks(
      kind,
      timeToLive: timeToLive,
      parallelism: 3,
      restoring: writers.map { writer in
        while try !writer.writeSlice(maxEntries: 64) {}
        return writer.finish()
      }
    )
    for key in 0..<60 {
      let seen = try restored.at(key).seen()
      #expect(try seen == subtasks.at(key).seen())
    }
  }

  /// A snapshot of the same operations has the same bytes.
  @Test(arguments: StateKind.ofKeys, lifetimes)
  func theSameOperationsGiveTheSameBytes(kind: StateKind, timeToLive: StateTimeToLive?) throws {
    let bytes = try (0..<2).map { _ in
      try filled(kind, timeToLive, parallelism: 2).bytes().map(\.bytes)
    }
    #expect(bytes[0] == bytes[1])
  }

  /// Numbers are written a shorter way, by the very bytes of the long one.
  @Test(arguments: lifetimes)
  func theShortWayOfWritingIsTheLongOne(timeToLive: StateTimeToLive?) throws {
    func bytes<Number: Codable>(_ make: (Int) -> Number) throws -> [UInt8] {
      let store = KeyedStateStore<Int>(
        keyGroups: .all(maxParallelism: 1),
        maxParallelism: 1,
        clock: HandClock(7)
      )
      let value = try store.valueState(named: "value", of: Number.self, timeToLive: timeToLive)
      let list = try store.listState(named: "list", of: Number.self, timeToLive: timeToLive)
      let map = try store.mapState(
        named: "map",
        by: Int.self,
        of: Number.self,
        timeToLive: timeToLive
      )
      for key in 0..<10 {
        store.setCurrentKey(key, hash: key.javaHash)
        value.update(make(key))
        for number in 0..<key {
          list.add(make(number))
          map.put(number, make(-number))
        }
      }
      let writer = try #require(store.snapshot().first)
      while try !writer.writeSlice(maxEntries: 100) {}
      return writer.finish().bytes
    }
    #expect(try bytes { $0 } == bytes { General.Int($0) })
  }

  // MARK: For people to look at

  @Test(arguments: StateKind.ofKeys)
  func entriesAreShownWithoutWhatIsStoredBeside(kind: StateKind) throws {
    for timeToLive in [nil, StateTimeToLive(milliseconds: 100)] {
      let subtasks = try ProbedSubtasks(kind, timeToLive: timeToLive, clock: HandClock(30))
      try subtasks.at(1).add(5)
      subtasks.clock.milliseconds = 31
      try subtasks.at(1).add(5)
      let entries = try subtasks.bytes().flatMap {
        try KeyedStateReader($0).readableEntries()
      }
      let expected: [StateKind: String] = [
        .value: "5", .list: "[5, 5]", .map: "5", .reducing: "10", .aggregating: "(10, 2)",
      ]
      #expect(entries.map(\.value.text) == [expected[kind]])
      #expect(entries.map(\.lastAccess) == [timeToLive == nil ? nil : 31])
      #expect(entries.map(\.key.text) == [kind == .map ? "(1, 0)" : "1"])
    }
  }
}
