import KeyedState
import StreamModel
import Testing

/// Expired state goes away though nobody asks for its keys again.
@Suite struct StateSweepTests {
  private static let lifetime = StateTimeToLive(milliseconds: 1_000)

  /// Every event has a key of its own for a while, and none comes back: the keys wander.
  ///
  /// About 1,000 keys are alive at a time, of 20,000 in all.
  @Test(arguments: StateKind.ofKeys)
  func wanderingKeysStayWithinABound(kind: StateKind) throws {
    let subtasks = try ProbedSubtasks(kind, timeToLive: Self.lifetime)
    var most = StateSize()
    for event in 0..<20_000 {
      subtasks.clock.milliseconds += 1
      try subtasks.at(event).add(event)
      guard event > 2_000, event % 500 == 0 else { continue }
      let size = subtasks.size
      most = StateSize(
        entries: max(most.entries, size.entries),
        bytes: max(most.bytes, size.bytes)
      )
    }
    #expect(most.entries >= 1_000)
    // Besides those alive: those that the sweep has not come to since they expired.
    #expect(most.entries < 1_600, "\(kind.rawValue)")
    #expect(most.bytes < most.entries * 400, "\(kind.rawValue)")
  }

  /// Many keys at once, and then only a few that stay: what the many took is given back.
  @Test(arguments: StateKind.ofKeys)
  func aTideOfKeysLeavesNothingBehind(kind: StateKind) throws {
    let subtasks = try ProbedSubtasks(kind, timeToLive: Self.lifetime)
    func few() throws {
      for event in 0..<4_000 { try subtasks.at(event % 10).replace([event]) }
    }
    try few()
    let before = subtasks.size
    for key in 0..<10_000 { try subtasks.at(key).add(key) }
    let full = subtasks.size
    #expect(full.entries >= 10_000)
    #expect(full.bytes > 20 * before.bytes)
    subtasks.clock.milliseconds += 1_000
    // The sweep looks at five entries for each event, so in 4,000 events at all of them.
    try few()
    let after = subtasks.size
    #expect(after.entries == before.entries, "\(kind.rawValue)")
    #expect(after.bytes <= before.bytes * 2 + 16 * 700, "\(kind.rawValue): \(after.bytes)")
  }

  /// A state without a time to live does not sweep, and one with it only its own.
  @Test func otherStatesAreLeftAlone() throws {
    let clock = HandClock()
    let store = KeyedStateStore<Int>(
      keyGroups: .all(maxParallelism: 4),
      maxParallelism: 4,
      clock: clock
    )
    let kept = try store.valueState(named: "kept", of: Int.self)
    let lost = try store.valueState(named: "lost", of: Int.self, timeToLive: Self.lifetime)
    for key in 0..<500 {
      store.setCurrentKey(key, hash: key.javaHash)
      kept.update(key)
      lost.update(key)
    }
    clock.milliseconds = 1_000
    for _ in 0..<500 { _ = lost.value() }
    #expect(store.size.entries == 500)
    for key in 0..<500 {
      store.setCurrentKey(key, hash: key.javaHash)
      #expect(kept.value() == key)
    }
  }

  /// A snapshot keeps what the sweep takes away under it.
  @Test(arguments: StateKind.ofKeys)
  func aSnapshotIsNotSwept(kind: StateKind) throws {
    let subtasks = try ProbedSubtasks(kind, timeToLive: Self.lifetime)
    for key in 0..<300 { try subtasks.at(key).add(key) }
    let expected = try subtasks.bytes()
    let writers = subtasks.stores.flatMap { $0.snapshot(partEntries: 7) }
    subtasks.clock.milliseconds += 1_000
    for _ in 0..<300 { _ = try subtasks.at(1_000).seen() }
    #expect(subtasks.size.entries == 0)
    let written = try writers.map { writer in
      while try !writer.writeSlice(maxEntries: 5) {}
      return writer.finish()
    }
    #expect(written.map(\.bytes) == expected.map(\.bytes))
  }
}
