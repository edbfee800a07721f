import Testing

import Rendering

@Suite struct ProseTests {
  private static let coloured = TextStyle(characters: .unicode, isColoured: true)
  private static let plain = TextStyle(characters: .ascii, isColoured: false)

  private static func spans(_ text: String) -> [Prose.Span] {
    switch Prose(parsing: text).blocks.first {
    case .paragraph(let spans), .item(let spans): spans
    default: []
    }
  }

  private static func drawn(_ text: String, width: Int = 60) -> [String] {
    Prose(parsing: text).lines(width: width, plain).map { $0.rendered(plain) }
  }

  @Test func readsParagraphsItemsAndVerbatimText() {
    let text = "One\ntwo\n\n- a\n  b\n- c\n\nThree\n```text\n  x\n\n- y\n```\nFour"
    #expect(
      Prose(parsing: text).blocks == [
        .paragraph([Prose.Span("One two")]), .item([Prose.Span("a b")]), .item([Prose.Span("c")]),
        .paragraph([Prose.Span("Three")]), .verbatim(["  x", "", "- y"]),
        .paragraph([Prose.Span("Four")]),
      ]
    )
  }

  @Test func readsMarks() {
    #expect(
      Self.spans("a **b `c` d** `**e**`.") == [
        Prose.Span("a "), Prose.Span("b ", .strong), Prose.Span("c", .code),
        Prose.Span(" d", .strong), Prose.Span(" "), Prose.Span("**e**", .code), Prose.Span("."),
      ]
    )
  }

  @Test(arguments: [
    "a ** b", "**a", "a**", "**a **", "** a**", "`a", "a ``", "****", "2 ** 3 ** 4", "*a*", "**",
    "**a `b**`",
  ])
  func keepsMarksWithoutAPartner(_ text: String) {
    #expect(Self.spans(text).map(\.text).joined() == text.replacing("`b**`", with: "b**"))
    #expect(!Self.spans(text).contains { $0.look == .strong })
  }

  @Test func givesLooksTheirInk() {
    let lines = Prose(parsing: "a **b** `c`.").lines(width: 60, Self.coloured)
    #expect(
      lines.map { $0.rendered(Self.coloured) } == [
        "a \u{1B}[1mb\u{1B}[0m \u{1B}[36mc\u{1B}[0m."
      ]
    )
    #expect(Self.drawn("a **b** `c`.") == ["a b `c`."])
  }

  @Test func breaksBetweenWords() {
    let word = String(repeating: "w", count: 29)
    #expect(Self.drawn("\(word) \(word) x") == ["\(word) \(word)", "x"])
    #expect(Self.drawn("\(word) \(word)x y") == ["\(word) \(word)x", "y"])
    #expect(Self.drawn("\(word) \(word)xx y") == [word, "\(word)xx y"])
    #expect(Self.drawn("- \(word) \(word) x") == ["- \(word)", "  \(word) x"])
  }

  @Test func keepsAFullStopWithTheCodeBeforeIt() {
    let words = String(repeating: "w", count: 50)
    #expect(Self.drawn("\(words) `kill tm`.") == [words, "`kill tm`."])
    #expect(Self.drawn("\(words) (`kill`) x") == ["\(words) (`kill`)", "x"])
  }

  @Test func breaksBetweenCharactersWithoutSpaces() {
    let text = String(repeating: "松", count: 30)
    #expect(Self.drawn(text + "鼠") == [text, "鼠"])
    #expect(Self.drawn(text + "。") == [String(text.dropLast()), "松。"])
    #expect(Self.drawn("松\n鼠\na") == ["松鼠 a"])
  }

  @Test func cutsWhatIsTooWide() {
    let word = String(repeating: "w", count: 100)
    #expect(Self.drawn(word) == [String(word.prefix(60)), String(word.prefix(40))])
    let verbatim = Self.drawn("```\n\(word)\n\n    \n```")
    #expect(verbatim == ["  " + String(word.prefix(57)) + "~", "", ""])
  }

  @Test func separatesPartsByBlankLines() {
    #expect(
      Self.drawn("a\n- b\n\n- c\nd\n\n```\ne\n```\nf") == [
        "a", "", "- b", "- c d", "", "  e", "", "f",
      ]
    )
    #expect(Self.drawn("").isEmpty)
  }
}
