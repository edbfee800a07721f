import KeyedState
import StreamModel
import TestSupport
import Testing

@Suite struct StateTableMemoryTests {
  private func table(_ count: Int, maxParallelism: Int) -> StateTable<Int, Int> {
    let table = StateTable<Int, Int>(
      keyGroups: .all(maxParallelism: maxParallelism),
      maxParallelism: maxParallelism
    )
    for number in 0..<count { table.set(number, hash: number.javaHash, key: number) }
    return table
  }

  @Test func anEntryOfTwoIntegersTakesUnderSixtyBytes() {
    // Right behind each growth a group is as empty as it ever gets by growing; groups of less than
    // a page have more room, since a search through them ends sooner then.
    let one = table(44, maxParallelism: 1)
    var most = 0
    for number in 44..<20_000 {
      one.set(number, hash: number.javaHash, key: number)
      most = max(most, one.memoryBytes * 100 / one.count)
    }
    #expect(most < 6000, "hundredths of a byte an entry")
  }

  @Test func entriesTakeUnderSixtyBytesEachAndAreGivenBack() {
    let count = Draws.runs(byDay: 200_000, search: 1_000_000)
    let table = table(count, maxParallelism: 128)
    let full = table.memoryBytes
    #expect(full < 60 * count)
    #expect(full >= count * (4 + MemoryLayout<(Int, Int)>.stride))
    for number in 0..<count where number % 100 != 0 {
      table.remove(hash: number.javaHash, key: number)
    }
    #expect(table.count == count / 100)
    // A group that shrinks has up to four slots for an entry.
    #expect(table.memoryBytes < 110 * count / 100)
    print("state of \(count) integers: \(full) bytes, of a hundredth: \(table.memoryBytes)")
  }

  @Test func anEmptyTableTakesNoPages() {
    #expect(table(0, maxParallelism: 128).memoryBytes < 128 * 32)
  }

  @Test(arguments: [1, 7, 128])
  func whatIsRemovedIsGivenBack(maxParallelism: Int) {
    let table = table(40_000, maxParallelism: maxParallelism)
    let full = table.memoryBytes
    let snapshot = table.snapshot()
    for number in 0..<40_000 where number % 100 != 0 {
      #expect(table.remove(hash: number.javaHash, key: number) == number)
    }
    #expect(table.count == 400)
    // A group of few entries has a page of up to 400 bytes however few they are.
    #expect(table.memoryBytes < max(full / 20, maxParallelism * 1000))
    table.forEach { _, key, value in #expect(key == value && key % 100 == 0) }
    var kept = 0
    snapshot.forEach { _, key, value in kept += key == value ? 1 : 0 }
    #expect(kept == 40_000)
    for number in 0..<40_000 { table.set(-number, hash: number.javaHash, key: number) }
    #expect(table.count == 40_000)
    #expect(table.memoryBytes <= full * 3 / 2)
  }

  @Test func comingAndGoingAtTheSameSizeMovesNothing() {
    for count in [1, 3, 6, 8, 17, 32, 64, 100, 1000] {
      let table = table(count, maxParallelism: 1)
      let bytes = table.memoryBytes
      for number in 0..<5000 {
        table.remove(hash: number.javaHash, key: number)
        table.set(number, hash: (number + count).javaHash, key: number + count)
      }
      #expect(table.memoryBytes == bytes)
    }
  }

  @Test(arguments: 1...UInt64(Draws.runs(byDay: 5, search: 100)))
  func tidesOfEntriesAgreeWithADictionary(seed: UInt64) {
    var random = SeededRandom(seed)
    let maxParallelism = [1, 3, 40][random.below(3)]
    let table = table(0, maxParallelism: maxParallelism)
    var model: [Int: Int] = [:]
    var snapshots: [(StateTableSnapshot<Int, Int>, [Int: Int])] = []
    for tide in 0..<12 {
      let isRising = tide % 2 == 0
      for step in 0..<1500 {
        let key = random.below(2000)
        if random.below(8) < (isRising ? 7 : 1) {
          table.set(step, hash: key.javaHash, key: key)
          model[key] = step
        } else {
          #expect(table.remove(hash: key.javaHash, key: key) == model.removeValue(forKey: key))
        }
        if random.below(400) == 0 { snapshots.append((table.snapshot(), model)) }
      }
      if !isRising {
        for key in model.keys.sorted().dropFirst(random.below(40)) {
          table.remove(hash: key.javaHash, key: key)
          model[key] = nil
        }
      }
      #expect(table.count == model.count, "seed \(seed)")
      for (key, value) in model {
        #expect(table.value(hash: key.javaHash, key: key) == value, "seed \(seed)")
      }
      for (snapshot, content) in snapshots {
        #expect(snapshot.count == content.count, "seed \(seed)")
        snapshot.forEach { _, key, value in #expect(content[key] == value, "seed \(seed)") }
      }
      snapshots.removeFirst(random.below(snapshots.count + 1))
    }
  }
}
