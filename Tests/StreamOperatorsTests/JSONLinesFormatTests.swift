import RecordFormats
import StreamModel
import StreamOperators
import Testing

@Suite struct JSONLinesFormatTests {
  struct Payment: Decodable, Equatable {
    struct Card: Decodable, Equatable {
      var number: String
      var limits: [Int]?
    }

    var id: Int64
    var amount: Double
    var time: EventTime?
    var status: Sample.Status?
    var card: Card?
    var tags: [String: Bool]?
  }

  private func rows(_ text: String, onBadRow: BadRowPolicy = .fail) throws -> [Payment] {
    try JSONLinesFormat(
      InputBytes(Array(text.utf8)),
      named: "a.jsonl",
      as: Payment.self,
      onBadRow: onBadRow
    ).rows()
  }

  private func value<Value: Decodable>(_ text: String, _ type: Value.Type = Value.self) throws
    -> Value?
  {
    try JSONLinesFormat(InputBytes(Array(text.utf8)), named: "a.jsonl", as: type).rows().first
  }

  @Test func readsStructures() throws {
    let text = """
      \u{FEFF}{"id":9223372036854775807,"amount":1e2,"time":"2013-03-04T05:15:00Z","x":[{"y":null}]}

      { "amount" : -0.5 , "card":{"limits":[1,-2],"number":"4\\u00e9"}, "id":-1,"status":"D" }\r
        \t
      {"id":0,"amount":1,"time":null,"tags":{"b":true,"a":false}}
      """
    #expect(
      try rows(text) == [
        Payment(id: .max, amount: 100, time: EventTime(milliseconds: 1_362_374_100_000)),
        Payment(
          id: -1,
          amount: -0.5,
          status: .departed,
          card: Payment.Card(number: "4é", limits: [1, -2])
        ),
        Payment(id: 0, amount: 1, tags: ["a": false, "b": true]),
      ]
    )
  }

  @Test(arguments: [
    (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00!""#, "😀!"), (#""😀\u0000""#, "😀\0"),
  ])
  func readsStrings(_ text: String, _ string: String) throws {
    #expect(try value(text) == string)
  }

  @Test(arguments: [
    ("0", 0), ("-0", -0.0), ("12.5", 12.5), ("1E+2", 100), ("1e-2", 0.01), ("0.1", 0.1),
    ("123456789012345678901234567890", 1.2345678901234568e29), ("1e-400", 0),
    ("9007199254740993", 9_007_199_254_740_992), ("2.2250738585072014e-308", 0x1p-1022),
  ])
  func readsNumbers(_ text: String, _ number: Double) throws {
    #expect(try value(text) == number)
  }

  @Test func readsWholeNumbersExactly() throws {
    #expect(try value("18446744073709551615") == UInt64.max)
    #expect(try value("-9223372036854775808") == Int64.min)
    #expect(
      failure { _ = try value("9223372036854775808", Int64.self) }.hasPrefix(
        "a.jsonl: line 1: expected a whole number from -9223372036854775808"
      )
    )
    #expect(
      failure { _ = try value("1.0", Int.self) }
        == "a.jsonl: line 1: expected a whole number, found \"1.0\""
    )
  }

  @Test(arguments: [
    ("{", 2), ("{]", 2), ("[1,]", 4), ("{\"a\":1,}", 8), ("{\"a\" 1}", 6), ("{a:1}", 2),
    ("01", 2), ("+1", 1), (".5", 1), ("1.", 3), ("1e", 3), ("-", 2), ("1 2", 3), ("tru", 1),
    ("nul", 1), ("NaN", 1), ("'a'", 1), ("\"a", 3), ("\"\t\"", 2), ("\"\\x\"", 3),
    ("\"\\u12g4\"", 6), ("\"\\ud800\"", 2), ("\"\\ud800\\n\"", 2), ("\"\\udc00\"", 2),
    ("\"\\ud800\\ud800\"", 2), ("[1]]", 4), ("{}{}", 3), ("1\r2", 3), ("\0", 1), ("// x", 1),
    ("{\"a\":1,\"b\":2,\"\\u0061\":3}", 14), ("[\u{A0}]", 2), ("", 0), ("\u{FEFF}1", 0),
  ])
  func refusesWhatIsNoJSON(_ text: String, column: Int) {
    struct Anything: Decodable {
      init(from decoder: any Decoder) {}
    }
    let message = failure { _ = try value("1\n" + text, Anything.self) }
    if column == 0, text.isEmpty { return #expect(message == "nothing") }
    #expect(message.hasPrefix("a.jsonl: line 2, column \(max(column, 1)): expected "), "\(message)")
  }

  @Test func refusesWhatIsTooDeep() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    struct Anything: Decodable {
      init(from decoder: any Decoder) {}
    }
    _ = try value(nested(128), Anything.self)
    #expect(
      failure { _ = try value(nested(129), Anything.self) }
        == "a.jsonl: line 1, column 129: expected at most 128 levels"
    )
    #expect(failure { _ = try value(nested(100_000), Anything.self) }.contains("128 levels"))
  }

  @Test func findsEqualKeysAmongMany() throws {
    let members = (0..<5000).map { "\"k\($0)\":\($0)" }
    let text = "{" + members.joined(separator: ",")
    #expect(try value(text + "}", [String: Int].self)?.count == 5000)
    let twice = failure { _ = try value(text + ",\"k4711\":1}", [String: Int].self) }
    #expect(twice.hasSuffix("expected each key once, found \"k4711\" twice"))
  }

  @Test(arguments: [
    (#"{"id":1}"#, "field amount: expected a value, found no such key"),
    (#"{"id":null,"amount":1}"#, "field id: expected a number, found null"),
    (#"{"id":"1","amount":1}"#, "field id: expected a number, found \"1\""),
    (
      #"{"id":1,"amount":1e999}"#,
      "field amount: expected a number that a Double can hold, found \"1e999\""
    ),
    (
      #"{"id":1,"amount":1,"time":"soon"}"#,
      "field time: expected a time such as 2013-03-04T05:15:00Z, found \"soon\""
    ),
    (
      #"{"id":1,"amount":1,"time":5}"#,
      "field time: expected a time such as 2013-03-04T05:15:00Z, found 5"
    ),
    (#"{"id":1,"amount":1,"status":"X"}"#, "field status: expected one of D, C, found \"X\""),
    (#"{"id":1,"amount":1,"card":7}"#, "field card: expected an object, found 7"),
    (
      #"{"id":1,"amount":1,"card":{"number":"4","limits":[1,true]}}"#,
      "field card.limits[1]: expected a number, found true"
    ),
    (#"{"id":1,"amount":1,"tags":{"a":1}}"#, "field tags.a: expected true or false, found 1"),
  ])
  func namesTheFieldThatIsWrong(_ line: String, _ reason: String) throws {
    let good = #"{"id":1,"amount":1}"#
    let text = good + "\n\n" + line + "\n" + good
    #expect(failure { _ = try rows(text) } == "a.jsonl: line 3, \(reason)")
    #expect(try rows(text, onBadRow: .setAside(limit: 1)).map(\.id) == [1, 1])
  }

  @Test func refusesWhatIsNotUTF8() {
    let bytes = InputBytes(Array("\"a\"\n\"".utf8) + [0xFF, 0x22])
    let format = JSONLinesFormat(bytes, named: "a.jsonl", as: String.self)
    #expect(
      failure { _ = try format.rows() }
        == "a.jsonl: line 2: expected UTF-8, found bytes that are not"
    )
  }

  @Test func readsALineOfAMegabyteAndAnEmptyFile() throws {
    let long = String(repeating: "x", count: 1 << 20)
    #expect(try value("\"\(long)\"") == long)
    #expect(try value("", Int.self) == nil)
    #expect(try value("\u{FEFF}", Int.self) == nil)
  }

  @Test func givesTheSameRowsAtAnyParallelism() throws {
    var text = "\u{FEFF}"
    for id in 0..<3000 {
      let end = id % 7 == 0 ? "\r\n" : id % 11 == 0 ? "\n\n" : "\n"
      text += #"{"id":\#(id),"amount":\#(id)."# + "\(id % 10)}" + end
    }
    let bytes = InputBytes(Array(text.utf8))
    let format = JSONLinesFormat(bytes, named: "a.jsonl", as: Payment.self)
    for parallelism in [1, 2, 3, 7] {
      #expect(try format.rows(parallelism: parallelism).map(\.id) == Array(0..<3000))
    }
    let small = InputBytes(Array("\u{FEFF}1\n2\r\n\n3".utf8))
    for parallelism in 1...15 {
      let format = JSONLinesFormat(small, named: "a.jsonl", as: Int.self)
      #expect(try format.rows(parallelism: parallelism, limit: 1) == [1, 2, 3])
    }
  }
}
