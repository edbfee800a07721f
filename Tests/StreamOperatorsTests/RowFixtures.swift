import RecordFormats
import Foundation
import StreamModel
import StreamOperators
import Testing

/// A row with a column of each kind.
struct Sample: Decodable, Equatable {
  enum Status: String, Decodable, CaseIterable {
    case departed = "D"
    case cancelled = "C"
  }

  var id: Int
  var small: UInt8
  var share: Double
  var isOpen: Bool
  var name: String
  var time: EventTime
  var status: Status
  var delay: Int?

  static let header = "id,small,share,isOpen,name,time,status,delay"
  static let row = #"7,255,-0.25,true,"say ""hi"", ü",2013-03-04T05:15:00.123Z,C,"#

  static let value = Sample(
    id: 7,
    small: 255,
    share: -0.25,
    isOpen: true,
    name: #"say "hi", ü"#,
    time: EventTime(milliseconds: 1_362_374_100_123),
    status: .cancelled,
    delay: nil
  )
}

/// A flight as `departures.csv` has it, but for one column.
struct Departure: Decodable, Equatable {
  enum CodingKeys: String, CodingKey {
    case seq, status, origin, dest, carrier, tailnum
    case flight = "flight_id"
    case time = "event_time"
    case known = "known_at"
    case number = "flight_no"
    case miles = "distance_mi"
    case delay = "dep_delay_min"
  }

  var seq: Int
  var flight: String
  var time: EventTime
  var known: EventTime
  var status: String
  var origin: String
  var dest: String
  var carrier: String
  var number: Int
  var tailnum: String?
  var miles: Int
  var delay: Int?

  /// The same by hand.
  @Sendable
  static func read(_ record: CSVRecord) throws -> Departure {
    Departure(
      seq: try record.integer("seq"),
      flight: try record.text("flight_id"),
      time: try record.time("event_time"),
      known: try record.time("known_at"),
      status: try record.text("status"),
      origin: try record.text("origin"),
      dest: try record.text("dest"),
      carrier: try record.text("carrier"),
      number: try record.integer("flight_no"),
      tailnum: try record.value("tailnum"),
      miles: try record.integer("distance_mi"),
      delay: try record.value("dep_delay_min")
    )
  }

  /// The file, wherever the tests are run from.
  static func file() throws -> [UInt8] {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appending(path: "datasets/flights/departures.csv")))
  }
}

extension SplitFormat {
  /// All rows at a parallelism, in the order of the subtasks.
  func rows(parallelism: Int = 1, limit: Int = 100) throws -> [Element] {
    try (0..<parallelism).flatMap { subtask in
      var split = SplitPosition.share(of: size, subtask: subtask, parallelism: parallelism)
      return try rows(of: &split, limit: limit)
    }
  }

  /// The rows of a split, from where it is.
  func rows(of split: inout SplitPosition, limit: Int = 100) throws -> [Element] {
    var rows: [Element] = []
    while split.position < split.end {
      var collector = Collector<Element>(capacity: limit)
      defer { collector.discard() }
      try read(&split, limit: limit, into: &collector)
      split.emitted += collector.count
      rows += collector.seal()?.elements ?? []
    }
    return rows
  }
}

/// What is said when `body` fails; `nothing` when it does not.
func failure(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing"
  } catch {
    return "\(error)"
  }
}
