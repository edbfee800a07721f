import SimulationKernel
import Testing

import Rendering

@Suite struct TextTableTests {
  private let style = TextStyle(characters: .ascii, isColoured: false)

  private var table: TextTable {
    var table = TextTable([
      .init("name"), .init("rows", alignsRight: true), .init("what it holds"),
    ])
    table.add(["one", "1", "a text that is short"])
    table.add(["another", "12,345", "a text that is too long for what is left beside it"])
    return table
  }

  @Test func breaksTheLastColumnBesideTheOthers() {
    let lines = table.lines(width: 48, style: style).rendered(width: 48, style)
    #expect(
      lines == [
        "   name       rows  what it holds",
        "   one           1  a text that is short",
        "   another  12,345  a text that is too long for",
        "                    what is left beside it",
      ]
    )
  }

  @Test func setsTheLastColumnBelowWhereThereIsNoRoomBeside() {
    let lines = table.lines(width: 40, style: style).rendered(width: 40, style)
    #expect(
      lines == [
        "   name       rows",
        "   one           1",
        "     a text that is short",
        "   another  12,345",
        "     a text that is too long for what is",
        "     left beside it",
      ]
    )
  }

  @Test func setsShortTextsBesideTheOthersInAnyCase() {
    var table = TextTable([.init(""), .init("")])
    table.add([String(repeating: "w", count: 20), "short"])
    #expect(table.lines(width: 40, style: style).rendered(width: 40, style).count == 1)
  }

  @Test func breaksAWordThatIsTooLong() {
    var table = TextTable([.init(""), .init("")])
    table.add(["sum", String(repeating: "0", count: 50)])
    let lines = table.lines(width: 40, style: style).rendered(width: 40, style)
    #expect(lines.map(\.count) == [40, 26])
    #expect(lines[1].hasPrefix("        0"))
  }

  @Test func cutsAColumnAtItsLimit() {
    var table = TextTable([.init("", limit: 5), .init("")])
    table.add(["squirrel", "x"])
    #expect(table.lines(width: 60, style: style).rendered(width: 60, style) == ["   squi~  x"])
  }

  @Test(arguments: [
    (0, "0s"), (41, "41ms"), (59_999, "59.999s"), (60_000, "1min"), (123_000, "2min03s"),
    (3_600_000, "1h"), (53_100_000, "14h45min"), (53_159_999, "14h45min"),
  ])
  func tellsSpansRoughly(_ milliseconds: Int64, _ text: String) {
    #expect(Quantity.roughSpan(.milliseconds(milliseconds)) == text)
  }
}
