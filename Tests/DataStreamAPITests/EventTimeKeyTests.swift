import DataStreamAPI
import SimulationKernel
import StreamModel
import Testing

/// Event times and three values as keys, and times with spans.
@Suite struct EventTimeKeyTests {
  /// By hand from the source of Java's `Instant.hashCode`, not recorded.
  @Test(arguments: [(0, 0), (1_250, -134_901_887), (-1, -590_607_552)] as [(Int64, Int32)])
  func hashesAsAnInstant(_ milliseconds: Int64, _ hash: Int32) {
    #expect(EventTime(milliseconds: milliseconds).javaHash == hash)
  }

  @Test func isWrittenAsSecondsAndNanoseconds() {
    var bytes: [UInt8] = []
    EventTime(milliseconds: 1_001).writeKey(to: &bytes)
    #expect(bytes == [0, 0, 0, 0, 0, 0, 0, 1, 0x00, 0x0F, 0x42, 0x40])
  }

  @Test func threeValuesHashAsAFold() {
    let key = Tuple3("a", 1, 2)
    #expect(key.javaHash == 93_250)
    #expect(Tuple3.isSame(key, Tuple3("a", 1, 2)))
    #expect(!Tuple3.isSame(key, Tuple3("a", 1, 3)))
    #expect("\(key)" == "(a,1,2)")
  }

  @Test func timesAndSpansAddUp() {
    let time = EventTime(milliseconds: 5_000)
    #expect(time + .seconds(1) == EventTime(milliseconds: 6_000))
    #expect(time - .seconds(6) == EventTime(milliseconds: -1_000))
    #expect(time - EventTime(milliseconds: 1_000) == .seconds(4))
    #expect(VirtualDuration.days(1) == .hours(24))
    #expect(VirtualDuration.hours(1) == .minutes(60))
  }
}
