import SimulationKernel
import Testing

@Suite struct VirtualDurationTests {
  private static let century: Int64 = 100 * 366 * 24 * 3_600_000_000_000

  /// Lengths of every magnitude, round ones and crooked ones.
  private static let lengths: [Int64] = {
    var random = RandomStream(seed: 11, name: "lengths")
    var all: [Int64] = [0, 1, 999, 1000, 1001, 999_999_999, 1_000_000_001, 1_500_000_000, century]
    var scale: Int64 = 1
    while scale <= 10_000_000_000_000_000 {
      for _ in 0..<20 { all.append(Int64(random.below(Int(min(scale * 10, century))))) }
      all += [scale, scale + 1, scale * 3 / 2, scale * 36, scale * 90].filter { $0 <= century }
      scale *= 10
    }
    return all
  }()

  @Test func readsBackWhatItWrites() {
    for length in Self.lengths {
      let text = VirtualDuration(nanoseconds: length).description
      #expect(VirtualDuration(text: text)?.nanoseconds == length, "\(text)")
    }
  }

  @Test(
    arguments: [
      ("0s", 0), ("250ms", 250_000_000), ("3s", 3_000_000_000), ("1.5s", 1_500_000_000),
      ("10min", 600_000_000_000), ("10m", 600_000_000_000), ("1h", 3_600_000_000_000),
      ("0.5h", 1_800_000_000_000), ("1.25min", 75_000_000_000), ("7us", 7000), ("9ns", 9),
      ("0.000000001s", 1), ("1.000000001h", 3_600_000_003_600), ("007s", 7_000_000_000),
      ("0.333333333s", 333_333_333),
    ] as [(String, Int64)]
  )
  func readsText(_ text: String, nanoseconds: Int64) {
    #expect(VirtualDuration(text: text) == VirtualDuration(nanoseconds: nanoseconds))
    #expect(VirtualDuration(text: text[...]) == VirtualDuration(nanoseconds: nanoseconds))
  }

  @Test(
    arguments: [
      (3_000_000_000, "3s"), (90_000_000_000, "90s"), (60_000_000_000, "1min"),
      (7_200_000_000_000, "2h"), (1_500_000_000, "1.5s"), (1_050_000_000, "1.05s"),
      (1_000_000, "1ms"), (999_000_000, "999ms"), (1000, "1us"), (1, "1ns"), (0, "0s"),
      (61_001_000_000, "61.001s"),
    ] as [(Int64, String)]
  )
  func writesText(nanoseconds: Int64, _ text: String) {
    #expect(VirtualDuration(nanoseconds: nanoseconds).description == text)
  }

  @Test(
    arguments: [
      "", "s", "5", "5 s", " 5s", "5s ", "-5s", "+5s", "1.s", ".5s", "1.5.2s", "1,5s", "1e3s", "5S",
      "5sec", "5d", "٣s", "½s", "１s", "0x5s", "1.0000000001s", "9223372036854775808ns",
      "99999999999999999999h", "9999999h", "878401h", "5s5s", "5hs", "inf", "nans", "1_000s",
    ]
  )
  func refusesEverythingElse(_ text: String) {
    #expect(VirtualDuration(text: text) == nil)
  }

  @Test func scalesByWholePercentages() {
    let span = VirtualDuration(nanoseconds: 1_234_567_890_123)
    #expect(span.scaled(percent: 100) == span)
    #expect(span.scaled(percent: 300).nanoseconds == 3_703_703_670_369)
    #expect(span.scaled(percent: 50).nanoseconds == 617_283_945_061)
    #expect(VirtualDuration(nanoseconds: 99).scaled(percent: 1).nanoseconds == 0)
    #expect(VirtualDuration(nanoseconds: .max).scaled(percent: 100).nanoseconds == .max)
  }

  @Test func instantsSaturateInTheDistantFuture() {
    #expect(VirtualInstant.milliseconds(5) + VirtualDuration(nanoseconds: .max) == .distantFuture)
    #expect(VirtualInstant.distantPast + .seconds(1) > .distantPast)
  }
}
