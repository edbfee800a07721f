import RecordFormats
import StreamModel
import StreamOperators
import Testing

@Suite struct CSVTests {
  @Test(
    arguments: [
      ("", [""]), ("a", ["a"]), ("a,b", ["a", "b"]), (",", ["", ""]),
      ("a,,b,", ["a", "", "b", ""]),
      (#""a,b",c"#, ["a,b", "c"]), (#""say ""hi""",x"#, [#"say "hi""#, "x"]), (#""""#, [""]),
      (#""""""#, [#"""#]), (#"a,"""#, ["a", ""]), (" a , b ", [" a ", " b "]),
      ("日本,ü", ["日本", "ü"]), (#""x","","y""#, ["x", "", "y"]),
    ] as [(String, [String])]
  )
  func splitsALine(_ line: String, into fields: [String]) throws {
    #expect(try CSVRecord.fields(of: line) == fields)
  }

  @Test(arguments: [#"""#, #"a,"b"#, #""a""#.dropLast().description, #""a"""#])
  func refusesAQuoteThatIsNotClosed(_ line: String) {
    #expect(throws: CSVError("a quote is not closed")) { try CSVRecord.fields(of: line) }
  }

  @Test(
    arguments: [
      "", "plain", "a,b", "quo\"te", "\"", "\"\"", " spaces ", "new\nline", "cr\r", "日本語", ",",
      "\",\"",
    ]
  )
  func readsBackWhatItWrites(_ text: String) throws {
    var bytes: [UInt8] = []
    Tuple2(text, Tuple2(text, -7).f1).writeCSVRow(to: &bytes)
    let line = String(decoding: bytes, as: UTF8.self)
    #expect(try CSVRecord.fields(of: line) == [text, "-7"])
  }

  @Test func quotesOnlyWhatNeedsIt() {
    func row(_ text: String) -> String {
      var bytes: [UInt8] = []
      Tuple2(text, true).writeCSVRow(to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(row("a b") == "a b,true")
    #expect(row("a,b") == #""a,b",true"#)
    #expect(row(#"a"b"#) == #""a""b",true"#)
    #expect(row("a\rb") == "\"a\rb\",true")
  }

  @Test func writesNumbers() {
    var bytes: [UInt8] = []
    Tuple2(Int64.min, 0.1).writeCSVRow(to: &bytes)
    bytes.append(0x20)
    Tuple2(Int32(-1), 1e100).writeCSVRow(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "-9223372036854775808,0.1 -1,1e+100")
  }

  // MARK: Files

  private func format(_ text: String) throws -> CSVFormat<Tuple2<Int, String>> {
    try CSVFormat(InputBytes(Array(text.utf8)), named: "rows.csv") { record in
      Tuple2(try record.integer("id"), try record.text("name"))
    }
  }

  private func read(_ text: String, subtask: Int = 0, of parallelism: Int = 1) throws -> [String] {
    let format = try format(text)
    var split = SplitPosition.share(of: format.size, subtask: subtask, parallelism: parallelism)
    var rows: [String] = []
    while split.position < split.end {
      var collector = Collector<Tuple2<Int, String>>(capacity: 1)
      defer { collector.discard() }
      try format.read(&split, limit: 2, into: &collector)
      split.emitted += collector.count
      rows += collector.seal()?.elements.map(\.description) ?? []
    }
    return rows
  }

  @Test(
    arguments: [
      "id,name\n1,a\n2,b\n3,c\n", "id,name\r\n1,a\r\n2,b\r\n3,c",
      "name,id\na,1\n\n\nb,2\n\nc,3\n\n",
      "id,a column that nobody asks for and that is long,name\n1,,a\n2,\"x,y\",b\n3,\"\"\"\",c",
    ]
  )
  func givesEachRowOnceHoweverItIsDivided(_ text: String) throws {
    for parallelism in 1...(text.utf8.count + 1) {
      let rows = try (0..<parallelism).flatMap { try read(text, subtask: $0, of: parallelism) }
      #expect(rows == ["(1,a)", "(2,b)", "(3,c)"], "\(parallelism) splits")
    }
  }

  @Test func hasNoRowsWithoutAny() throws {
    #expect(try read("id,name") == [])
    #expect(try read("id,name\n") == [])
  }

  @Test func saysWhatIsWrongWithARow() {
    func failure(_ text: String) -> String? {
      do {
        _ = try read(text)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(failure("") == "rows.csv: no header line")
    let bad = #"rows.csv: line 3, column id: expected a whole number, found "x""#
    #expect(failure("id,name\n1,a\nx,b\n") == bad)
  }

  /// The header is line 1, and empty lines count.
  @Test(arguments: [
    ("id,name\n1,a\n\nx,b\n", 4), ("id,name\r\nx,b", 2), ("id,name\n\n\n\n\r\nx,b\n3,c\n", 6),
    ("id,name\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\nx,g\n8,h\n", 8),
  ])
  func namesABadRowByItsLine(_ text: String, line: Int) throws {
    for parallelism in 1...6 {
      for limit in 1...9 {
        let format = try format(text)
        var failures: [String] = []
        for subtask in 0..<parallelism {
          var split = SplitPosition.share(
            of: format.size,
            subtask: subtask,
            parallelism: parallelism
          )
          var collector = Collector<Tuple2<Int, String>>(capacity: 9)
          defer { collector.discard() }
          do {
            while split.position < split.end {
              let before = collector.count
              try format.read(&split, limit: limit, into: &collector)
              split.emitted += collector.count - before
            }
          } catch {
            failures.append("\(error)")
          }
        }
        #expect(failures.count == 1)
        #expect(failures[0].hasPrefix("rows.csv: line \(line), column id: "), "\(failures)")
      }
    }
  }

  @Test func skipsAByteOrderMark() throws {
    let text = "\u{FEFF}id,name\n1,a\n2,b\n3,c\n"
    for parallelism in 1...(text.utf8.count + 1) {
      let rows = try (0..<parallelism).flatMap { try read(text, subtask: $0, of: parallelism) }
      #expect(rows == ["(1,a)", "(2,b)", "(3,c)"], "\(parallelism) splits")
    }
  }
}
