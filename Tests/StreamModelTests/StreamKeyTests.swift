import StreamModel
import Testing

/// Java's `String.hashCode`, straight from its definition.
private func fold(_ text: String) -> Int32 {
  text.utf16.reduce(0) { $0 &* 31 &+ Int32($1) }
}

private struct Route: StructKey {
  var origin: String
  var destination: String
  var line: Int32

  func visitKeyFields(_ visitor: inout KeyFieldVisitor) {
    visitor.visit(origin)
    visitor.visit(destination)
    visitor.visit(line)
  }
}

private enum Side: String, EnumKey {
  case buy
  case sell
}

@Suite struct StreamKeyTests {
  @Test func asciiStringsOfEveryLengthHashAsJavaDoes() {
    for length in 0..<64 {
      let text = String(decoding: (0..<length).map { UInt8(33 + ($0 * 7) % 90) }, as: UTF8.self)
      #expect(text.javaHash == fold(text), "length \(length)")
      var long = text
      long.reserveCapacity(100)
      #expect(long.javaHash == fold(text), "length \(length), not in the short form")
    }
  }

  @Test(arguments: [
    "𝄞", "é", "e\u{301}", "a𝄞b", "日本語の長い文字列です", "🙂🙂🙂🙂🙂", "abcdefgé", "éabcdefghijklmnop",
    "abcdefghijklmnopqrstuvé", "\u{7ff}\u{800}\u{fffd}\u{10000}\u{10fffd}",
    "\u{7f}\u{80}",
  ])
  func otherStringsHashAsJavaDoes(text: String) {
    #expect(text.javaHash == fold(text))
    for prefix in 0..<20 {
      let padded = String(repeating: "x", count: prefix) + text
      #expect(padded.javaHash == fold(padded))
    }
  }

  @Test func composedAndDecomposedStringsAreDistinctKeys() {
    let composed = "\u{e9}"
    let decomposed = "e\u{301}"
    #expect(composed == decomposed)
    #expect(!String.isSame(composed, decomposed))
    #expect(composed.javaHash != decomposed.javaHash)
  }

  @Test func stringsAreTheSameByTheirBytesHoweverTheyAreStored() {
    for length in [0, 1, 7, 8, 15, 16, 17, 40, 100] {
      let text = String(repeating: "k", count: length)
      var other = ""
      other.reserveCapacity(200)
      other.append(text)
      #expect(String.isSame(text, other), "length \(length)")
      if length > 0 {
        #expect(!String.isSame(text, String(other.dropLast())))
        #expect(!String.isSame(text, String(other.dropLast()) + "l"))
        #expect(!String.isSame(text, "l" + String(other.dropFirst())))
      }
    }
  }

  @Test func numbersHashAsJavaDoes() {
    #expect(Int32(-7).javaHash == -7)
    #expect(Int16(-7).javaHash == -7)
    #expect(Int8(-7).javaHash == -7)
    #expect(UInt8(200).javaHash == 200)
    #expect(Int64(-1).javaHash == 0)
    #expect(Int.max.javaHash == Int32.min)
    #expect(true.javaHash == 1231)
    #expect(false.javaHash == 1237)
  }

  @Test func doublesAreComparedByTheirBits() {
    #expect(Double.isSame(.nan, -.nan))
    #expect(Double.nan.javaHash == (-Double.nan).javaHash)
    #expect(Double.nan.javaHash == 2_146_959_360)
    #expect(!Double.isSame(0.0, -0.0))
    #expect((-0.0).javaHash == Int32.min)
    #expect(Double.isSame(1.5, 1.5))
  }

  @Test func pairsFoldTheirParts() {
    #expect(Tuple2("a", Int32(1)).javaHash == 3008)
    #expect(Tuple2.isSame(Tuple2("a", 1), Tuple2("a", 1)))
    #expect(!Tuple2.isSame(Tuple2("a", 1), Tuple2("a", 2)))
    #expect("\(Tuple2("a", 1))" == "(a,1)")
  }

  @Test func structuresFoldAndCompareTheirFields() {
    let route = Route(origin: "BER", destination: "ZRH", line: 7)
    let hash = ("BER".javaHash &* 31 &+ "ZRH".javaHash) &* 31 &+ 7
    #expect(route.javaHash == hash)
    #expect(Route.isSame(route, Route(origin: "BER", destination: "ZRH", line: 7)))
    #expect(!Route.isSame(route, Route(origin: "BER", destination: "ZRH", line: 8)))
    #expect(!Route.isSame(route, Route(origin: "ZRH", destination: "BER", line: 7)))
  }

  @Test func enumerationsAreKeysByTheirRawValues() {
    #expect(Side.buy.javaHash == "buy".javaHash)
    #expect(Side.isSame(.buy, .buy))
    #expect(!Side.isSame(.buy, .sell))
  }
}
