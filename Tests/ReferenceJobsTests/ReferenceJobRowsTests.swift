import RecordFormats
import DataStreamAPI
import Datasets
import GoldenCases
import ReferenceJobs
import StreamModel
import Testing

/// The rows of the jobs against what is known of their datasets without any job.
@Suite struct ReferenceJobRowsTests {
  /// The rows of a job, field by field.
  private func rows(_ name: String, parallelism: Int = 2) throws -> [[String]] {
    let trial = try JobTrial(try #require(JobCatalogue.reference[name]), parallelism: parallelism)
    #expect(trial.problem == nil)
    return try trial.rows.map { try CSVRecord.fields(of: $0) }
  }

  private func answer<Value>(_ id: String, as type: Value.Type = Value.self) throws -> Value {
    let facts = Golden.list("facts", in: try Golden.object("answers.json"))
    let fact = try #require(facts.first { $0["id"] as? String == id })
    return try #require(fact["value"] as? Value)
  }

  /// The fields of a column of a dataset, by the dataset's rows.
  private func column(_ name: String, of dataset: String) throws -> [String] {
    let contents = DatasetContents(
      try #require(Dataset.named(dataset)),
      try JobTrial.input(dataset)
    )
    let index = try #require(contents.columns.firstIndex(of: name))
    return contents.rows.indices.map { contents.fields(ofRow: $0)[index] }
  }

  private func sums(_ rows: [[String]], by key: Int, of value: Int) -> [String: Int] {
    rows.reduce(into: [:]) { $0[$1[key], default: 0] += Int($1[value]) ?? 0 }
  }

  @Test func hourlyDeparturesAreThoseOfTheFact() throws {
    let found = sums(try rows("hourly-departures"), by: 1, of: 2)
    #expect(found == (try answer("hourly_windows", as: [String: Int].self)))
  }

  @Test func lateDeparturesCountEachFlightOnce() throws {
    let rows = try rows("late-departures")
    #expect(rows.contains { $0[0] == "late" })
    #expect(sums(rows, by: 2, of: 3) == (try answer("hourly_windows", as: [String: Int].self)))
  }

  /// What jobs promise that are not confluent holds after a failure too.
  @Test(arguments: ["kill tm-1 at 1500ms", "kill tm-2 at 2600ms"])
  func promisesOfJobsThatAreNotConfluentHoldAfterAKill(_ fault: String) throws {
    let job = try #require(JobCatalogue.reference["late-departures"])
    let late = try JobTrial(job, parallelism: 2, seconds: 4, faults: [fault])
    #expect(late.restarts > 0)
    let rows = try late.rows.map { try CSVRecord.fields(of: $0) }
    #expect(sums(rows, by: 2, of: 3) == (try answer("hourly_windows", as: [String: Int].self)))
    let socket = try #require(JobCatalogue.reference["socket-word-count"])
    let words = try JobTrial(socket, parallelism: 2, seconds: 4, faults: [fault])
    #expect(words.restarts > 0)
    let counted = sums(try words.rows.map { try CSVRecord.fields(of: $0) }, by: 0, of: 1)
    let counts = try wordCounts()
    #expect(!counted.isEmpty)
    #expect(counted.allSatisfy { $0.value <= counts[$0.key] ?? 0 })
  }

  private func wordCounts() throws -> [String: Int] {
    let text = try JobTrial.input("the-nest")
    var counts: [String: Int] = [:]
    text.forEachLine { Tokens.forEach(in: $0) { counts[$0, default: 0] += 1 } }
    return counts
  }

  @Test func carrierDelaysCountEachFlightOnce() throws {
    let rows = try rows("carrier-delay")
    let departed = sums(rows, by: 0, of: 2)
    let all = departed.merging(sums(rows, by: 0, of: 3)) { $0 + $1 }
    #expect(all == (try answer("by_carrier", as: [String: Int].self)))
    let minutes = rows.reduce(0.0) { $0 + (Double($1[2]) ?? 0) * (Double($1[4]) ?? 0) }
    #expect(Int(minutes.rounded()) == 204_412)
    #expect(departed.map(\.value).reduce(0, +) == 12_491)
  }

  @Test func flightsGetTheirAirlineAndTheWeatherOfTheirTime() throws {
    let rows = try rows("flight-enrichment")
    #expect(rows.count == 13_101)
    #expect(rows.allSatisfy { !$0[1].isEmpty && !$0[5].isEmpty })
    let codes = try column("carrier", of: "airlines")
    let names = Dictionary(zip(codes, try column("name", of: "airlines"))) { $1 }
    let carriers = Dictionary(
      zip(try column("flight_id", of: "departures"), try column("carrier", of: "departures"))
    ) { $1 }
    #expect(rows.allSatisfy { names[carriers[$0[0]] ?? ""] == $0[1] })
    let departed = Set(
      zip(try column("flight_id", of: "departures"), try column("status", of: "departures"))
        .filter { $0.1 == "D" }.map(\.0)
    )
    let inFog = rows.count { departed.contains($0[0]) && (Double($0[5]) ?? 10) < 3 }
    #expect(inFog == 690)
  }

  @Test func departuresMeetTheirArrivals() throws {
    let rows = try rows("departures-and-arrivals")
    #expect(rows.count == (try answer("interval_join_3h", as: Int.self)))
    #expect(rows.allSatisfy { (0...180).contains(Int($0[3]) ?? -1) })
  }

  @Test func overdueLandingsAreThoseOfTheFiles() throws {
    let landed = Dictionary(
      zip(try column("flight_id", of: "arrivals"), try column("arrived_at", of: "arrivals"))
    ) { $1 }
    let flights = zip(
      try column("flight_id", of: "departures"),
      zip(try column("known_at", of: "departures"), try column("status", of: "departures"))
    )
    let overdue = try flights.filter { flight, departure in
      let left = try #require(EventTime(parsing: departure.0)).milliseconds
      let came = landed[flight].flatMap { EventTime(parsing: $0) }?.milliseconds
      return departure.1 == "D" && (came ?? .max) - left > 8 * 3_600_000
    }
    #expect(overdue.count == 44)
    #expect(try rows("overdue-landing").map { $0[0] }.sorted() == overdue.map(\.0).sorted())
  }

  @Test func clickSessionsAreThoseThatWerePlanted() throws {
    let rows = try rows("click-sessions")
    let planted = ClickStream().sessions
    #expect(rows.count == planted.reduce(0, +))
    for (user, sessions) in planted.enumerated() {
      let name = "u" + String(repeating: "0", count: 3 - "\(user)".count) + "\(user)"
      #expect(rows.count { $0[0] == name } == sessions)
    }
    #expect(rows.reduce(0) { $0 + (Int($1[3]) ?? 0) } == 14_429)
  }

  @Test func hotMinutesAreThoseOfTheReadings() throws {
    var minutes: [String: (readings: Int, highest: Int)] = [:]
    for reading in SensorReadings().readings {
      let minute = reading.eventTime.milliseconds / 60_000
      let so = minutes["\(reading.sensor)/\(minute)"] ?? (0, .min)
      minutes["\(reading.sensor)/\(minute)"] = (
        so.readings + 1, max(so.highest, reading.milliCelsius)
      )
    }
    let hot = minutes.filter { $0.value.highest > 35_000 }
    let wanted = hot.map { "\($0.value.readings),\($0.value.highest)" }.sorted()
    #expect(try rows("hot-sensors").map { "\($0[2]),\($0[3])" }.sorted() == wanted)
  }

  /// Half of the readings are from one sensor: with salt no subtask has half of them.
  @Test func saltSpreadsTheWorkAndChangesNoRow() throws {
    let plain = try JobTrial(#require(JobCatalogue.reference["hot-sensors"]), parallelism: 4)
    let salted = try JobTrial(
      #require(JobCatalogue.reference["hot-sensors-salted"]),
      parallelism: 4
    )
    #expect(salted.rows.sorted() == plain.rows.sorted())
    let readings = SensorReadings().readings.count
    #expect(try #require(plain.recordsIn(by: "minutes").max()) >= readings / 2)
    #expect(try #require(salted.recordsIn(by: "parts").max()) < readings * 2 / 5)
    #expect(try #require(salted.recordsIn(by: "minutes").max()) < readings / 5)
  }

  @Test func fraudsAreThoseThatWerePlanted() throws {
    let rows = try rows("fraud").sorted { $0[2] < $1[2] }
    #expect(rows.map { $0[0] } == CardPayments().frauds.map(\.cardName))
  }

  @Test func wordsAreCountedByTens() throws {
    let counts = try wordCounts()
    let wanted = counts.flatMap { word, count in
      (0..<count / 10).map { [word, $0 == 0 ? "10" : "20"] }
    }
    let found = try rows("windowed-word-count")
    #expect(
      found.sorted { $0.lexicographicallyPrecedes($1) }
        == wanted.sorted { $0.lexicographicallyPrecedes($1) }
    )
  }

  @Test func noWordOfASocketIsCountedTooOften() throws {
    let counts = try wordCounts()
    let found = sums(try rows("socket-word-count"), by: 0, of: 1)
    #expect(found.allSatisfy { $0.value <= counts[$0.key] ?? 0 })
    #expect(found.reduce(0) { $0 + $1.value } > 800)
  }
}
