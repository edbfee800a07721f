import SimulationKernel
import Testing

import Rendering

@Suite struct TextTests {
  @Test(arguments: [
    ("", 0), ("drey", 4), ("é", 1), ("e\u{301}", 1), ("松鼠", 4), ("ｄ", 2), ("한", 2), ("🐿️", 2),
    ("👩‍👩‍👧", 2), ("🇨🇳", 2), ("─│╭", 3), ("\u{200B}", 0), ("\t", 0), ("a松b", 4),
  ])
  func measuresColumns(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test func cutsBetweenCharacters() {
    #expect(DisplayWidth.prefix(of: "松鼠", columns: 3) == "松")
    let style = TextStyle(characters: .ascii, isColoured: false)
    let line = TextLine("松鼠松鼠").fitted(to: 6, style)
    #expect(line.rendered(style) == "松鼠~")
    #expect(line.width <= 6)
  }

  @Test func takesOrdersFromNobody() {
    let style = TextStyle(characters: .unicode, isColoured: true)
    #expect(TextLine("a\u{1B}[2Jb\r\n", .failed).rendered(style) == "\u{1B}[31ma?[2Jb??\u{1B}[0m")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_234, "-1,234"),
  ])
  func groupsThousands(_ number: Int, _ text: String) {
    #expect(Quantity.grouped(number) == text)
  }

  @Test(arguments: [
    (1_234_567, 9, "1,234,567"), (1_234_567, 8, "1.23M"), (12_345_678, 5, "12.3M"),
    (-12_345, 7, "-12,345"),
    (12_345, 4, "12k"), (999, 2, "999"),
  ])
  func fitsNumbers(_ number: Int, _ columns: Int, _ text: String) {
    #expect(Quantity.fitted(number, columns: columns) == text)
  }

  @Test(arguments: [
    (0, "0.000s"), (3_412, "3.412s"), (61_005, "1min01.005s"), (3_723_000, "1h02min03s"),
  ])
  func tellsMoments(_ milliseconds: Int64, _ text: String) {
    #expect(Quantity.moment(.zero + .milliseconds(milliseconds)) == text)
  }
}
