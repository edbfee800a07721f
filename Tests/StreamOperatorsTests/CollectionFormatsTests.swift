import RecordFormats
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

@Suite struct CollectionFormatsTests {
  private func read<Format: SplitFormat>(
    _ format: Format,
    _ split: SplitPosition,
    limit: Int
  ) throws -> [Format.Element] {
    var split = split
    var elements: [Format.Element] = []
    while split.position < split.end {
      var collector = Collector<Format.Element>(capacity: 1)
      try format.read(&split, limit: limit, into: &collector)
      #expect((1...limit).contains(collector.count))
      elements += collector.seal()?.elements ?? []
    }
    return elements
  }

  private func generator(seed: UInt64 = 1, count: Int = 50) -> GeneratorFormat<[Int]> {
    GeneratorFormat(count: count, seed: seed) { index, random in
      [index, random.below(1_000_000), random.below(1_000_000)]
    }
  }

  @Test(arguments: 1...7, [1, 3, 100])
  func givesEachElementOnceAtAnyParallelism(parallelism: Int, limit: Int) throws {
    let numbers = CollectionFormat(Array(0..<50))
    let shares = (0..<parallelism).map {
      SplitPosition.share(of: 50, subtask: $0, parallelism: parallelism)
    }
    #expect(try shares.flatMap { try read(numbers, $0, limit: limit) } == Array(0..<50))
    let whole = try read(generator(), SplitPosition(start: 0, end: 50), limit: 50)
    #expect(try shares.flatMap { try read(generator(), $0, limit: limit) } == whole)
  }

  @Test func dividesEvenlyAndCompletely() {
    for size in [0, 1, 5, 64, 1000, Int.max] {
      for parallelism in [1, 2, 3, 7, 128] {
        let shares = (0..<parallelism).map {
          SplitPosition.share(of: size, subtask: $0, parallelism: parallelism)
        }
        #expect(shares.first?.start == 0)
        #expect(shares.last?.end == size)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0.end == $1.start })
        let lengths = shares.map { $0.end - $0.start }
        #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
      }
    }
  }

  @Test func generatesAgainFromEveryPosition() throws {
    let whole = try read(generator(), SplitPosition(start: 0, end: 50), limit: 50)
    for position in 0..<50 {
      var split = SplitPosition(start: 0, end: 50)
      split.position = position
      split.emitted = position
      #expect(try read(generator(), split, limit: 4) == Array(whole[position...]))
    }
  }

  @Test func generatesOtherElementsFromOtherSeedsAndNumbers() throws {
    let whole = SplitPosition(start: 0, end: 50)
    let first = try read(generator(seed: 1), whole, limit: 50)
    let second = try read(generator(seed: 2), whole, limit: 50)
    #expect(Set((first + second).map { $0[1...] }).count == 100)
  }
}
