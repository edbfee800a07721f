import StreamModel
import TaskRuntime
import Testing

/// Alignment as marbles: `a3` is barrier 3 on channel a, `a|` its end, `!3` the abort of checkpoint
/// 3.
@Suite struct BarrierAlignmentTests {
  /// Plays marbles and writes down what was decided: `hold a`, `take 3`, `drop 2`, `free`.
  private func play(_ marbles: String, mode: BarrierAlignment.Mode, channels: Int = 2) -> String {
    var alignment = BarrierAlignment(mode: mode, channels: channels)
    var decisions: [String] = []
    for marble in marbles.split(separator: " ") {
      if marble.first == "!" {
        let id = CheckpointID(Int(marble.dropFirst()) ?? 0)
        decisions.append(alignment.abort(id) ? "free" : "-")
        continue
      }
      let channel = Int((marble.utf8.first ?? 97) - 97)
      let decision =
        marble.hasSuffix("|")
        ? alignment.close(channel)
        : alignment.barrier(CheckpointID(Int(marble.dropFirst()) ?? 0), on: channel)
      var words: [String] = []
      if let subsumed = decision.subsumed { words.append("drop \(subsumed)") }
      if decision.holdsChannel { words.append("hold \(marble.prefix(1))") }
      if let ready = decision.ready { words.append("take \(ready)") }
      decisions.append(words.isEmpty ? "-" : words.joined(separator: " "))
    }
    return decisions.joined(separator: ", ")
  }

  @Test(arguments: [
    ("a1 b1", "hold a, take 1"),
    ("b1 a1 a2 b2", "hold b, take 1, hold a, take 2"),
    ("a1 a| b1", "hold a, -, take 1"),
    ("a1 b|", "hold a, take 1"),
    ("a| b1", "-, take 1"),
    ("a1 b2 a2", "hold a, drop 1 hold b, take 2"),
    ("a1 !1 b1 a2 b2", "hold a, free, -, hold a, take 2"),
    ("!1 a1 b1", "-, -, -"),
    ("a2 b1 b2", "hold a, -, take 2"),
    ("a1 b1 a1", "hold a, take 1, -"),
  ])
  func alignsBarriersAcrossChannels(marbles: String, decisions: String) {
    #expect(play(marbles, mode: .aligned) == decisions)
  }

  @Test(arguments: [
    ("a1 b1", "-, take 1"), ("a1 b2 a2", "-, drop 1, take 2"), ("a1 !1 b1", "-, free, -"),
  ])
  func countsBarriersWithoutHolding(marbles: String, decisions: String) {
    #expect(play(marbles, mode: .counted) == decisions)
  }

  @Test func takesTheFirstBarrierWhenTheBugIsPlanted() {
    #expect(play("a1 b1 b2 a2", mode: .skipsAlignment) == "take 1, -, take 2, -")
  }

  @Test func needsEveryOneOfManyChannels() {
    #expect(
      play("a1 c1 d1 b1", mode: .aligned, channels: 4) == "hold a, hold c, hold d, take 1"
    )
  }
}
