import Sandbox
import SimulationKernel
import Testing

@Suite struct CommandTests {
  @Test func printsWhatItReadsBack() throws {
    var random = RandomStream(seed: 7, name: "commands")
    for _ in 0..<5000 {
      let command = TimedCommand(
        Self.command(&random),
        at: .milliseconds(Int64(random.below(9999)))
      )
      #expect(try TimedCommand(parsing: command.text) == command, "\(command.text)")
    }
  }

  @Test(arguments: [
    ("kil tm-1 at 3s", "did you mean \"kill\"?"),
    ("kill tm-1 at", "needs one time after \"at\""),
    ("kill tm-1", "does not say when"),
    ("kill tm-1 at noon", "\"noon\" in \"kill tm-1 at noon\" is no time"),
    ("kill at 3s", "is incomplete or has too much"),
    ("kill tm-1 tm-2 at 3s", "is incomplete or has too much"),
    ("fail task counts at 3s", "must name a task with its index"),
    ("fail task counts[x] at 3s", "must name a task with its index"),
    ("pause tm-1 at 3s", "pause tm-1 for 3s"),
    ("pause tm-1 for 0s at 3s", "\"0s\""),
    ("slow tm-1 to 50% at 3s", "percentage from 100%"),
    ("slow tm-1 to 3x at 3s", "percentage from 100%"),
    ("partition tm-1 tm-2 at 1s", "partition tm-1 from tm-2"),
    ("", "an empty command"),
    ("at 3s", "an empty command"),
  ])
  func refusesWithOneClearSentence(text: String, part: String) {
    #expect(
      performing: { try TimedCommand(parsing: text) },
      throws: { error in
        "\(error)".contains(part)
      }
    )
  }

  @Test func neverTrapsOnRandomInput() {
    var random = RandomStream(seed: 11, name: "noise")
    let pieces = [
      "kill", "tm-1", "at", "3s", "fail", "task", "[", "]", "for", "to", "%", "é", "\u{0}", "9",
    ]
    for _ in 0..<20_000 {
      let text = (0..<random.below(8)).map { _ in pieces[random.below(pieces.count)] }
        .joined(separator: random.chance(1, in: 2) ? " " : "")
      _ = try? TimedCommand(parsing: text)
    }
  }

  @Test func suggestsOnlyWhatIsNear() {
    #expect(Suggestion.text(for: "kil", among: ["kill", "heal"]) == "; did you mean \"kill\"?")
    #expect(Suggestion.text(for: "hael", among: ["kill", "heal"]) == "; did you mean \"heal\"?")
    #expect(Suggestion.text(for: "dance", among: ["kill", "heal"]) == "; there are kill, heal")
  }

  private static func command(_ random: inout RandomStream) -> Command {
    let first = "tm-\(1 + random.below(9))"
    let second = random.chance(1, in: 3) ? "jobmanager" : "tm-\(10 + random.below(9))"
    let duration = VirtualDuration.milliseconds(Int64(1 + random.below(100_000)))
    switch random.below(7) {
    case 0: return .kill(process: first)
    case 1: return .failTask(name: "counts -> rows: Writer", index: random.below(40))
    case 2: return .restart(process: first)
    case 3: return .pause(process: first, for: duration)
    case 4:
      return .slow(
        process: first,
        percent: Int64(100 + random.below(900)),
        for: random.chance(1, in: 2) ? duration : nil
      )
    case 5: return .partition(first, second)
    default: return .heal(first, second)
    }
  }
}
