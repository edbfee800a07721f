import KeyedState
import StreamModel
import TestSupport
import Testing

@Suite struct KeyedSnapshotTests {
  private func table<Key: StreamKey>(
    _ keys: [Key],
    in groups: KeyGroupRange,
    maxParallelism: Int
  ) -> StateTable<Key, Int> {
    let table = StateTable<Key, Int>(keyGroups: groups, maxParallelism: maxParallelism)
    for (number, key) in keys.enumerated() {
      let group = KeyGroupAssignment.keyGroup(
        ofHash: key.javaHash,
        maxParallelism: maxParallelism
      )
      if groups.contains(group) { table.set(number, hash: key.javaHash, key: key) }
    }
    return table
  }

  private func write<Key: StreamKey>(
    _ table: StateTable<Key, Int>,
    slice: Int = 100
  ) throws -> KeyedStateBytes {
    let writer = KeyedSnapshotWriter(
      [table.snapshot().source(named: "numbers")],
      keyGroups: table.keyGroups,
      maxParallelism: table.maxParallelism
    )
    while try !writer.writeSlice(maxEntries: slice) {}
    return writer.finish()
  }

  @Test(arguments: [1, 2, 3, 5, 8], [1, 2, 3, 7])
  func stateWrittenAtOneParallelismIsRestoredAtAnother(before: Int, after: Int) throws {
    let keys = (0..<3000).map { "key \($0)" }
    let written = try (0..<before).map { index in
      let groups = KeyGroupRange(
        operatorIndex: index,
        parallelism: before,
        maxParallelism: 128
      )
      return try write(table(keys, in: groups, maxParallelism: 128))
    }
    var seen = Set<Int>()
    for index in 0..<after {
      let groups = KeyGroupRange(operatorIndex: index, parallelism: after, maxParallelism: 128)
      let restored = StateTable<String, Int>(keyGroups: groups, maxParallelism: 128)
      for bytes in written {
        try restored.restore(from: KeyedStateReader(bytes), named: "numbers")
      }
      restored.forEach { group, key, value in
        #expect(key == "key \(value)")
        #expect(groups.contains(group))
        #expect(seen.insert(value).inserted)
      }
    }
    #expect(seen.count == keys.count)
  }

  @Test(arguments: [1, 7, 1000, 100_000])
  func theBytesDoNotDependOnTheSlices(slice: Int) throws {
    let numbers = table(Array(0..<5000), in: .all(maxParallelism: 2), maxParallelism: 2)
    let bytes = try write(numbers, slice: slice)
    #expect(try bytes == write(numbers, slice: 64))
    #expect(try KeyedStateBytes(finding: bytes.bytes) == bytes)
  }

  @Test func changesAfterTheSnapshotAreNotWritten() throws {
    let numbers = table(Array(0..<2000), in: .all(maxParallelism: 4), maxParallelism: 4)
    let writer = KeyedSnapshotWriter(
      [numbers.snapshot().source(named: "numbers")],
      keyGroups: numbers.keyGroups,
      maxParallelism: 4
    )
    var number = 0
    while try !writer.writeSlice(maxEntries: 50) {
      for _ in 0..<100 {
        numbers.set(-1, hash: number.javaHash, key: number)
        numbers.remove(hash: (number + 1).javaHash, key: number + 1)
        numbers.set(-1, hash: (number + 5000).javaHash, key: number + 5000)
        number += 1
      }
    }
    let restored = StateTable<Int, Int>(keyGroups: numbers.keyGroups, maxParallelism: 4)
    try restored.restore(from: KeyedStateReader(writer.finish()), named: "numbers")
    #expect(restored.count == 2000)
    restored.forEach { _, key, value in #expect(key == value) }
    #expect(writer.entryCount == 2000)
  }

  @Test func windowsOfOneKeyStayInItsKeyGroup() throws {
    typealias Windowed = NamespacedKey<String, Tuple2<Int, Int>>
    let keys = (0..<500).map { Windowed("k\($0 % 5)", in: Tuple2($0, $0 + 10)) }
    let windows = table(keys, in: .all(maxParallelism: 128), maxParallelism: 128)
    let bytes = try write(windows)
    #expect(bytes.groups.count == Set((0..<5).map { "k\($0)".javaHash }).count)
    let restored = StateTable<Windowed, Int>(keyGroups: windows.keyGroups, maxParallelism: 128)
    try restored.restore(from: KeyedStateReader(bytes), named: "numbers")
    for (number, key) in keys.enumerated() {
      #expect(restored.value(hash: key.javaHash, key: key) == number)
    }
  }

  // MARK: Refusals

  @Test func stateOfAnotherTypeIsRefusedByNames() throws {
    let bytes = try write(table(["a", "b"], in: .all(maxParallelism: 2), maxParallelism: 2))
    let other = StateTable<String, String>(keyGroups: .all(maxParallelism: 2), maxParallelism: 2)
    let error = #expect(throws: StateCodecError.self) {
      try other.restore(from: KeyedStateReader(bytes), named: "numbers")
    }
    #expect(error?.problem == .wrongState)
    #expect(error?.expected == "table state \"numbers\" of String by String")
    #expect(error?.found == "table state \"numbers\" of Int by String")
  }

  @Test func stateOfAnotherMaxParallelismIsRefused() throws {
    let bytes = try write(table(["a", "b"], in: .all(maxParallelism: 2), maxParallelism: 2))
    let other = StateTable<String, Int>(keyGroups: .all(maxParallelism: 4), maxParallelism: 4)
    let error = #expect(throws: StateCodecError.self) {
      try other.restore(from: KeyedStateReader(bytes), named: "numbers")
    }
    #expect(error?.expected == "max parallelism 4")
  }

  @Test func bytesOfSomethingElseAreRefused() throws {
    for bytes in [[], Array("hello world, this is text".utf8), Array("DREYKS".utf8)] {
      #expect(throws: StateCodecError.self) { try KeyedStateBytes(finding: bytes) }
    }
    var bytes = try write(table(["a"], in: .all(maxParallelism: 2), maxParallelism: 2)).bytes
    bytes[6] = 77
    let error = #expect(throws: StateCodecError.self) { try KeyedStateBytes(finding: bytes) }
    #expect(error?.problem == .unknownFormat)
    #expect(error?.found == "version 77")
  }

  @Test func everyAlterationIsRefused() throws {
    var random = SeededRandom(5)
    let whole = try write(
      table((0..<60).map { "k\($0)" }, in: .all(maxParallelism: 4), maxParallelism: 4)
    )
    for _ in 0..<Draws.runs(byDay: 200, search: 10_000) {
      var bytes = whole.bytes
      switch random.below(4) {
      case 0:
        // Whole blocks may be missing at the end: only the recorded offsets tell.
        bytes.removeLast(1 + random.below(bytes.count - 1))
      case 1: bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
      case 2:
        let start = random.below(bytes.count - 9)
        for at in start..<start + 9 { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
      default: bytes.swapAt(random.below(bytes.count), random.below(bytes.count))
      }
      guard bytes != whole.bytes else { continue }
      #expect(throws: StateCodecError.self) {
        let restored = StateTable<String, Int>(
          keyGroups: .all(maxParallelism: 4),
          maxParallelism: 4
        )
        let altered = KeyedStateBytes(bytes: bytes, groups: whole.groups)
        try restored.restore(from: KeyedStateReader(altered), named: "numbers")
      }
      if let found = try? KeyedStateBytes(finding: bytes) {
        #expect(found.groups.count < whole.groups.count)
      }
    }
  }

  @Test func wrongOffsetsAreRefused() throws {
    var random = SeededRandom(6)
    let whole = try write(
      table((0..<60).map { "k\($0)" }, in: .all(maxParallelism: 4), maxParallelism: 4)
    )
    for _ in 0..<Draws.runs(byDay: 200, search: 10_000) {
      let groups = whole.groups.map { group in
        let bounds = [random.below(whole.bytes.count + 40), random.below(whole.bytes.count + 40)]
        return KeyedStateBytes.Group(
          keyGroup: group.keyGroup,
          range: (bounds.min() ?? 0)..<(bounds.max() ?? 0) + 1
        )
      }
      #expect(throws: StateCodecError.self) {
        let restored = StateTable<String, Int>(
          keyGroups: .all(maxParallelism: 4),
          maxParallelism: 4
        )
        let moved = KeyedStateBytes(bytes: whole.bytes, groups: groups)
        try restored.restore(from: KeyedStateReader(moved), named: "numbers")
      }
    }
  }
}
