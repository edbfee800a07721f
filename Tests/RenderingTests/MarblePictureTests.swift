import StreamModel
import TestSupport
import Testing

import Rendering

/// The pictures of event time.
@Suite struct MarblePictureTests {
  private let plain = TextStyle(characters: .unicode, isColoured: false)

  @Test(arguments: Way.all)
  func drawsMarbles(_ way: Way) throws {
    var screens: [String] = []
    for (title, text) in SampleMarbles.all {
      let marbles = try Marbles(parsing: text)
      for (view, name) in [(Marbles.View.arrival, "arrival"), (.eventTime, "event time")] {
        let focus = text == SampleMarbles.long ? 50 : nil
        screens += ["# \(title), by \(name)", ""]
        screens += marbles.viewed(view, around: focus).text(width: way.width, style: way.style)
        screens += [""]
      }
    }
    #expect(way.tooWide(screens.filter { !$0.hasPrefix("# ") }) == [])
    try ScreenFile.expect(screens, named: "marbles-\(way.name)")
  }

  @Test func tellsMarblesInWords() throws {
    var screens: [String] = []
    for (title, text) in SampleMarbles.all where text != SampleMarbles.long {
      screens += ["# \(title)", ""] + (try Marbles(parsing: text).describe()) + [""]
    }
    try ScreenFile.expect(screens, named: "marbles-words")
  }

  /// What the drawings show of records and windows, the sentences say.
  @Test func saysWhatIsDrawn() throws {
    for (title, text) in SampleMarbles.all {
      let marbles = try Marbles(parsing: text)
      let words = marbles.describe().joined(separator: "\n")
      for record in marbles.records where marbles.records.count < 50 {
        #expect(words.contains("Record \(record.name) of "), "\(title): \(record.name)")
      }
      for case .fires(_, let result) in marbles.events {
        #expect(words.contains(": \(result)."), "\(title): \(result)")
      }
    }
  }

  @Test func takesDownARun() throws {
    func time(_ milliseconds: Int64) -> EventTime { EventTime(milliseconds: milliseconds) }
    func span(_ start: Int64, _ end: Int64) -> Marbles.Window.Extent {
      .span(time(start), time(end))
    }
    var marbles = Marbles()
    marbles.arrives(
      Marbles.Record(key: "a", label: "1", time: time(1000)),
      into: [span(1000, 4000)]
    )
    marbles.arrives(
      Marbles.Record(key: "a", label: "2", time: time(5000)),
      into: [span(5000, 8000)]
    )
    marbles.arrives(
      Marbles.Record(key: "a", label: "3", time: time(3000)),
      into: [span(1000, 8000)]
    )
    marbles.joins([span(1000, 4000), span(5000, 8000)], into: span(1000, 8000), of: "a")
    marbles.advances(to: time(7999))
    marbles.fires(span(1000, 8000), of: "a", result: "3")
    marbles.clears(span(1000, 8000), of: "a")
    let text = """
      {a[1000,4000)} {a[5000,8000)} {a[1000,8000)} a1@1000 a2@5000 a3@3000 \
      {a[1000,4000) -> a[1000,8000)} {a[5000,8000) -> a[1000,8000)} |7999| \
      {a[1000,8000) = 3} {a[1000,8000) cleared}
      """
    #expect(try Marbles(parsing: text) == marbles)
    #expect(marbles.windows.map(\.holds) == [[0], [1], [0, 1, 2]])
    // Its state is gone: the next one is another.
    marbles.fires(span(1000, 8000), of: "a", result: "1")
    #expect(marbles.windows.count == 4)
  }

  @Test func staysWithinItsWidth() {
    for seed in 0..<UInt64(Draws.runs(byDay: 20, search: 1000)) {
      let marbles = [DrawnMarbles.honest(seed: seed), DrawnMarbles.odd(seed: seed)]
      let width = [60, 80, 120, 61 + Int(seed % 90)][Int(seed % 4)]
      for view in Marbles.View.allCases {
        for characters in TextStyle.Characters.allCases {
          let style = TextStyle(characters: characters, isColoured: false)
          for marbles in marbles {
            let focus = seed % 3 == 0 ? Int(seed % 17) : nil
            let lines = marbles.viewed(view, around: focus).lines(width: width, style: style)
            // What is cut off at the edge would not be seen in the text.
            let widest = lines.map(\.width).max() ?? 0
            #expect((1...width).contains(widest), "seed \(seed), \(view)")
            #expect(!marbles.describe().contains(""))
          }
          let text = marbles[0].viewed(view).text(width: width, style: style)
          if characters == .ascii { #expect(Way.beyondASCII(text) == [], "seed \(seed)") }
        }
      }
    }
  }

  @Test func survivesWhatCannotBe() {
    let late = EventTime(milliseconds: .max)
    let early = EventTime(milliseconds: .min)
    let odd = Marbles(
      inputs: [],
      events: [
        .record(Marbles.Record(key: "", label: "", time: late, input: 7)),
        .watermark(late, input: -1), .watermark(early, input: 9), .combined(early), .idle(input: 4),
        .active(input: -3), .fires(window: 5, result: ""), .clears(window: -1),
        .joins(window: 0, into: 0), .record(Marbles.Record(key: "a", label: "1", time: early)),
      ],
      windows: [
        Marbles.Window(key: "a", extent: .span(late, early), holds: [-1, 0, 99]),
        Marbles.Window(key: "a", extent: .count(-1), holds: [1, 1, 0]),
        Marbles.Window(key: "", extent: .global),
      ]
    )
    for marbles in [odd, Marbles(), Marbles(windows: odd.windows)] {
      for view in Marbles.View.allCases {
        for focus in [nil, -1, 0, 99] {
          for width in [-5, 0, 60, 80] {
            let lines = marbles.viewed(view, around: focus).lines(width: width, style: plain)
            #expect(lines.allSatisfy { $0.width <= max(60, width) })
          }
        }
      }
      #expect(!marbles.describe().contains(""))
      #expect(!marbles.notation.contains("\n"))
    }
  }

  // MARK: Places

  /// By event time, an earlier record is further left, and a record is on the side of the watermark
  /// that its time is on.
  @Test func putsMarblesInTheirTime() throws {
    for seed in 0..<UInt64(Draws.runs(byDay: 40, search: 1000)) {
      let marbles = DrawnMarbles.honest(seed: seed)
      let lines = marbles.viewed(.eventTime).text(width: 80 + Int(seed % 41), style: plain)
        .map(Array.init)
      // A row with a number begins a record; what comes behind the axis are windows.
      let rows = lines.filter { $0.prefix(3).contains(where: \.isNumber) && !$0.contains("┴") }
      let records = marbles.records
      let signs: [Character] = ["●", "◐", "✗"]
      let columns = rows.prefix(records.count).map { $0.firstIndex(where: signs.contains) }
      try #require(columns.count == records.count, "seed \(seed)")
      for (record, (row, column)) in zip(records, zip(rows, columns)) {
        let column = try #require(column, "seed \(seed)")
        guard let line = row.firstIndex(of: "┃") else { continue }
        #expect((record.lateness == .onTime) == (column > line), "seed \(seed): \(record.name)")
      }
      for (one, left) in zip(records, columns) {
        for (other, right) in zip(records, columns) where one.time < other.time {
          // The watermark, which stands between two columns, pushes by one.
          #expect((left ?? 0) <= (right ?? 0) + 1, "seed \(seed): \(one.name), \(other.name)")
        }
      }
    }
  }

  /// By arrival, each record is right of the one before it, or in the next band.
  @Test func putsMarblesInTheirOrder() throws {
    for seed in 0..<UInt64(Draws.runs(byDay: 40, search: 1000)) {
      let marbles = DrawnMarbles.honest(seed: seed)
      let lines = marbles.viewed(.arrival).text(width: 80, style: plain).map(Array.init)
      var places: [(band: Int, column: Int)] = []
      for record in marbles.records {
        let name = Array(record.name + " ")
        let place = lines.indices.lazy.compactMap { row -> (Int, Int)? in
          let line = lines[row] + [" "]
          // A name stands above its sign.
          guard row + 1 < lines.count, row > 0 else { return nil }
          let columns = line.indices.filter { line[$0...].starts(with: name) }
          return columns.first {
            $0 < lines[row + 1].count && "●◐✗".contains(lines[row + 1][$0])
          }
          .map { (row, $0) }
        }
        .first
        let (row, column) = try #require(place, "seed \(seed): \(record.name)")
        // Bands are divided by empty lines.
        places.append((lines[..<row].count(where: \.isEmpty), column))
      }
      for (one, next) in zip(places, places.dropFirst()) {
        #expect(one < next, "seed \(seed)")
      }
    }
  }

  // MARK: The theme

  @Test(arguments: Sign.allCases)
  func drawsEachSignInOneColumn(_ sign: Sign) {
    for characters in TextStyle.Characters.allCases {
      let text = TextStyle(characters: characters, isColoured: false)(sign)
      #expect(DisplayWidth.of(text) == 1)
      #expect(characters == .unicode || Way.beyondASCII([text]) == [])
    }
  }
}
