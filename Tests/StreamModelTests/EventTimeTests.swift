import StreamModel
import Testing

@Suite struct EventTimeTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00Z"),
      (1_362_374_100_000, "2013-03-04T05:15:00Z"),
      (1_362_374_100_123, "2013-03-04T05:15:00.123Z"),
      (1_362_374_100_005, "2013-03-04T05:15:00.005Z"),
      (-2_203_891_200_000, "1900-03-01T00:00:00Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00Z"),
    ] as [(Int64, String)]
  )
  func readsAndWrites(_ milliseconds: Int64, _ text: String) {
    #expect(EventTime(parsing: text)?.milliseconds == milliseconds)
    #expect(EventTime(milliseconds: milliseconds).description == text)
  }

  @Test func readsZeroMillisecondsAndWritesThemOnDemand() {
    let time = EventTime(parsing: "2013-03-04T05:15:00.000Z")
    #expect(time?.description == "2013-03-04T05:15:00Z")
    var text: [UInt8] = []
    time?.write(to: &text, withMilliseconds: true)
    #expect(String(decoding: text, as: UTF8.self) == "2013-03-04T05:15:00.000Z")
  }

  @Test func readsWhatItWritesThroughAllYears() {
    var last: EventTime?
    var milliseconds = EventTime.earliest.milliseconds
    while milliseconds <= EventTime.latest.milliseconds {
      let time = EventTime(milliseconds: milliseconds)
      #expect(EventTime(parsing: time.description) == time)
      if let last { #expect(last < time && last.description.prefix(20) < time.description) }
      last = time
      milliseconds += 97 * 86_400_000 + 3_723_004
    }
  }

  @Test(arguments: [
    "", "2013-03-04", "2013-03-04T10:00:00", "2013-03-04 10:00:00Z", "2013-13-04T10:00:00Z",
    "2013-00-04T10:00:00Z", "2013-03-00T10:00:00Z", "2013-03-32T10:00:00Z",
    "2013-02-29T10:00:00Z", "1900-02-29T10:00:00Z", "2013-04-31T10:00:00Z",
    "2013-03-04T24:00:00Z", "2013-03-04T10:60:00Z", "2013-03-04T10:00:60Z",
    "2013-03-04T10:00:0xZ", "2013-03-04T10:00:00.33Z", "2013-03-04T10:00:00.3333Z",
    "2013-03-04T10:00:00,333Z", "0000-12-31T00:00:00Z", "+013-03-04T10:00:00Z",
    "2013-03-04T10:00:00+00:00", "2013-03-04t10:00:00z", "2013-03-04T10:00:00Z ",
    "２013-03-04T10:00Z",
  ])
  func refusesWhatIsNoTime(_ text: String) {
    #expect(EventTime(parsing: text) == nil)
  }

  @Test func writesABareNumberWhereNoYearHasAText() {
    #expect(EventTime(milliseconds: .max).description == "9223372036854775807 ms")
    #expect(EventTime(milliseconds: .min).description == "-9223372036854775808 ms")
  }
}
