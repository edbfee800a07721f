import Foundation
import SimulationKernel
import Testing

@Suite struct JournalTests {
  private static let awkward: [String] = [
    "plain", "", "quo\"te", "back\\slash", "new\nline", "tab\tcr\r", "nul\u{0}bell\u{7}esc\u{1B}",
    "\u{1F}\u{20}\u{7F}", "日本語 ünï 🐿️ e\u{301}", "</script>", "\u{2028}\u{2029}",
  ]

  private func line(_ body: (inout JournalLine) -> Void) -> String {
    var line = JournalLine()
    line.begin(at: VirtualInstant(nanoseconds: 12))
    body(&line)
    line.end()
    return String(decoding: line.bytes, as: UTF8.self)
  }

  @Test func writesKeysInOrder() {
    let text = line {
      $0.add("number", -5)
      $0.add("wide", UInt64.max)
      $0.add("text", "x")
      $0.add("yes", true)
      $0.add("no", false)
    }
    #expect(
      text
        == #"{"at":12,"number":-5,"wide":18446744073709551615,"text":"x","yes":true,"no":false}"#
    )
  }

  @Test(arguments: [0, 9, 10, 99, 1_000, 10_000_000, .max, -1, -10, -1_234_567_890, .min])
  func writesNumbersAsTheyAreRead(_ number: Int) {
    #expect(line { $0.add("n", number) } == #"{"at":12,"n":\#(number)}"#)
  }

  @Test func writesTheDigitsOfAnIdentifier() {
    let text = line { $0.add("id", hex: 0x0123_4567_89AB_CDEF, .max) }
    #expect(text == #"{"at":12,"id":"0123456789abcdefffffffffffffffff"}"#)
  }

  @Test func escapesWhatJSONDemands() {
    let text = line { $0.add("k\"", "a\"b\\c\nd\re\tf\u{0}g\u{1F}h") }
    #expect(text == #"{"at":12,"k\"":"a\"b\\c\nd\re\tf\u0000g\u001fh"}"#)
  }

  @Test(arguments: awkward)
  func isReadBackByAnyReader(_ awkward: String) throws {
    let text = line { $0.add(awkward + "!", awkward) }
    let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(read?[awkward + "!"] as? String == awkward)
    #expect(!text.contains("\n"))
  }

  @Test func aLineIsUsedAgain() {
    var line = JournalLine()
    for _ in 0..<2 {
      line.begin(at: .zero)
      line.add("a", 1)
      line.end()
      #expect(String(decoding: line.bytes, as: UTF8.self) == #"{"at":0,"a":1}"#)
    }
  }

  @Test func isOneObjectALineInOrder() throws {
    let world = World()
    let process = world.start("p") { _, context in context.record(.text("here\nand there")) }
    world.simulation.record(.text("outside"))
    world.run(.milliseconds(3))
    world.simulation.kill(process)
    let lines = String(decoding: world.simulation.journal.jsonLines(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5)
    #expect(lines.last == "")
    #expect(lines[1] == #"{"at":0,"text":"outside"}"#)
    #expect(lines[2] == #"{"at":0,"text":"here\nand there"}"#)
    #expect(
      world.simulation.journal.items.map(\.instant).map(\.nanoseconds) == [0, 0, 0, 3_000_000]
    )
  }
}
