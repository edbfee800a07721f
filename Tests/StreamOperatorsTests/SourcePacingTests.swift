import Connectors
import SimulationKernel
import StreamOperators
import Testing

@Suite struct SourcePacingTests {
  private static let start = VirtualInstant(nanoseconds: 123_456_789)

  private func pacing(_ rate: Int?, _ parallelism: Int = 1) -> SourcePacing {
    SourcePacing(
      rate: rate.map { SourceRate(elementsPerSecond: $0) },
      parallelism: parallelism,
      start: Self.start
    )
  }

  @Test func withoutARateEverythingIsDueAtOnce() {
    var pacing = pacing(nil)
    pacing.emit(1_000_000)
    #expect(pacing.due(at: Self.start, limit: 77) == 77)
  }

  @Test(arguments: [1, 3, 7, 1000, 999_983, 1_000_000_000], [1, 2, 3, 8])
  func neverLetsAnElementGoEarlyNorLate(rate: Int, parallelism: Int) {
    var pacing = pacing(rate, parallelism)
    #expect(pacing.due(at: Self.start, limit: 10) == 0)
    var count: Int64 = 0
    for _ in 0..<50 {
      let instant = pacing.nextInstant
      #expect(pacing.due(at: instant + .nanoseconds(-1), limit: 10) <= 0)
      let due = pacing.due(at: instant, limit: .max)
      #expect(due >= 1)
      // Element n is due n · p / rate seconds after the start: not a nanosecond before.
      let elapsed = (instant - Self.start).nanoseconds
      let needed = (count + 1) * Int64(parallelism) * 1_000_000_000
      #expect(elapsed * Int64(rate) >= needed)
      #expect((elapsed - 1) * Int64(rate) < needed)
      pacing.emit(1)
      count += 1
    }
  }

  @Test(arguments: [1, 3, 10, 1000, 250_000], [1, 2, 3, 7])
  func keepsItsRateExactlyOverTime(rate: Int, parallelism: Int) {
    var pacing = pacing(rate, parallelism)
    var total = 0
    for second in 1...3600 as ClosedRange<Int64> {
      let due = pacing.due(at: Self.start + .seconds(second), limit: .max)
      pacing.emit(due)
      total += due
      #expect(total == rate * Int(second) / parallelism)
    }
  }

  @Test(arguments: [1, 3, 1000], [1, 4])
  func makesUpForASecondAtMost(rate: Int, parallelism: Int) {
    var pacing = pacing(rate, parallelism)
    let late = Self.start + .seconds(100)
    let due = pacing.due(at: late, limit: .max)
    #expect(due == rate / parallelism + 1)
    pacing.emit(due)
    #expect(pacing.due(at: late, limit: .max) == 0)
    // From then on it keeps its rate.
    var total = 0
    for second in 1...40 as ClosedRange<Int64> {
      let due = pacing.due(at: late + .seconds(second), limit: .max)
      pacing.emit(due)
      total += due
    }
    #expect(total == 40 * rate / parallelism)
  }

  /// Ten seconds · 10⁹ elements · 10⁹ ns do not fit into 64 bits.
  @Test func keepsAHighRateAtAHighParallelismExactly() {
    var pacing = pacing(1_000_000_000, 10)
    let instant = Self.start + .nanoseconds(9_500_000_000)
    pacing.emit(900_000_000)
    #expect(pacing.due(at: instant, limit: 10) == 10)
    #expect(pacing.due(at: instant, limit: .max) == 50_000_000)
    pacing.emit(99_999_999)
    #expect(pacing.nextInstant == Self.start + .seconds(10))
  }

  @Test func endsAtTheLargestNumbersInsteadOfBeyond() {
    var pacing = pacing(.max - 1, 1)
    #expect(pacing.due(at: Self.start + .milliseconds(1), limit: .max) == .max / 1000)
    #expect(pacing.due(at: .distantFuture, limit: 77) == 77)
    pacing = self.pacing(1)
    pacing.emit(.max - 1)
    #expect(pacing.nextInstant == .distantFuture)
  }

  @Test func lettingManyGoOrOneByOneIsTheSame() {
    var single = pacing(1000)
    var total = 0
    for step in 1...500 {
      let now = Self.start + .microseconds(Int64(step * step) * 7)
      let due = single.due(at: now, limit: step % 5 + 1)
      single.emit(due)
      total += due
      #expect(total * 1_000_000 <= (now - Self.start).nanoseconds)
    }
    let end = Self.start + .milliseconds(1800)
    #expect(total + single.due(at: end, limit: .max) == 1800)
  }

  @Test func keepsTheLimit() {
    var pacing = pacing(1000)
    #expect(pacing.due(at: Self.start + .seconds(1), limit: 64) == 64)
  }

  @Test func asksForAPositiveRate() async {
    await #expect(processExitsWith: .failure) { _ = SourceRate(elementsPerSecond: 0) }
  }
}
