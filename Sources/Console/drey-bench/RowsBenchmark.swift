import RecordFormats
import DataStreamAPI
import StreamOperators

/// How fast rows of flights are read from memory: by a function, as a structure, and as JSON.
struct RowsBenchmark {
  let bytes: Int

  private struct Departure: Decodable {
    var seq: Int
    var flight_id: String
    var event_time: EventTime
    var known_at: EventTime
    var status: String
    var origin: String
    var dest: String
    var carrier: String
    var flight_no: Int
    var tailnum: String?
    var distance_mi: Int
    var dep_delay_min: Int?
  }

  private static let header =
    "seq,flight_id,event_time,known_at,utc_offset_min,status,origin,dest,carrier,flight_no,"
    + "tailnum,distance_mi,dep_delay_min\n"
  private static let row =
    "1,0304-US1843-EWR,2013-03-04T10:00:00Z,2013-03-04T09:55:00Z,-300,D,EWR,CLT,US,1843,N170US,"
    + "529,-5\n"
  private static let json =
    #"{"seq":1,"flight_id":"0304-US1843-EWR","event_time":"2013-03-04T10:00:00Z","#
    + #""known_at":"2013-03-04T09:55:00Z","status":"D","origin":"EWR","dest":"CLT","#
    + #""carrier":"US","flight_no":1843,"tailnum":"N170US","distance_mi":529,"dep_delay_min":-5}"#
    + "\n"

  func run() throws {
    print("rows of 12 columns from \(bytes / 1_000_000) MB in memory")
    let csv = InputBytes(Self.text(Self.header, Self.row, bytes))
    try measure(
      "CSV by a function ",
      CSVFormat(csv, named: "rows") { record in
        Departure(
          seq: try record.integer("seq"),
          flight_id: try record.text("flight_id"),
          event_time: try record.time("event_time"),
          known_at: try record.time("known_at"),
          status: try record.text("status"),
          origin: try record.text("origin"),
          dest: try record.text("dest"),
          carrier: try record.text("carrier"),
          flight_no: try record.integer("flight_no"),
          tailnum: try record.value("tailnum"),
          distance_mi: try record.integer("distance_mi"),
          dep_delay_min: try record.value("dep_delay_min")
        )
      }
    )
    try measure("CSV as a structure", CSVFormat(csv, named: "rows", as: Departure.self))
    let json = InputBytes(Self.text("", Self.json, bytes))
    try measure("JSON Lines        ", JSONLinesFormat(json, named: "rows", as: Departure.self))
  }

  private static func text(_ header: String, _ row: String, _ bytes: Int) -> [UInt8] {
    var text = Array(header.utf8)
    text.reserveCapacity(bytes + 1024)
    let row = Array(row.utf8)
    while text.count < bytes { text += row }
    return text
  }

  private func measure<Format: SplitFormat>(_ name: String, _ format: Format) throws {
    let figure = try BesideLoop(rounds: 1) {
      var split = SplitPosition(start: 0, end: format.size)
      while split.position < split.end {
        var collector = Collector<Format.Element>(capacity: 128)
        defer { collector.discard() }
        try format.read(&split, limit: 128, into: &collector)
        split.emitted += collector.count
      }
      return split.emitted
    }
    print("  \(name)   \(figure.text(of: "rows"))")
  }
}
