import Rendering
import TestSupport
import Testing

import Lessons

/// Whatever the text, a parser answers; it never traps.
@Suite struct LessonFuzzTests {
  private static let morsels = [
    "\n", "\r", "\t", " ", "  ", "-", "- ", "---", ":", ": ", "#", "## ", "```", "```do\n",
    "```predict\n", "```check\n", "```hint\n", "```text\n", "\"", "'", "|", ">", "&a ", "*a", "!",
    "!!int ", "%", "@", "`", "**", "[", "]", "{", "}", "? ", ",", "\\", "\\u", "\\ud800", "\u{0}",
    "\u{1B}", "\u{85}", "\u{2028}", "\u{FEFF}", "松", "🐿️", "e\u{301}", "0", "9", "-1",
    "9223372036854775807", "18446744073709551616", "%", "1.", "5. ", "<<: ", "~", "null", "=",
    "{\"reset\":", "\"step\":", "message: ",
  ]

  @Test func survivesMutatedLessons() {
    for seed in 0..<Draws.runs(byDay: 450, search: 20_000) {
      var random = SeededRandom(UInt64(seed))
      let text = Self.mutated(SampleLesson.text, &random)
      do throws(LessonProblems) {
        let lesson = try SampleLesson.parsed(text)
        _ = try LessonOrder([lesson])
      } catch {
        Self.expectSound(error, in: text, seed)
      }
    }
  }

  @Test func survivesRandomBytes() {
    for seed in 0..<Draws.runs(byDay: 900, search: 30_000) {
      var random = SeededRandom(UInt64(seed) ^ 0xB17E5)
      let bytes = (0..<random.below(400)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var text = String(decoding: bytes, as: UTF8.self)
      if seed.isMultiple(of: 2) { text = "---\n\(text)\n---\n## x\n```check\n\(text)\n```\n" }
      do throws(LessonProblems) {
        _ = try SampleLesson.parsed(text)
      } catch {
        Self.expectSound(error, in: text, seed)
      }
    }
  }

  @Test func survivesMutatedTranscriptsAndLogs() {
    let transcript = "# A mistake.\nmessage: \"was never\"\n\nkill tm-1\n450\n"
    let log = """
      {"drey-progress":1,"lesson":"word-count","content":"00ff","seed":1}
      {"entered":"kill \\"tm-1\\"","step":4}
      {"reset":3}

      """
    for seed in 0..<Draws.runs(byDay: 4000, search: 50_000) {
      var random = SeededRandom(UInt64(seed) ^ 0x7E87)
      let text = Self.mutated(transcript, &random)
      do throws(LessonProblems) {
        _ = try Transcript(parsing: text, file: "wrong-x.txt")
      } catch {
        Self.expectSound(error, in: text, seed)
      }
      guard let progress = try? Progress(parsing: Self.mutated(log, &random)) else { continue }
      let again = try? Progress(parsing: progress.text)
      #expect(again?.entries == progress.entries, "seed \(seed)")
    }
  }

  @Test func proseIsNeverTooWide() {
    let style = TextStyle(characters: .unicode, isColoured: true)
    var drawn = 0
    let runs = Draws.runs(byDay: 1000, search: 10_000)
    for seed in 0..<runs {
      var random = SeededRandom(UInt64(seed) ^ 0x9805E)
      let text = (0..<random.below(80)).map { _ in
        Self.morsels[random.below(Self.morsels.count)] + (random.below(3) == 0 ? "word " : "")
      }.joined()
      let width = 60 + random.below(61)
      let lines = Prose(parsing: text).lines(width: width, style)
      #expect(lines.allSatisfy { $0.width <= width }, "seed \(seed)")
      drawn += lines.count
    }
    #expect(drawn > runs, "almost nothing is drawn")
  }

  private static func expectSound(_ problems: LessonProblems, in text: String, _ seed: Int) {
    let count = max(1, text.utf8.count { $0 == 0x0A } + 1)
    let isSound =
      !problems.all.isEmpty
      && problems.all.allSatisfy {
        (1...count).contains($0.line) && !$0.message.isEmpty
      }
    #expect(isSound, "seed \(seed)")
  }

  private static func mutated(_ text: String, _ random: inout SeededRandom) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...random.below(6) {
      let place = random.below(bytes.count + 1)
      let length = min(random.below(random.below(4) == 0 ? 200 : 6), bytes.count - place)
      let morsel = Array(morsels[random.below(morsels.count)].utf8)
      switch random.below(6) {
      case 0: bytes.removeSubrange(place..<(place + length))
      case 1: bytes.insert(contentsOf: morsel, at: place)
      case 2: bytes.replaceSubrange(place..<(place + length), with: morsel)
      case 3: bytes.insert(contentsOf: bytes[place..<(place + length)], at: random.below(place + 1))
      case 4 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 5 where random.below(8) == 0: bytes.removeSubrange(place...)
      default: bytes.append(contentsOf: morsel)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
