import StreamModel
import TaskRuntime
import Testing

/// Scripts of barriers and what the alignment decides about each, mark by mark.
///
/// A script: `1@0` is barrier 1 on channel 0, `x0` closes channel 0, `!1` aborts checkpoint 1.
/// A decision: `hold` the channel, `take 1` the snapshot, `drop 1` for a later one, `free` the
/// channels after an abort, `-` for nothing.
@Suite struct AlignmentScriptTests {
  private func play(_ mode: BarrierAlignment.Mode, channels: Int, _ script: String) -> String {
    var alignment = BarrierAlignment(mode: mode, channels: channels)
    return script.split(separator: " ").map { mark in
      let numbers = mark.split { !$0.isNumber }.compactMap { Int($0) }
      switch mark.first {
      case "x": return Self.text(alignment.close(numbers[0]))
      case "!": return alignment.abort(CheckpointID(numbers[0])) ? "free" : "-"
      default:
        return Self.text(alignment.barrier(CheckpointID(numbers[0]), on: numbers[1]))
      }
    }.joined(separator: " ")
  }

  private static func text(_ decision: BarrierAlignment.Decision) -> String {
    var words: [String] = []
    if let subsumed = decision.subsumed { words.append("drop\(subsumed)") }
    if decision.holdsChannel { words.append("hold") }
    if let ready = decision.ready { words.append("take\(ready)") }
    return words.isEmpty ? "-" : words.joined(separator: "+")
  }

  @Test(
    arguments: [
      // One channel: nothing to align.
      (1, "1@0 2@0 3@0", "take1 take2 take3"),
      // Several: held until the last.
      (2, "1@0 1@1", "hold take1"),
      (2, "1@1 1@0 2@0 2@1", "hold take1 hold take2"),
      (3, "1@2 1@0 1@1", "hold hold take1"),
      // Numbers need not follow each other.
      (2, "3@0 3@1 7@1 7@0", "hold take3 hold take7"),
      // A later checkpoint overtakes.
      (2, "1@0 2@1 2@0", "hold drop1+hold take2"),
      (3, "1@0 1@1 2@2 2@0 2@1", "hold hold drop1+hold hold take2"),
      (1, "2@0 1@0", "take2 -"),
      // The late barrier of an overtaken, taken or aborted checkpoint means nothing.
      (2, "1@0 2@1 1@1 2@0", "hold drop1+hold - take2"),
      (2, "2@0 2@1 1@0 1@1 2@0", "hold take2 - - -"),
      (2, "1@0 !1 1@1 2@0 2@1", "hold free - hold take2"),
      (2, "!1 1@0 1@1 2@0 2@1", "- - - hold take2"),
      // An abort of another checkpoint than the one under way.
      (2, "2@0 !1 2@1", "hold - take2"),
      (2, "1@0 !2 1@1 2@0 3@0 3@1", "hold free - - hold take3"),
      (2, "1@0 1@1 !1 2@0 2@1", "hold take1 - hold take2"),
      // A closed channel counts as if every barrier had come.
      (2, "x0 1@1 2@1", "- take1 take2"),
      (2, "1@0 x1", "hold take1"),
      (3, "1@0 x1 1@2", "hold - take1"),
      (3, "x0 x1 x2", "- - -"),
      (2, "1@0 x0 1@1", "hold - take1"),
      (2, "1@0 x0 x1 ", "hold - take1"),
      (2, "1@0 !1 x1 2@0", "hold free - take2"),
      (2, "1@0 2@0 x1", "hold drop1+hold take2"),
    ] as [(Int, String, String)]
  )
  func alignsExactlyOnce(channels: Int, _ script: String, _ decisions: String) {
    #expect(play(.aligned, channels: channels, script) == decisions)
  }

  @Test(
    arguments: [
      (1, "1@0 2@0", "take1 take2"), (2, "1@0 1@1", "- take1"), (3, "1@2 1@0 1@1", "- - take1"),
      (2, "1@0 2@1 2@0 1@1", "- drop1 take2 -"), (2, "1@0 x1", "- take1"),
      (2, "1@0 !1 1@1 2@1 2@0", "- free - - take2"),
    ] as [(Int, String, String)]
  )
  func countsAtLeastOnce(channels: Int, _ script: String, _ decisions: String) {
    #expect(play(.counted, channels: channels, script) == decisions)
  }

  @Test(
    arguments: [
      (1, "1@0 2@0", "take1 take2"), (2, "1@0 1@1", "take1 -"),
      (3, "1@2 1@0 2@0 1@1 2@1", "take1 - take2 - -"), (2, "!1 1@0 1@1", "- - -"),
      (2, "x0 1@1 x1", "- take1 -"),
    ] as [(Int, String, String)]
  )
  func thePlantedMistakeTakesTheFirstBarrier(
    channels: Int,
    _ script: String,
    _ decisions: String
  ) {
    #expect(play(.skipsAlignment, channels: channels, script) == decisions)
  }
}
