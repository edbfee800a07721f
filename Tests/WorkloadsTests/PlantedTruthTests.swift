import Testing

import Datasets

/// What the generators say they planted is what a search of the records finds.
@Suite struct PlantedTruthTests {
  @Test func clicksHaveTheSessionsThatWerePlanted() {
    let stream = ClickStream()
    let distinct = stream.clicks.filter { !$0.isDuplicate }
    #expect(distinct.count == 14_429)
    #expect(stream.clicks.count - distinct.count == 137)
    #expect(stream.sessions.reduce(0, +) == 1379)
    var times = [[UTCTime]](repeating: [], count: stream.sessions.count)
    for click in distinct { times[click.user].append(click.eventTime) }
    let found = times.map { times in
      let times = times.sorted()
      return 1
        + zip(times, times.dropFirst()).count { $1.milliseconds - $0.milliseconds > 1_800_000 }
    }
    #expect(found == stream.sessions)
  }

  @Test func paymentsHoldTheFraudsThatWerePlanted() {
    let stream = CardPayments()
    #expect(stream.frauds.count == 25)
    #expect(stream.frauds.prefix(3).map(\.cardName) == ["k030", "k348", "k227"])
    #expect(stream.firstSchemaCount == 7368)
    #expect(stream.payments.count - stream.firstSchemaCount == 4912)
    var found: [(eventTime: UTCTime, card: Int)] = []
    for (card, payments) in Dictionary(grouping: stream.payments, by: \.card) {
      let small = payments.filter { $0.cents < 200 }.map(\.eventTime.milliseconds)
      for large in payments where large.cents >= 60_000 {
        let at = large.eventTime.milliseconds
        let isFraud = small.indices.dropFirst(2).contains { third in
          small[third] - small[third - 2] <= 120_000 && small[third] < at
            && at - small[third] <= 300_000
        }
        if isFraud { found.append((large.eventTime, card)) }
      }
    }
    found.sort { $0.eventTime < $1.eventTime }
    #expect(found.map(\.card) == stream.frauds.map(\.card))
    #expect(found.map(\.eventTime) == stream.frauds.map(\.eventTime))
  }

  @Test func sensorsAreHotLateAndSilentWhereTheyAreSaidToBe() {
    let readings = SensorReadings().readings
    let counts = (0..<4).map { partition in readings.count { $0.partition == partition } }
    #expect(counts == [18_437, 3991, 3827, 2522])
    #expect(readings.count { $0.sensor == 0 } * 1000 / readings.count == 521)
    let start = UTCTime.syntheticStart
    let silence = start + 1_200_000..<start + 2_400_000
    #expect(!readings.contains { $0.partition == 3 && silence.contains($0.eventTime) })
    for reading in readings {
      let delay = reading.knownAt.milliseconds - reading.eventTime.milliseconds
      #expect((delay >= 90_000) == (reading.partition == 2))
    }
  }

  @Test func theYenGetsNoMoreVersionsAfterFourHours() {
    let versions = ExchangeRates().versions
    let last = versions.last { $0.currency == "JPY" }
    #expect(last?.validFrom == UTCTime("2023-11-15T03:50:00Z"))
    #expect(versions.count { $0.currency == "EUR" } == 1)
    #expect(versions.last?.validFrom == UTCTime("2023-11-15T05:50:00Z"))
  }
}
