import SimulationKernel
import Testing

@Suite struct RandomStreamTests {
  private func draws(seed: UInt64, _ name: String, _ count: Int = 50) -> [UInt64] {
    var random = RandomStream(seed: seed, name: name)
    return (0..<count).map { _ in random.next() }
  }

  @Test func followsFromSeedAndName() {
    #expect(draws(seed: 1, "network") == draws(seed: 1, "network"))
    let all = (0..<30).flatMap { seed in
      ["network", "scheduler", "tm-1", "tm-2", ""].flatMap { draws(seed: seed, $0) }
    }
    #expect(Set(all).count == all.count)
  }

  @Test func copyingForksIt() {
    var first = RandomStream(seed: 3, name: "a")
    _ = first.next()
    var second = first
    #expect((0..<9).map { _ in first.next() } == (0..<9).map { _ in second.next() })
  }

  @Test(arguments: [1, 2, 3, 7, 10, 1000, Int.max])
  func drawsBelowTheBound(bound: Int) {
    var random = RandomStream(seed: 4, name: "below")
    let drawn = (0..<2000).map { _ in random.below(bound) }
    #expect(drawn.allSatisfy { (0..<bound).contains($0) })
    if bound <= 10 { #expect(Set(drawn) == Set(0..<bound)) }
    if bound == .max { #expect(Set(drawn).count == 2000) }
  }

  @Test func drawsEachNumberAboutAsOften() {
    var random = RandomStream(seed: 5, name: "even")
    var counts = Array(repeating: 0, count: 8)
    for _ in 0..<80_000 { counts[random.below(8)] += 1 }
    #expect(counts.allSatisfy { (9_500...10_500).contains($0) }, "\(counts)")
  }

  @Test(arguments: [0...0, 5...5, 0...1, -3...3, 8_000_000...30_000_000])
  func drawsDurationsWithBothEnds(_ bounds: ClosedRange<Int64>) {
    let range =
      VirtualDuration(
        nanoseconds: bounds.lowerBound
      )...VirtualDuration(nanoseconds: bounds.upperBound)
    var random = RandomStream(seed: 6, name: "durations")
    let drawn = (0..<500).map { _ in random.duration(in: range) }
    #expect(drawn.allSatisfy { range.contains($0) })
    if bounds.count < 10 { #expect(Set(drawn.map(\.nanoseconds)) == Set(bounds)) }
  }

  @Test func chanceKeepsItsRatio() {
    var random = RandomStream(seed: 7, name: "chance")
    let hits = (0..<30_000).count { _ in random.chance(1, in: 3) }
    #expect((9_500...10_500).contains(hits))
    #expect((0..<100).allSatisfy { _ in random.chance(3, in: 3) })
    #expect(!(0..<100).contains { _ in random.chance(0, in: 3) })
  }

  @Test func asksForAPositiveBound() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomStream(seed: 1, name: "x")
      _ = random.below(0)
    }
  }
}
