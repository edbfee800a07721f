import JobGraphs
import JobMaster
import SimulationKernel
import Testing

@Suite("RestartBackoff")
struct RestartBackoffTests {
  private func backoff(_ strategy: RestartStrategy, seed: UInt64 = 1) -> RestartBackoff {
    RestartBackoff(strategy, random: RandomStream(seed: seed, name: "restart"))
  }

  private func at(_ seconds: Int64) -> VirtualInstant { .zero + .seconds(seconds) }

  private func delay(_ decision: RestartBackoff.Decision) -> Int64 {
    if case .restart(let delay) = decision { delay.milliseconds } else { -1 }
  }

  @Test
  func noneSuppresses() {
    var backoff = backoff(.none)
    #expect(backoff.failure(at: .zero) == .suppressed(strategy: "NoRestartBackoffTimeStrategy"))
  }

  @Test
  func fixedDelayAllowsItsAttempts() {
    var backoff = backoff(.fixedDelay(attempts: 2, delay: .seconds(3)))
    #expect(backoff.failure(at: at(0)) == .restart(after: .seconds(3)))
    #expect(backoff.failure(at: at(10)) == .restart(after: .seconds(3)))
    #expect(
      backoff.failure(at: at(20))
        == .suppressed(
          strategy: "FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=2, "
            + "backoffTimeMS=3000)"
        )
    )
  }

  @Test
  func failureRateForgetsOldFailures() {
    var backoff = backoff(
      .failureRate(failures: 2, interval: .minutes(1), delay: .seconds(1))
    )
    #expect(delay(backoff.failure(at: at(0))) == 1000)
    #expect(delay(backoff.failure(at: at(30))) == 1000)
    #expect(delay(backoff.failure(at: at(70))) == 1000)
    #expect(delay(backoff.failure(at: at(71))) == -1)
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func exponentialDelayGrowsByHalfWithATenthOfJitter(seed: UInt64) {
    var backoff = backoff(.defaultWithCheckpoints, seed: seed)
    var now = VirtualInstant.zero
    for expected in [1000, 1500, 2250, 3375, 5062, 7593] as [Int64] {
      let delay = delay(backoff.failure(at: now))
      #expect(delay >= max(1000, expected * 9 / 10 - 1), "seed \(seed)")
      #expect(delay <= expected * 11 / 10 + 1, "seed \(seed)")
      now = now + .milliseconds(delay + 20)
    }
    #expect(backoff.attempts == 6)
  }

  @Test
  func exponentialDelayEndsAtItsMaximumAndBeginsAnewAfterAnHour() {
    var backoff = backoff(.defaultWithCheckpoints)
    var now = VirtualInstant.zero
    for _ in 0..<20 {
      let delay = delay(backoff.failure(at: now))
      #expect(delay <= 60_000)
      now = now + .milliseconds(delay + 20)
    }
    #expect(delay(backoff.failure(at: now)) >= 54_000)
    #expect(delay(backoff.failure(at: now + .minutes(62))) <= 1100)
  }
}
