import TestSupport
import Testing

/// How fast the machine is: `tools/test-times.sh` holds its limit against the time of this test.
@Suite struct MachineTests {
  /// Numbers, strings, arrays and dictionaries, as most tests use them.
  @Test func doesAFixedAmountOfWork() {
    var random = SeededRandom(1)
    var counts: [String: [Int]] = [:]
    for number in 0..<800_000 {
      counts["key \(random.below(997))", default: []].append(number)
    }
    #expect(counts.count == 997)
    #expect(counts.values.reduce(0) { $0 + $1.count } == 800_000)
  }
}
