import KeyedState
import StreamModel
import Testing

/// What a time to live means, by update type and visibility.
///
/// *Source:* Flink's documentation of `StateTtlConfig`, and `TtlStateTestBase`.
@Suite struct StateTimeToLiveTests {
  private static let lifetime: Int64 = 100

  private func subtasks(
    _ kind: StateKind,
    _ updateType: StateTimeToLive.UpdateType = .onCreateAndWrite,
    _ visibility: StateTimeToLive.Visibility = .neverReturnExpired,
    at start: Int64 = 1_000
  ) throws -> ProbedSubtasks {
    try ProbedSubtasks(
      kind,
      timeToLive: StateTimeToLive(
        milliseconds: Self.lifetime,
        updateType: updateType,
        visibility: visibility
      ),
      clock: HandClock(start)
    )
  }

  @Test(arguments: StateKind.ofKeys)
  func expiresWhenItsLifetimeHasPassedSinceTheWrite(kind: StateKind) throws {
    let subtasks = try subtasks(kind)
    try subtasks.at(1).add(7)
    for wait in [0, 1, Self.lifetime - 1] {
      subtasks.clock.milliseconds = 1_000 + wait
      #expect(try subtasks.at(1).seen().first == 7, "\(wait) ms")
    }
    subtasks.clock.milliseconds = 1_000 + Self.lifetime
    #expect(try subtasks.at(1).seen() == [])
    #expect(subtasks.size.entries == 0)
  }

  @Test(arguments: StateKind.ofKeys)
  func writingRenewsAndReadingDoesNot(kind: StateKind) throws {
    let subtasks = try subtasks(kind)
    try subtasks.at(1).add(5)
    subtasks.clock.milliseconds += 60
    try subtasks.at(1).add(5)
    subtasks.clock.milliseconds += 60
    let seen = try subtasks.at(1).seen()
    // The first element of a list has expired by itself.
    let expected: [StateKind: [Int]] = [.reducing: [10], .aggregating: [10, 2]]
    #expect(seen == expected[kind] ?? [5])
    subtasks.clock.milliseconds += 40
    #expect(try subtasks.at(1).seen() == [])
  }

  @Test(arguments: StateKind.ofKeys)
  func readingRenewsWhereItCountsAsAccess(kind: StateKind) throws {
    let subtasks = try subtasks(kind, .onReadAndWrite)
    try subtasks.at(1).add(5)
    for _ in 0..<5 {
      subtasks.clock.milliseconds += Self.lifetime - 1
      #expect(try subtasks.at(1).seen().first == 5)
      subtasks.clock.milliseconds += Self.lifetime - 1
      #expect(try subtasks.at(1).pick(0).first == 5)
    }
    subtasks.clock.milliseconds += Self.lifetime
    #expect(try subtasks.at(1).seen() == [])
  }

  @Test(arguments: StateKind.ofKeys)
  func aDisabledOneNeverExpires(kind: StateKind) throws {
    let subtasks = try subtasks(kind, .disabled)
    try subtasks.at(1).add(5)
    subtasks.clock.milliseconds += 1_000 * Self.lifetime
    #expect(try subtasks.at(1).seen().first == 5)
  }

  @Test(
    arguments: StateKind.ofKeys,
    [StateTimeToLive.UpdateType.onCreateAndWrite, .onReadAndWrite]
  )
  func whatHasExpiredMayBeShownOnce(
    kind: StateKind,
    updateType: StateTimeToLive.UpdateType
  ) throws {
    let subtasks = try subtasks(kind, updateType, .returnExpiredIfNotCleanedUp)
    try subtasks.at(1).add(5)
    subtasks.clock.milliseconds += 5 * Self.lifetime
    #expect(try subtasks.at(1).seen().first == 5)
    #expect(try subtasks.at(1).seen() == [])
    #expect(subtasks.size.entries == 0)
  }

  @Test(arguments: StateKind.ofKeys)
  func whatHasExpiredIsNotShownOnceTheSweepHasMetIt(kind: StateKind) throws {
    let subtasks = try subtasks(kind, .onCreateAndWrite, .returnExpiredIfNotCleanedUp)
    try subtasks.at(1).add(5)
    subtasks.clock.milliseconds += Self.lifetime
    for key in 2..<20 { _ = try subtasks.at(key).seen() }
    #expect(try subtasks.at(1).seen() == [])
  }

  /// *Source:* Flink `TtlReduceFunction`, `TtlAggregateFunction`: `getUnexpired`.
  @Test(arguments: [StateKind.reducing, .aggregating])
  func whatHasExpiredIsCombinedWithOnlyWhereItMayBeSeen(kind: StateKind) throws {
    for (visibility, sum) in [
      (StateTimeToLive.Visibility.neverReturnExpired, 3), (.returnExpiredIfNotCleanedUp, 8),
    ] {
      let subtasks = try subtasks(kind, .onCreateAndWrite, visibility)
      try subtasks.at(1).add(5)
      subtasks.clock.milliseconds += Self.lifetime
      try subtasks.at(1).add(3)
      #expect(try subtasks.at(1).seen().first == sum)
      subtasks.clock.milliseconds += Self.lifetime - 1
      #expect(try subtasks.at(1).seen().first == sum)
    }
  }

  // MARK: Lists and maps

  @Test func theElementsOfAListExpireOneByOne() throws {
    let subtasks = try subtasks(.list)
    for number in 0..<5 {
      try subtasks.at(1).add(number)
      subtasks.clock.milliseconds += 10
    }
    subtasks.clock.milliseconds += 50
    for number in 0..<5 {
      #expect(try subtasks.at(1).seen() == Array((number + 1)..<5))
      subtasks.clock.milliseconds += 10
    }
  }

  @Test func theEntriesOfAMapExpireOneByOne() throws {
    let subtasks = try subtasks(.map, .onReadAndWrite)
    for number in 0..<5 { try subtasks.at(1).add(number) }
    subtasks.clock.milliseconds += 60
    #expect(try subtasks.at(1).pick(2) == [2])
    try subtasks.at(1).add(9)
    subtasks.clock.milliseconds += 60
    #expect(try subtasks.at(1).seen() == [2, 9])
    #expect(try subtasks.at(1).pick(0) == [])
  }

  @Test func aMapKeyThatExpiredComesAnewAtTheEnd() throws {
    let subtasks = try subtasks(.map)
    try subtasks.at(1).add(0)
    subtasks.clock.milliseconds += 50
    try subtasks.at(1).add(1)
    subtasks.clock.milliseconds += 50
    try subtasks.at(1).add(5)
    #expect(try subtasks.at(1).seen() == [1, 5])
  }

  @Test(arguments: [
    StateTimeToLive.Visibility.neverReturnExpired, .returnExpiredIfNotCleanedUp,
  ])
  func aMapIsEmptyWhenNothingIsToBeSeen(visibility: StateTimeToLive.Visibility) throws {
    let clock = HandClock()
    let store = KeyedStateStore<Int>(
      keyGroups: .all(maxParallelism: 1),
      maxParallelism: 1,
      clock: clock
    )
    store.setCurrentKey(1, hash: 1.javaHash)
    let map = try store.mapState(
      named: "map",
      by: Int.self,
      of: Int.self,
      timeToLive: StateTimeToLive(milliseconds: 10, visibility: visibility)
    )
    map.put(1, 1)
    clock.milliseconds = 5
    map.put(2, 2)
    clock.milliseconds = 12
    #expect(!map.isEmpty())
    clock.milliseconds = 15
    // What has not been met yet may be shown, so it counts; asking lets the sweep meet it.
    #expect(map.isEmpty() == (visibility == .neverReturnExpired))
    #expect(map.isEmpty())
    #expect(map.entries().isEmpty)
  }

  @Test func whatWouldExpireBehindTheEndOfTimeNeverDoes() throws {
    let subtasks = try ProbedSubtasks(.value, timeToLive: StateTimeToLive(milliseconds: .max))
    subtasks.clock.milliseconds = 1
    try subtasks.at(1).add(5)
    subtasks.clock.milliseconds = .max
    #expect(try subtasks.at(1).seen() == [5])
  }
}
