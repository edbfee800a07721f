import SimulationKernel

/// Reads the words of a line by the shape of a command.
struct CommandReader {
  /// What could have stood at the end of the line, had it gone on: what completion offers.
  enum Candidate {
    case word(String)
    case slot(CommandSlot)
    case option(String)
  }

  /// The largest number that a command may hold.
  static let mostNumber = 1_000_000_000
  /// The longest time that a command may hold.
  static let longest = VirtualDuration.minutes(1000 * 60)

  let line: String
  let words: [String]
  private(set) var position: Int
  private(set) var found = CommandValues()
  /// What was looked for behind the last word.
  private(set) var candidates: [Candidate] = []

  init(_ line: String, words: [String], from position: Int) {
    self.line = line
    self.words = words
    self.position = position
  }

  var isAtEnd: Bool { position == words.count }

  /// Reads a shape; false where a word is missing or another than expected.
  mutating func read(_ pieces: [CommandPiece]) throws(UsageError) -> Bool {
    for piece in pieces where try !read(piece) { return false }
    return true
  }

  private mutating func read(_ piece: CommandPiece) throws(UsageError) -> Bool {
    switch piece {
    case .word(let word):
      guard takes(word) else { return false }
      return true
    case .slot(let slot): return try read(slot)
    case .maybe(let pieces):
      guard begins(pieces) else { return true }
      return try read(pieces)
    case .either(let alternatives):
      if let chosen = alternatives.first(where: { begins($0) }) { return try read(chosen) }
      let known = alternatives.compactMap(Self.firstWord)
      if !isAtEnd, known.count == alternatives.count {
        throw UsageError(.unknownWord(words[position], among: known, line: line))
      }
      return false
    case .options(let options): return try read(options)
    }
  }

  /// Whether the next word may begin these pieces; what could is noted at the end of the line.
  private mutating func begins(_ pieces: [CommandPiece]) -> Bool {
    switch pieces.first {
    case .word(let word):
      if isAtEnd { candidates.append(.word(word)) }
      return !isAtEnd && words[position] == word
    case .slot(let slot):
      if isAtEnd { candidates.append(.slot(slot)) }
      return !isAtEnd && !words[position].hasPrefix("--")
    case .maybe, .either, .options, nil: return false
    }
  }

  private static func firstWord(_ pieces: [CommandPiece]) -> String? {
    if case .word(let word) = pieces.first { word } else { nil }
  }

  private mutating func takes(_ word: String) -> Bool {
    if isAtEnd { candidates.append(.word(word)) }
    guard !isAtEnd, words[position] == word else { return false }
    position += 1
    found.note(word)
    return true
  }

  private mutating func read(_ options: [CommandOption]) throws(UsageError) -> Bool {
    while !isAtEnd, words[position].hasPrefix("--") {
      let name = String(words[position].dropFirst(2))
      guard let option = options.first(where: { $0.name == name }) else {
        throw UsageError(
          .unknown(.option, words[position], among: options.map { "--\($0.name)" })
        )
      }
      guard !found.has(name) else { throw UsageError(.optionTwice(name, line: line)) }
      position += 1
      guard !isAtEnd else {
        candidates.append(.slot(option.slot))
        return false
      }
      guard try read(option.slot) else { return false }
    }
    if isAtEnd {
      for option in options where !found.has(option.name) {
        candidates.append(.option("--\(option.name)"))
      }
    }
    return true
  }

  // MARK: Slots

  private mutating func read(_ slot: CommandSlot) throws(UsageError) -> Bool {
    guard !isAtEnd else {
      candidates.append(.slot(slot))
      return false
    }
    if case .task = slot.kind {
      found.set(slot.name, .task(try task()))
      return true
    }
    let word = words[position]
    position += 1
    found.set(slot.name, try value(of: slot.kind, word))
    return true
  }

  private func value(
    of kind: CommandSlot.Kind,
    _ word: String
  ) throws(UsageError) -> CommandValues.Value {
    switch kind {
    case .choice(let known):
      if let match = known.first(where: { $0 == word })
        ?? known.first(where: { $0.lowercased() == word.lowercased() })
      {
        return .text(match)
      }
      throw UsageError(.unknownWord(word, among: known, line: line))
    case .number(let least):
      guard let number = Int(word), (least...Self.mostNumber).contains(number) else {
        throw UsageError(.noNumber(word, least: least, most: Self.mostNumber, line: line))
      }
      return .number(number)
    case .duration, .durationOrOff:
      if case .durationOrOff = kind, word == "off" { return .off }
      guard let duration = VirtualDuration(text: word), duration > .zero else {
        throw UsageError(.noTime(word, line: line))
      }
      guard duration <= Self.longest else {
        throw UsageError(.tooLong(word, most: Self.longest, line: line))
      }
      return .duration(duration)
    case .percent:
      guard word.hasSuffix("%"), let percent = Int(word.dropLast()),
        (100...100_000).contains(percent)
      else { throw UsageError(.noPercentage(word, line: line)) }
      return .number(percent)
    case .rate:
      guard word.hasSuffix("/s"), let rate = Int(word.dropLast(2)),
        (1...1_000_000_000).contains(rate)
      else { throw UsageError(.noRate(word, line: line)) }
      return .number(rate)
    case .settings:
      guard let settings = ParameterSetting.all(parsing: word) else {
        throw UsageError(.noSettings(word, line: line))
      }
      return .settings(settings)
    case .address:
      guard SocketAddress(word) != nil else { throw UsageError(.noAddress(word, line: line)) }
      return .text(word)
    case .process, .job, .program, .variant, .task, .input, .file, .text: return .text(word)
    }
  }

  /// A task's name may hold spaces without being quoted: it ends with its index.
  private mutating func task() throws(UsageError) -> TaskName {
    var name = ""
    for end in position..<words.count {
      name += (end > position ? " " : "") + words[end]
      if let task = TaskName(parsing: name) {
        position = end + 1
        return task
      }
    }
    throw UsageError(.noTask(line: line))
  }
}
