import Testing

import Datasets

@Suite struct UTCTimeTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"),
    (951_782_400_000, "2000-02-29T00:00:00Z"),
    (951_868_800_000, "2000-03-01T00:00:00Z"),
    (1_362_391_200_000, "2013-03-04T10:00:00Z"),
    (1_700_006_400_000, "2023-11-15T00:00:00Z"),
    (1_711_967_187_337, "2024-04-01T10:26:27.337Z"),
    (1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00Z"),
  ])
  func readsAndWrites(_ milliseconds: Int, _ text: String) {
    #expect(UTCTime(text)?.milliseconds == milliseconds)
    #expect(UTCTime(milliseconds: milliseconds).description == text)
  }

  @Test func readsWhatItWritesOnEveryDay() {
    for day in 0..<50_000 {
      let time = UTCTime(milliseconds: day * 86_400_000 + 86_399_001)
      #expect(UTCTime(time.description) == time)
    }
  }

  @Test(arguments: [
    "", "2013-03-04", "2013-03-04T10:00:00", "2013-03-04 10:00:00Z", "2013-13-04T10:00:00Z",
    "2013-03-00T10:00:00Z", "2013-03-04T24:00:00Z", "2013-03-04T10:60:00Z",
    "2013-03-04T10:00:0xZ", "2013-03-04T10:00:00.33Z", "2013-03-04T10:00:00.3333Z",
  ])
  func refusesWhatIsNoTime(_ text: String) {
    #expect(UTCTime(text) == nil)
  }
}
