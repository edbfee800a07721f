import TestSupport
import Testing

import Lessons

@Suite struct ProgressTests {
  private static let header = Progress.Header(lesson: "x", contentHash: "00ff", seed: .max)
  private static let start =
    "{\"drey-progress\":1,\"lesson\":\"x\",\"content\":\"00ff\",\"seed\":18446744073709551615}\n"

  @Test func writesWhatItReads() throws {
    var progress = Progress(Self.header)
    #expect(progress.text == Self.start)
    var text = progress.text
    let entries: [Progress.Entry] = [
      .entered("kill tm-1", step: 1), .entered(" \"q\" \\ # {[ ", step: 2), .reset(2),
    ]
    for entry in entries {
      progress.append(entry)
      text += entry.line
    }
    #expect(text == progress.text)
    #expect(text.contains("\n{\"entered\":\"kill tm-1\",\"step\":1}\n"))
    #expect(text.hasSuffix("\n{\"reset\":2}\n"))
    #expect(try Progress(parsing: text) == progress)
  }

  @Test func keepsEveryCharacter() throws {
    var progress = Progress(Self.header)
    let values = Array(UInt32(0)...0x2FF) + Array(0x2000...0x206F) + Array(0xFE00...0xFFFF)
    for value in values + [0x1F43F, 0x1FFFE, 0x10FFFF, 0xE000] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      progress.append(.entered("a\(scalar) \(scalar)\(scalar)b", step: 1))
      // A byte-order mark at the start is the one thing that is lost.
      if value != 0xFEFF { progress.append(.entered("\(scalar)", step: 1)) }
    }
    let read = try Progress(parsing: progress.text)
    for (first, second) in zip(read.entries, progress.entries) where first.line != second.line {
      Issue.record("\(first.line) instead of \(second.line)")
    }
    #expect(read.entries.count == progress.entries.count)
  }

  @Test func roundTripsAtRandom() throws {
    for seed in 0..<200 {
      var random = SeededRandom(UInt64(seed))
      var progress = Progress(Self.header)
      for _ in 0..<random.below(20) {
        let bytes = (0..<random.below(30)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let text = String(decoding: bytes, as: UTF8.self)
        let step = 1 + random.below(9)
        progress.append(random.below(5) == 0 ? .reset(step) : .entered(text, step: step))
      }
      #expect(try Progress(parsing: progress.text) == progress, "seed \(seed)")
    }
  }

  @Test func survivesEveryPowerCut() throws {
    var progress = Progress(Self.header)
    progress.append(.entered("wait \"3s\"", step: 1))
    progress.append(.entered("松鼠", step: 12))
    let bytes = Array(progress.text.utf8)
    for count in Self.start.utf8.count...bytes.count {
      let read = try Progress(parsing: String(decoding: bytes.prefix(count), as: UTF8.self))
      let whole = bytes.prefix(count).count { $0 == 0x0A } - 1
      let isBare = count < bytes.count && bytes[count] == 0x0A
      #expect(read.entries.count == whole + (isBare ? 1 : 0))
      #expect(read.wasCut == (bytes[count - 1] != 0x0A))
    }
  }

  @Test func forgetsWhatAResetTookBack() {
    var progress = Progress(Self.header)
    for (text, step) in [("a", 1), ("b", 2), ("c", 2), ("d", 4)] {
      progress.append(.entered(text, step: step))
    }
    func left() -> [String] { progress.effectiveEntries.map { "\($0.text)\($0.step)" } }
    #expect(left() == ["a1", "b2", "c2", "d4"])
    progress.append(.reset(5))
    #expect(left() == ["a1", "b2", "c2", "d4"])
    progress.append(.reset(3))
    #expect(left() == ["a1", "b2", "c2"])
    progress.append(.reset(2))
    progress.append(.entered("e", step: 2))
    #expect(left() == ["a1", "e2"])
    progress.append(.reset(1))
    #expect(left().isEmpty)
  }

  @Test(arguments: [
    ("", "line 1: The log is empty."),
    ("{\"drey-pro", "line 1: The line is no JSON object."),
    ("{\"reset\":3}\n", "line 1: The log does not begin with its header."),
    (
      "{\"drey-progress\":2,\"more\":1}\n",
      "line 1: The log has version 2 of its format; this drey reads 1."
    ),
    ("{\"drey-progress\":1}\n", "line 1: The log does not begin with its header."),
    (start + "{\"reset\":3}\n\n", "line 3: The line is no JSON object."),
    (start + "{\"reset\":0}\n", "line 2: The value of \"reset\" is not what it must be."),
    (start + "{\"reset\":\"1\"}\n", "line 2: The value of \"reset\" is not what it must be."),
    (
      start + "{\"entered\":x,\"step\":1}\n",
      "line 2: The value of \"entered\" is not what it must be."
    ),
    (start + "{\"entered\":\"x\"}\n", "line 2: The line is neither what was entered nor a reset."),
    (start + "{\"entered\":\"x\",\"step\":[1]}\n", "line 2: The line is no JSON object."),
    (start + "{\"entered\":\"x\n{\"reset\":1}\n", "line 2: The line is no JSON object."),
    (start + "{reset: 1}\n", "line 2: The line is no JSON object."),
    (start + start, "line 2: The line is neither what was entered nor a reset."),
  ])
  func tellsWhatIsWrong(_ text: String, _ message: String) {
    let problem = #expect(throws: ProgressProblem.self) { try Progress(parsing: text) }
    #expect(problem?.description == message)
  }
}
