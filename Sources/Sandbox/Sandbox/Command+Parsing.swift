import SimulationKernel

/// What is wrong with what a user wrote.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  /// One clear sentence.
  package let description: String

  /// Makes the error.
  package init(_ description: String) {
    self.description = description
  }
}

extension TimedCommand {
  /// Reads a command with its instant: `kill tm-1 at 3s`.
  package init(parsing text: String) throws(UsageError) {
    let words = text.split(separator: " ").map(String.init)
    guard let position = words.lastIndex(of: "at") else {
      // A command that is wrong in itself says so first; only then does its time matter.
      _ = try Command(parsing: text)
      throw UsageError("\"\(text)\" does not say when: add \"at 3s\"")
    }
    let command = try Command(parsing: words[..<position].joined(separator: " "))
    guard position == words.count - 2 else {
      throw UsageError("\"\(text)\" needs one time after \"at\", such as \"at 3s\"")
    }
    guard let instant = VirtualDuration(text: words[position + 1]) else {
      throw UsageError(
        "\"\(words[position + 1])\" in \"\(text)\" is no time; write 500ms, 3s, 2min or 1h"
      )
    }
    self.init(command, at: instant)
  }
}

extension Command {
  /// The shapes of the language; help, completion and suggestions come from here.
  package static let grammar: [(verb: String, shape: String)] = [
    ("kill", "kill tm-1"),
    ("fail", "fail task NAME[0]"),
    ("restart", "restart tm-1"),
    ("pause", "pause tm-1 for 3s"),
    ("slow", "slow tm-1 to 300% [for 3s]"),
    ("partition", "partition tm-1 from tm-2"),
    ("heal", "heal tm-1 from tm-2"),
  ]

  /// Reads a command.
  package init(parsing text: String) throws(UsageError) {
    let words = text.split(separator: " ").map(String.init)
    guard let verb = words.first else { throw UsageError("an empty command") }
    guard let shape = Self.grammar.first(where: { $0.verb == verb })?.shape else {
      let known = Self.grammar.map(\.verb)
      throw UsageError(
        "unknown command \"\(verb)\" in \"\(text)\"" + Suggestion.text(for: verb, among: known)
      )
    }
    guard let command = try Self.parse(verb, Array(words.dropFirst()), text) else {
      throw UsageError("\"\(text)\" is incomplete or has too much; write \"\(shape)\"")
    }
    self = command
  }

  private static func parse(
    _ verb: String,
    _ arguments: [String],
    _ text: String
  ) throws(UsageError) -> Command? {
    switch (verb, arguments.count) {
    case ("kill", 1): return .kill(process: arguments[0])
    case ("restart", 1): return .restart(process: arguments[0])
    case ("fail", 2...) where arguments[0] == "task":
      return try task(arguments.dropFirst().joined(separator: " "), text)
    case ("pause", 3) where arguments[1] == "for":
      return .pause(process: arguments[0], for: try duration(arguments[2], text))
    case ("slow", 3) where arguments[1] == "to":
      return .slow(process: arguments[0], percent: try percent(arguments[2], text), for: nil)
    case ("slow", 5) where arguments[1] == "to" && arguments[3] == "for":
      return .slow(
        process: arguments[0],
        percent: try percent(arguments[2], text),
        for: try duration(arguments[4], text)
      )
    case ("partition", 3) where arguments[1] == "from":
      return .partition(arguments[0], arguments[2])
    case ("heal", 3) where arguments[1] == "from": return .heal(arguments[0], arguments[2])
    default: return nil
    }
  }

  private static func task(_ name: String, _ text: String) throws(UsageError) -> Command {
    guard name.hasSuffix("]"), let open = name.lastIndex(of: "["), open > name.startIndex,
      let index = Int(name[name.index(after: open)..<name.index(before: name.endIndex)]), index >= 0
    else {
      throw UsageError("\"\(text)\" must name a task with its index: fail task counts[0]")
    }
    return .failTask(name: String(name[..<open]), index: index)
  }

  private static func duration(
    _ word: String,
    _ text: String
  ) throws(UsageError) -> VirtualDuration {
    guard let duration = VirtualDuration(text: word), duration > .zero else {
      throw UsageError("\"\(word)\" in \"\(text)\" is no time; write 500ms, 3s, 2min or 1h")
    }
    return duration
  }

  private static func percent(_ word: String, _ text: String) throws(UsageError) -> Int64 {
    guard word.hasSuffix("%"), let percent = Int64(word.dropLast()),
      (100...100_000).contains(percent)
    else {
      throw UsageError(
        "\"\(word)\" in \"\(text)\" must be a percentage from 100% to 100000%;"
          + " 300% takes three times as long"
      )
    }
    return percent
  }
}

/// What a user may have meant.
package enum Suggestion {
  /// `; did you mean X?` for the nearest of some words, or `; there are …` when none is near.
  package static func text(for word: String, among known: [String]) -> String {
    let ranked = known.map { (distance(word, $0), $0) }
    if let best = ranked.min(by: { $0.0 < $1.0 }), best.0 <= max(1, word.utf8.count / 3) {
      return "; did you mean \"\(best.1)\"?"
    }
    return "; there are \(known.joined(separator: ", "))"
  }

  /// How many letters must be added, taken away, changed or swapped to make one word the other.
  ///
  /// *Source:* Damerau, "A technique for computer detection and correction of spelling errors",
  /// 1964.
  static func distance(_ first: String, _ second: String) -> Int {
    let left = Array(first.utf8.prefix(64))
    let right = Array(second.utf8.prefix(64))
    var rows = [Array(0...right.count)]
    for (i, byte) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (byte == other ? 0 : 1))
        if i > 0, j > 0, byte == right[j - 1], left[i - 1] == other {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
