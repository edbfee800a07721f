import RecordFormats
import StreamModel
import StreamOperators
import Testing

@Suite struct CSVFormatTests {
  private func format(
    _ text: [UInt8],
    onBadRow: BadRowPolicy = .fail
  ) throws -> CSVFormat<Sample> {
    try CSVFormat(InputBytes(text), named: "a.csv", as: Sample.self, onBadRow: onBadRow)
  }

  /// What is said about a line behind a good one, which is the third of its file.
  private func complaint(_ line: [UInt8]) -> String {
    let text = Array("\(Sample.header)\n\(Sample.row)\n".utf8) + line
    return failure { _ = try format(text).rows() }
  }

  @Test func readsAStructure() throws {
    let text = Sample.header + "\r\n" + Sample.row + "\r\n\r\n" + Sample.row
    #expect(try format(Array(text.utf8)).rows() == [Sample.value, Sample.value])
    let marked = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    #expect(try format(marked).rows() == [Sample.value, Sample.value])
  }

  @Test func readsColumnsInAnyOrderAndPassesOverOthers() throws {
    struct Pair: Decodable, Equatable {
      var a: Int
      var b: Int?
    }
    let text = Array("b,x,a\n,9,1\n2,9,-3\n".utf8)
    let format = try CSVFormat(InputBytes(text), named: "a.csv", as: Pair.self)
    #expect(try format.rows() == [Pair(a: 1, b: nil), Pair(a: -3, b: 2)])
  }

  @Test(arguments: [
    ("1,2", "column share: expected 8 fields as in the header, found 2 fields"),
    (Sample.row + ",9", "expected 8 fields as in the header, found 9 fields"),
    ("x1,1,1,true,n,@,D,", "column id: expected a whole number, found \"x1\""),
    (",1,1,true,n,@,D,", "column id: expected a whole number, found nothing"),
    ("1.0,1,1,true,n,@,D,", "column id: expected a whole number, found \"1.0\""),
    ("1,256,1,true,n,@,D,", "column small: expected a whole number from 0 to 255, found \"256\""),
    ("1,-1,1,true,n,@,D,", "column small: expected a whole number from 0 to 255, found \"-1\""),
    ("1,1,nan,true,n,@,D,", "column share: expected a number, found \"nan\""),
    (
      "1,1,1e999,true,n,@,D,",
      "column share: expected a number that a Double can hold, found \"1e999\""
    ),
    ("1,1,1,yes,n,@,D,", "column isOpen: expected true or false, found \"yes\""),
    (
      "1,1,1,true,n,2013-02-30T00:00:00Z,D,",
      "column time: expected a time such as 2013-03-04T05:15:00Z, found \"2013-02-30T00:00:00Z\""
    ),
    ("1,1,1,true,n,@,X,", "column status: expected one of D, C, found \"X\""),
    ("1,1,1,true,n,@,,", "column status: expected one of D, C, found nothing"),
    ("1,1,1,true,n,@,D,late", "column delay: expected a whole number, found \"late\""),
    (
      "1,1,1,true,\"n,@,D,",
      "column name: expected a closing quote in the same line, found its end"
    ),
    (
      "1,1,1,true,\"n\"x,@,D,",
      "column name: expected a comma behind a closing quote, found \"x,2013-03-04T05:15:00Z,D,\""
    ),
    (
      "1,1,1,true,n\"x,@,D,",
      "column name: expected a field that begins with its quote, found a quote within"
    ),
    (
      "1,1,1,true,n\rx,@,D,",
      "column name: expected a line end of LF or of CR LF, "
        + "found a carriage return without a line feed"
    ),
    ("1,1,1,true,n\0x,@,D,", "column name: expected text, found a NUL byte"),
    ("1,1,1,true,\"n\0x\",@,D,", "column name: expected text, found a NUL byte"),
    (
      "\u{1B}[2Jx\t,1,1,true,n,@,D,",
      "column id: expected a whole number, found \"\\u{1b}[2Jx\\t\""
    ),
    (
      String(repeating: "9", count: 50) + "x,1,1,true,n,@,D,",
      "column id: expected a whole number, found \"\(String(repeating: "9", count: 40))…\""
    ),
  ])
  func namesWhatIsWrong(_ row: String, _ reason: String) {
    let line = Array(row.utf8).split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
      .joined(separator: Array("2013-03-04T05:15:00Z".utf8))
    let separator = reason.hasPrefix("column") ? ", " : ": "
    #expect(complaint(Array(line)) == "a.csv: line 3\(separator)\(reason)")
  }

  @Test func refusesWhatIsNotUTF8() {
    let line = Array("1,1,1,true,n".utf8) + [0xC3, 0x28] + Array(",2013,D,".utf8)
    #expect(
      complaint(line) == "a.csv: line 3, column name: expected UTF-8, found bytes that are not"
    )
  }

  @Test(arguments: [
    ("", "a.csv: no header line"),
    ("\u{FEFF}", "a.csv: no header line"),
    ("\nid\n1", "a.csv: line 1, column 1: expected a name, found nothing"),
    ("id,,x\n", "a.csv: line 1, column 2: expected a name, found nothing"),
    ("id,x,id\n", "a.csv: line 1: expected different names, found \"id\" twice"),
    (
      "id,x\r1,2\r",
      "a.csv: line 1, column 2: expected a line end of LF or of CR LF, "
        + "found a carriage return without a line feed"
    ),
    ("ID,isopen\n1,true\n", "a.csv: line 1: no column id; there are ID, isopen; did you mean ID?"),
    ("no,isopen\n1,true\n", "a.csv: line 1: no column id; there are no, isopen"),
  ])
  func refusesAHeaderWhenItIsOpened(_ text: String, _ message: String) {
    #expect(failure { _ = try format(Array(text.utf8)) } == message)
    #expect(
      failure { _ = try format(Array(text.utf8), onBadRow: .setAside()) } == message,
      "no row helps it"
    )
  }

  @Test func refusesAColumnThatAFunctionAsksForInVain() {
    let message = failure {
      _ = try CSVFormat(InputBytes(Array("event_time\nx\n".utf8)), named: "a.csv") {
        try $0.text("eventTime")
      }
    }
    #expect(
      message
        == "a.csv: line 1: no column eventTime; there are event_time; did you mean event_time?"
    )
  }

  @Test func readsALineOfAMegabyte() throws {
    let long = String(repeating: "ü,\"\"", count: 200_000)
    let text = "name\n\"\(long)\"\nx\n"
    let format = try CSVFormat(InputBytes(Array(text.utf8)), named: "a.csv") {
      try $0.text("name")
    }
    let expected = [String(repeating: "ü,\"", count: 200_000), "x"]
    #expect(try format.rows() == expected)
    #expect(try format.rows(parallelism: 3) == expected)
  }

  @Test func givesTheSameFlightsAtAnyParallelism() throws {
    let bytes = InputBytes(try Departure.file())
    let typed = try CSVFormat(bytes, named: "departures.csv", as: Departure.self)
    let byHand = try CSVFormat(bytes, named: "departures.csv", decode: Departure.read)
    let rows = try typed.rows()
    #expect(rows.count == 13_101)
    #expect(rows.map(\.seq) == Array(1...13_101))
    #expect(rows.count { $0.tailnum == nil } == 173)
    #expect(rows.count { $0.delay == nil } == 610)
    #expect(try byHand.rows() == rows)
    for parallelism in [2, 3, 7] {
      #expect(try typed.rows(parallelism: parallelism) == rows)
      #expect(try byHand.rows(parallelism: parallelism, limit: 7) == rows)
    }
  }

  // MARK: Setting aside

  @Test func setsBadRowsAsideAndTellsOfTheFirstFew() throws {
    var text = "n\n"
    for number in 1...40 { text += number % 2 == 0 ? "\(number)\n" : "x\(number)\n" }
    let bytes = InputBytes(Array(text.utf8))
    for parallelism in [1, 2, 3, 7] {
      var numbers: [Int] = []
      var skipped = 0
      for subtask in 0..<parallelism {
        let format = try CSVFormat(bytes, named: "a.csv", onBadRow: .setAside()) {
          try $0.integer("n")
        }
        var split = SplitPosition.share(of: bytes.count, subtask: subtask, parallelism: parallelism)
        numbers += try format.rows(of: &split, limit: 3)
        let told = format.takeSetAside()
        #expect(told.count == min(10, split.setAside ?? 0))
        for row in told {
          #expect(
            row.reason == "column n: expected a whole number, found \"x\(row.line - 1)\""
          )
        }
        #expect(format.takeSetAside() == [])
        skipped += split.setAside ?? 0
      }
      #expect(numbers == Array(stride(from: 2, through: 40, by: 2)))
      #expect(skipped == 20)
    }
  }

  @Test func failsWhenMoreAreBadThanTheLimit() throws {
    let bytes = InputBytes(Array("n\nx\n1\ny\nz\n2\n".utf8))
    func format(_ limit: Int) throws -> CSVFormat<Int> {
      try CSVFormat(bytes, named: "a.csv", onBadRow: .setAside(limit: limit)) {
        try $0.integer("n")
      }
    }
    #expect(try format(3).rows() == [1, 2])
    #expect(
      failure { _ = try format(2).rows() }
        == "a.csv: line 5, column n: expected a whole number, found \"z\"; "
        + "2 rows of the split were set aside before it"
    )
  }
}
