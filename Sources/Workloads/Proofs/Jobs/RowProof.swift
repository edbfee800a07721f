import DataStreamAPI
import Datasets
import RecordFormats
import ReferenceJobs
import StreamModel

/// The rows of the jobs against what is known of their datasets without any job.
package struct RowProof {
  let shelf: DatasetShelf
  let answers: Answers

  /// The proofs of all jobs whose rows are known.
  package static func all(_ shelf: DatasetShelf, _ answers: Answers) -> [Proof] {
    let proof = RowProof(shelf: shelf, answers: answers)
    let checks: [(String, @Sendable (RowProof) throws -> [String])] = [
      ("hourly departures", { try $0.hourlyDepartures() }),
      ("late departures", { try $0.lateDepartures() }),
      ("late departures after a kill", { try $0.lateDeparturesAfterAKill() }),
      ("carrier delay", { try $0.carrierDelay() }),
      ("flight enrichment", { try $0.flightEnrichment() }),
      ("departures and arrivals", { try $0.departuresAndArrivals() }),
      ("overdue landing", { try $0.overdueLanding() }),
      ("click sessions", { try $0.clickSessions() }),
      ("hot sensors", { try $0.hotSensors() }),
      ("salt against skew", { try $0.salt() }),
      ("fraud", { try $0.fraud() }),
      ("windowed word count", { try $0.windowedWordCount() }),
      ("socket word count", { try $0.socketWordCount() }),
    ]
    return checks.map { name, check in
      Proof("rows of \(name)") { Proof.Outcome("as in the data", problems: try check(proof)) }
    }
  }

  // MARK: What the proofs are made of

  /// The rows of a job, field by field.
  func rows(_ name: String, faults: [String] = []) throws -> [[String]] {
    let trial = try JobTrial(
      try job(name),
      shelf,
      parallelism: 2,
      seconds: faults.isEmpty ? nil : 4,
      faults: faults
    )
    if let problem = trial.problem { throw UnreadableInput("\(name): \(problem)") }
    guard faults.isEmpty || trial.restarts > 0 else {
      throw UnreadableInput("\(name): the kill restarted nothing")
    }
    return try trial.rows.map { try CSVRecord.fields(of: $0) }
  }

  func job(_ name: String) throws -> Program {
    guard let job = JobCatalogue.reference[name] else { throw UnreadableInput("no job \(name)") }
    return job
  }

  /// The fields of a column of a dataset, by the dataset's rows.
  func column(_ name: String, of dataset: String) throws -> [String] {
    guard let known = Dataset.named(dataset) else { throw UnreadableInput("no \(dataset)") }
    let contents = DatasetContents(known, try shelf.bytes(of: dataset))
    guard let index = contents.columns.firstIndex(of: name) else {
      throw UnreadableInput("\(dataset) has no column \(name)")
    }
    return contents.rows.indices.map { contents.fields(ofRow: $0)[index] }
  }

  func sums(_ rows: [[String]], by key: Int, of value: Int) -> [String: Int] {
    rows.reduce(into: [:]) { $0[$1[key], default: 0] += Int($1[value]) ?? 0 }
  }

  /// How often each word stands in the bundled text.
  func wordCounts() throws -> [String: Int] {
    var counts: [String: Int] = [:]
    try shelf.bytes(of: "the-nest").forEachLine {
      Tokens.forEach(in: $0) { counts[$0, default: 0] += 1 }
    }
    return counts
  }

  /// Nothing when both are the same.
  func expect<Value: Equatable>(_ what: String, _ seen: Value, _ wanted: Value) -> [String] {
    seen == wanted
      ? [] : ["\(what): \("\(seen)".prefix(80)), where \("\(wanted)".prefix(80)) is right"]
  }

  /// Nothing when it holds.
  func expect(_ what: String, _ holds: Bool) -> [String] { holds ? [] : [what] }
}

// MARK: Flights

extension RowProof {
  private func hourlyDepartures() throws -> [String] {
    let found = sums(try rows("hourly-departures"), by: 1, of: 2)
    return expect("flights by hour", found, answers.numbers(of: "hourly_windows"))
  }

  private func lateDepartures() throws -> [String] {
    let rows = try rows("late-departures")
    return expect("no flight is late", rows.contains { $0[0] == "late" })
      + expect("flights by hour", sums(rows, by: 2, of: 3), answers.numbers(of: "hourly_windows"))
  }

  /// What jobs promise that are not confluent holds after a failure too.
  private func lateDeparturesAfterAKill() throws -> [String] {
    try ["kill tm-1 at 1500ms", "kill tm-2 at 2600ms"].flatMap { fault in
      let rows = try rows("late-departures", faults: [fault])
      let counted = sums(try self.rows("socket-word-count", faults: [fault]), by: 0, of: 1)
      let counts = try wordCounts()
      return expect(
        "flights by hour, \(fault)",
        sums(rows, by: 2, of: 3),
        answers.numbers(of: "hourly_windows")
      )
        + expect("no word, \(fault)", !counted.isEmpty)
        + expect(
          "a word is counted too often, \(fault)",
          counted.allSatisfy { $0.value <= counts[$0.key] ?? 0 }
        )
    }
  }

  private func carrierDelay() throws -> [String] {
    let rows = try rows("carrier-delay")
    let departed = sums(rows, by: 0, of: 2)
    let all = departed.merging(sums(rows, by: 0, of: 3)) { $0 + $1 }
    let minutes = rows.reduce(0.0) { $0 + (Double($1[2]) ?? 0) * (Double($1[4]) ?? 0) }
    return expect("flights by carrier", all, answers.numbers(of: "by_carrier"))
      + expect("minutes of delay", Int(minutes.rounded()), 204_412)
      + expect("flights that left", departed.map(\.value).reduce(0, +), 12_491)
  }

  private func flightEnrichment() throws -> [String] {
    let rows = try rows("flight-enrichment")
    let codes = try column("carrier", of: "airlines")
    let names = Dictionary(zip(codes, try column("name", of: "airlines"))) { $1 }
    let carriers = Dictionary(
      zip(try column("flight_id", of: "departures"), try column("carrier", of: "departures"))
    ) { $1 }
    let departed = Set(
      zip(try column("flight_id", of: "departures"), try column("status", of: "departures"))
        .filter { $0.1 == "D" }.map(\.0)
    )
    let inFog = rows.count { departed.contains($0[0]) && (Double($0[5]) ?? 10) < 3 }
    return expect("flights", rows.count, 13_101)
      + expect("a field is blank", rows.allSatisfy { !$0[1].isEmpty && !$0[5].isEmpty })
      + expect("an airline is wrong", rows.allSatisfy { names[carriers[$0[0]] ?? ""] == $0[1] })
      + expect("flights in fog", inFog, 690)
  }

  private func departuresAndArrivals() throws -> [String] {
    let rows = try rows("departures-and-arrivals")
    return expect("pairs", [rows.count], [answers.numbers(of: "interval_join_3h")[""] ?? -1])
      + expect("a flight took too long", rows.allSatisfy { (0...180).contains(Int($0[3]) ?? -1) })
  }

  private func overdueLanding() throws -> [String] {
    let landed = Dictionary(
      zip(try column("flight_id", of: "arrivals"), try column("arrived_at", of: "arrivals"))
    ) { $1 }
    let flights = zip(
      try column("flight_id", of: "departures"),
      zip(try column("known_at", of: "departures"), try column("status", of: "departures"))
    )
    let overdue = flights.filter { flight, departure in
      guard let left = EventTime(parsing: departure.0)?.milliseconds else { return false }
      let came = landed[flight].flatMap { EventTime(parsing: $0) }?.milliseconds
      return departure.1 == "D" && (came ?? .max) - left > 8 * 3_600_000
    }
    let found = try rows("overdue-landing").map { $0[0] }.sorted()
    return expect("overdue flights in the files", overdue.count, 44)
      + expect("overdue flights", found, overdue.map(\.0).sorted())
  }
}

// MARK: Generated data

extension RowProof {
  private func clickSessions() throws -> [String] {
    let rows = try rows("click-sessions")
    let planted = ClickStream().sessions
    let wrong = planted.enumerated().filter { user, sessions in
      let name = "u" + String(repeating: "0", count: 3 - "\(user)".count) + "\(user)"
      return rows.count { $0[0] == name } != sessions
    }
    return expect("sessions", rows.count, planted.reduce(0, +))
      + expect("users with other sessions", wrong.count, 0)
      + expect("clicks", rows.reduce(0) { $0 + (Int($1[3]) ?? 0) }, 14_429)
  }

  private func hotSensors() throws -> [String] {
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
    return expect(
      "hot minutes",
      try rows("hot-sensors").map { "\($0[2]),\($0[3])" }.sorted(),
      wanted
    )
  }

  /// Half of the readings are from one sensor: with salt no subtask has half of them.
  private func salt() throws -> [String] {
    let plain = try JobTrial(job("hot-sensors"), shelf, parallelism: 4)
    let salted = try JobTrial(job("hot-sensors-salted"), shelf, parallelism: 4)
    let readings = SensorReadings().readings.count
    func most(_ trial: JobTrial, _ name: String) -> Int { trial.recordsIn(by: name).max() ?? 0 }
    return expect("rows", salted.rows.sorted(), plain.rows.sorted())
      + expect("the plain job is not skewed", most(plain, "minutes") >= readings / 2)
      + expect("the salted parts are skewed", (1..<readings * 2 / 5) ~= most(salted, "parts"))
      + expect("the salted minutes are skewed", (1..<readings / 5) ~= most(salted, "minutes"))
  }

  private func fraud() throws -> [String] {
    let rows = try rows("fraud").sorted { $0[2] < $1[2] }
    return expect("cards", rows.map { $0[0] }, CardPayments().frauds.map(\.cardName))
  }
}

// MARK: Words

extension RowProof {
  private func windowedWordCount() throws -> [String] {
    let wanted = try wordCounts().flatMap { word, count in
      (0..<count / 10).map { "\(word),\($0 == 0 ? "10" : "20")" }
    }
    let found = try rows("windowed-word-count").map { $0.joined(separator: ",") }
    return expect("windows", found.sorted(), wanted.sorted())
  }

  private func socketWordCount() throws -> [String] {
    let counts = try wordCounts()
    let found = sums(try rows("socket-word-count"), by: 0, of: 1)
    return expect("a word is counted twice", found.allSatisfy { $0.value <= counts[$0.key] ?? 0 })
      + expect("most words are missing", found.reduce(0) { $0 + $1.value } > 800)
  }
}
