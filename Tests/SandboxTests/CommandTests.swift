import DataStreamAPI
import JobGraphs
import ReferenceJobs
import Sandbox
import SimulationKernel
import TestSupport
import Testing

@Suite struct CommandTests {
  @Test func printsWhatItReadsBack() throws {
    var commands = GeneratedCommands(seed: 7)
    for _ in 0..<Draws.runs(byDay: 12_000, search: 1_000_000) {
      let command = commands.next()
      let text = command.text
      let read = try Command(parsing: text)
      if read != command { Issue.record("\(command) was printed as \(text), read as \(read)") }
      if command.isFault {
        let timed = TimedCommand(command, at: .milliseconds(Int64(text.utf8.count)))
        #expect(try TimedCommand(parsing: timed.text) == timed)
      }
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
    ("run 3s at 3s", "strikes nothing"),
    ("", "an empty command"),
    ("at 3s", "an empty command"),
  ])
  func refusesATimedCommandWithOneClearSentence(text: String, part: String) {
    #expect(performing: { try TimedCommand(parsing: text) }, throws: { "\($0)".contains(part) })
  }

  @Test(arguments: [
    ("deploy standlone", "did you mean \"standalone\"?"),
    ("deploy standalone --taskmanager 3", "did you mean \"--taskmanagers\"?"),
    ("deploy standalone --slots 0", "must be a whole number from 1 to"),
    ("deploy standalone --slots", "is incomplete"),
    ("deploy standalone --slots 1 --slots 2", "--slots stands twice"),
    ("submit", "is incomplete"),
    ("submit word-count --rate 20", "elements per second"),
    ("submit word-count --checkpoint-interval never", "is no time"),
    ("run", "is incomplete"),
    ("run until", "is incomplete"),
    ("run until job word-count FINISHD", "did you mean \"FINISHED\"?"),
    ("step 0", "must be a whole number from 1 to"),
    ("show nothing", "is not known here"),
    ("show slots --parallelism 2", "is incomplete"),
    ("expect restart == 1", "did you mean \"restarts\"?"),
    ("expect restarts = 1", "\"=\""),
    ("expect count == 1", "is incomplete"),
    ("expect output equals something", "is incomplete"),
    ("save \"my file", "a quote is not closed"),
  ])
  func refusesWithOneClearSentence(text: String, part: String) {
    #expect(performing: { try Command(parsing: text) }, throws: { "\($0)".contains(part) })
  }

  @Test func readsWhatPeopleWrite() throws {
    #expect(
      try Command(parsing: "  fail   task Source: lines -> tokens[1]  # the second")
        == .failTask(name: "Source: lines -> tokens", index: 1)
    )
    #expect(
      try Command(parsing: "expect job word-count finished within 5min")
        == .expect(.job("word-count", .finished), within: .minutes(5))
    )
    #expect(
      try Command(parsing: "run until count of \"the nest\" in words >= 3")
        == .runUntil(
          .measure(Measure(.count, of: "the nest", in: "words"), .atLeast, 3),
          within: nil
        )
    )
    #expect(try Moment(parsing: "lost tm-1") == .lost("tm-1"))
    #expect(try Measure(parsing: "position of lines[0]") == Measure(.position, of: "lines[0]"))
  }

  @Test func everyExampleOfTheGrammarParses() throws {
    for rule in CommandGrammar.rules {
      #expect(try Command(parsing: rule.example).text == rule.example)
      #expect(rule.summary.english.first?.isLowercase == true, "\(rule.verb)")
      #expect(rule.shape.hasPrefix(rule.verb))
    }
    // Each verb has words of its own.
    let verbs = Set(CommandGrammar.rules.map(\.verb))
    #expect(Set(CommandGrammar.rules.map(\.summary.english)).count == verbs.count)
  }

  @Test func neverTrapsOnRandomInput() {
    var noise = CommandNoise(seed: 11)
    for _ in 0..<Draws.runs(byDay: 500, search: 40_000) {
      let text = noise.next()
      _ = try? Command(parsing: text)
      _ = try? TimedCommand(parsing: text)
      _ = try? Measure(parsing: text)
      _ = try? Moment(parsing: text)
      _ = try? SessionFile(parsing: text, named: "noise")
      _ = CommandGrammar.completions(of: text, CommandGrammar.Names(processes: ["tm-1"]))
    }
  }

  @Test(arguments: [
    ("ki", ["kill"]), ("kill ", ["jobmanager", "tm-1"]), ("kill t", ["tm-1"]),
    ("pause tm-1 ", ["for"]), ("expect job word-", ["word-count", "word-count-normalised"]),
    ("expect output ", ["equals", "is"]), ("deploy s", ["standalone"]),
    ("submit word-count --par", ["--parallelism"]), ("kill tm-1 ", []), ("xyz ", []),
    ("run ", ["until"]), ("submit word-count --chaining ", ["on", "off"]),
  ])
  func completesFromTheGrammar(line: String, wanted: [String]) {
    let names = CommandGrammar.Names(processes: ["jobmanager", "tm-1"], catalogue: .reference)
    #expect(CommandGrammar.completions(of: line, names) == wanted)
  }

  @Test func suggestsOnlyWhatIsNear() {
    #expect(Suggestion.text(for: "kil", among: ["kill", "heal"]) == "; did you mean \"kill\"?")
    #expect(Suggestion.text(for: "hael", among: ["kill", "heal"]) == "; did you mean \"heal\"?")
    #expect(Suggestion.text(for: "dance", among: ["kill", "heal"]) == "; there are kill, heal")
  }
}
