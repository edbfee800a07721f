import RecordFormats
import StreamModel
import StreamOperators
import Testing

@Suite struct TextLineFormatTests {
  private static let texts: [String] = [
    "", "\n", "\n\n\n", "a", "a\n", "a\nb", "a\nb\n", "\na", "one\r\ntwo\r\n", "one\r\ntwo", "\r\n",
    "\r\n\r\n", "a\r\r\nb\rc\r", "a\n\r\nb\n\n\nc",
    "long \(String(repeating: "x", count: 90))\nb\n",
    "ünï\n日本語\r\n🐿️🐿️ nest\ne\u{301}\n", "tab\there\n\u{0}nul\n\u{7F}\n", "12345678\n1234567\n",
  ]

  /// The lines as defined: ended by LF, CR LF or the end of the text.
  private func lines(of text: String) -> [String] {
    var lines = Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
    let last = lines.popLast() ?? []
    var strings = lines.map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
    if !last.isEmpty { strings.append(String(decoding: last, as: UTF8.self)) }
    return strings
  }

  /// Reads a split to its end, so many lines at a time.
  private func read(
    _ format: TextLineFormat,
    _ split: SplitPosition,
    limit: Int = 7
  ) throws -> [String] {
    var split = split
    var lines: [String] = []
    while split.position < split.end {
      let before = split.position
      var collector = Collector<String>(capacity: 1)
      try format.read(&split, limit: limit, into: &collector)
      split.emitted += collector.count
      lines += collector.seal()?.elements ?? []
      #expect(split.position > before || split.position >= split.end)
    }
    return lines
  }

  @Test(arguments: texts)
  func givesEachLineOnceHoweverItIsDivided(_ text: String) throws {
    let bytes = Array(text.utf8)
    let format = TextLineFormat(InputBytes(bytes), named: "text")
    #expect(format.size == bytes.count)
    for parallelism in 1...(bytes.count + 2) {
      let found = try (0..<parallelism).flatMap { subtask in
        try read(format, .share(of: bytes.count, subtask: subtask, parallelism: parallelism))
      }
      #expect(found == lines(of: text), "\(parallelism) splits")
    }
  }

  @Test(arguments: texts, [1, 2, 1000])
  func givesTheSameLinesHoweverManyAtATime(_ text: String, limit: Int) throws {
    let format = TextLineFormat(InputBytes(Array(text.utf8)), named: "text", batchBytes: limit)
    let whole = SplitPosition(start: 0, end: text.utf8.count)
    #expect(try read(format, whole, limit: limit) == lines(of: text))
  }

  @Test(arguments: texts)
  func goesOnFromEveryPosition(_ text: String) throws {
    let size = text.utf8.count
    for parallelism in 1...3 {
      for subtask in 0..<parallelism {
        let share = SplitPosition.share(of: size, subtask: subtask, parallelism: parallelism)
        let all = try read(TextLineFormat(InputBytes(Array(text.utf8)), named: "text"), share)
        var split = share
        for count in all.indices {
          let format = TextLineFormat(InputBytes(Array(text.utf8)), named: "text")
          #expect(try read(format, split) == Array(all[count...]))
          var collector = Collector<String>(capacity: 1)
          try format.read(&split, limit: 1, into: &collector)
          split.emitted += 1
          #expect(collector.seal()?.elements == [all[count]])
        }
      }
    }
  }

  /// Only at the start of the text: elsewhere it is a character.
  @Test(arguments: ["", "\n", "a", "a\nb\n", "\r\na\n", "\u{FEFF}a\n", "a\n\u{FEFF}b\n"])
  func skipsAByteOrderMark(_ text: String) throws {
    let bytes = Array("\u{FEFF}\(text)".utf8)
    let format = TextLineFormat(InputBytes(bytes), named: "text")
    for parallelism in 1...(bytes.count + 2) {
      let found = try (0..<parallelism).flatMap { subtask in
        try read(format, .share(of: bytes.count, subtask: subtask, parallelism: parallelism))
      }
      #expect(found == lines(of: text), "\(parallelism) splits")
    }
  }

  @Test func endsABatchWithTheLineThatFillsIt() throws {
    let format = TextLineFormat(
      InputBytes(Array("123\n456\n789\n".utf8)),
      named: "t",
      batchBytes: 5
    )
    var split = SplitPosition(start: 0, end: 12)
    var collector = Collector<String>(capacity: 9)
    try format.read(&split, limit: 100, into: &collector)
    #expect(collector.seal()?.elements == ["123", "456"])
    #expect(split.position == 8)
  }

  /// Each with the line that is not UTF-8: stray bytes, overlong forms, surrogates, cut sequences.
  @Test(
    arguments: [
      ([0xFF], 1), (Array("a\nb\n".utf8) + [0xC3], 3),
      (Array("ä\r\nö\r\n".utf8) + [0x80, 0x0A], 3),
      (Array("123456789\nok".utf8) + [0xC0, 0x80, 0x0A, 0x61], 2),
      ([0x0A, 0x0A, 0xED, 0xA0, 0x80, 0x0A, 0xFF], 3), ([0xF4, 0x90, 0x80, 0x80], 1),
      ([0x61, 0x0A, 0xE6, 0x97, 0x0A, 0xA5], 2),
    ] as [([UInt8], Int)]
  )
  func namesTheLineThatIsNotUTF8(_ bytes: [UInt8], line: Int) {
    let format = TextLineFormat(InputBytes(bytes), named: "words.txt")
    for parallelism in 1...bytes.count {
      var failures: [String] = []
      for subtask in 0..<parallelism {
        do {
          let share = SplitPosition.share(
            of: bytes.count,
            subtask: subtask,
            parallelism: parallelism
          )
          _ = try read(format, share)
        } catch {
          failures.append("\(error)")
        }
      }
      #expect(failures.first == "words.txt: line \(line) is not valid UTF-8")
    }
    #expect(InputBytes(bytes).firstLineThatIsNotUTF8 == line)
  }
}
