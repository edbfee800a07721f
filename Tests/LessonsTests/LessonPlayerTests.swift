import Foundation
import Lessons
import Rendering
import Sandbox
import SessionViews
import SimulationKernel
import Testing

@Suite struct LessonPlayerTests {
  private static let plain = TextStyle(characters: .unicode, isColoured: false)

  private func typed(_ player: LessonPlayer, _ lines: [String]) throws -> String {
    let page = LessonPage(width: 100, style: Self.plain)
    var said: [String] = []
    for line in lines { said += page.lines(of: try player.enter(line)) }
    // However it is broken into lines.
    return said.joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  /// Plays the shortest way through up to a step.
  private func player(atStep number: Int) throws -> LessonPlayer {
    let bundled = try BundledLesson("word-count")
    let player = try bundled.player()
    _ = try player.begin()
    for line in try bundled.transcript("shortest").lines where player.step.number < number {
      _ = try player.enter(line.text)
    }
    return player
  }

  @Test func everyRightTranscriptPasses() throws {
    let bundled = try BundledLesson("word-count")
    for transcript in bundled.transcripts where transcript.kind == .right {
      let player = try bundled.player()
      _ = try player.begin()
      for line in transcript.lines { _ = try player.enter(line.text) }
      #expect(player.verdict.state == .passed)
      #expect(player.isFinished)
    }
  }

  @Test func neverGoesOnByItself() throws {
    let player = try player(atStep: 3)
    let all = try typed(
      player,
      ["deploy standalone --taskmanagers 3", "submit word-count --parallelism 2 --rate 20/s"]
    )
    #expect(all.contains("This step is done"))
    #expect(player.step.number == 3)
    _ = try typed(player, ["run 10ms"])
    #expect(player.step.number == 3)
    _ = try typed(player, ["next"])
    #expect(player.step.number == 4)
  }

  @Test func saysWhatIsMissing() throws {
    let player = try player(atStep: 3)
    #expect(try typed(player, ["next"]).contains("Not yet. There is no cluster yet."))
    #expect(try typed(player, ["check"]).contains("not attempted: taskmanagers >= 1"))
    #expect(try typed(player, ["deploy standalone --taskmanagers 3"]).contains("stands"))
    #expect(try typed(player, ["next"]).contains("nobody has given it a job yet"))
    #expect(try typed(player, ["check"]).contains("passed: taskmanagers >= 1"))
    #expect(try typed(player, ["check"]).contains("failed: jobs >= 1"))
    #expect(player.verdict.steps[2] == .failed)
    #expect(player.verdict.steps[3] == .notAttempted)
    #expect(player.verdict.state == .failed)
  }

  @Test func takesAGuessOnlyOfTheRightKind() throws {
    let player = try player(atStep: 2)
    for (line, part) in [
      ("many", "a guess is a whole number here"), ("-", "a guess is a whole number here"),
      ("4 slots", "a guess is a whole number here"), ("kil tm-1", "did you mean \"kill\"?"),
      ("next", "waits for your guess"), ("answer", "a guess is a whole number here"),
    ] {
      #expect(try typed(player, [line]).contains(part), "\(line)")
    }
    #expect(player.verdict.predictionsMade == 1)
    #expect(try typed(player, ["8"]).contains("Eight is the number of tasks."))
    #expect(player.verdict.predictionsMade == 2)
    #expect(player.verdict.predictionsRight == 1)
    for line in ["answer 4", "4", "5 s", "-3s"] {
      #expect(try typed(player, [line]).contains("No question waits"), "\(line)")
    }
  }

  @Test func climbsTheLadderOfHints() throws {
    let player = try player(atStep: 2)
    for number in [1, 2, 3, 4, 4] {
      #expect(try typed(player, ["hint"]).contains("Hint \(number) of 4"))
    }
    #expect(player.verdict.hints == 5)
    _ = try typed(player, ["4", "next"])
    #expect(try typed(player, ["hint"]).contains("Hint 1 of 4"))
  }

  @Test func goesBackToTheBeginningOfAStep() throws {
    let player = try player(atStep: 6)
    _ = try typed(player, ["15s", "run 1s", "kill tm-3", "run 1s"])
    let digest = player.session.digest
    #expect(try typed(player, ["reset"]).contains("Back at the beginning of step 6."))
    #expect(player.step.number == 6)
    #expect(player.session.now < .zero + .milliseconds(2001))
    #expect(player.session.digest != digest)
    #expect(player.question != nil)
    // Nothing was done in this step any more, so it is the step before that is gone back to.
    #expect(try typed(player, ["reset"]).contains("Back at the beginning of step 5."))
    #expect(
      player.verdict.steps.prefix(5).map(\.rawValue).suffix(2) == ["passed", "not attempted"]
    )
    #expect(player.session.now == .zero)
  }

  @Test func showsItsPicturesAgain() throws {
    let player = try player(atStep: 7)
    let first = try typed(player, ["again"])
    #expect(first.contains("Offsets and state go back together"))
    #expect(first.contains("› show timeline word-count"))
    let back = try typed(player, ["reset 2"])
    #expect(back.contains("Back at the beginning of step 2."))
    #expect(back.contains("› show slots word-count --parallelism 1"))
    #expect(back.contains("How many slots does it need?"))
    #expect(try typed(player, ["reset 9"]).contains("Only a step from 1 to 2"))
  }

  /// Each way into a dead end has a message that leads out of it.
  @Test(arguments: [
    (3, ["deploy standalone --taskmanagers 3", "submit word-count --parallelism 2"], "20 lines"),
    (3, ["deploy standalone --taskmanagers 3 --slots 2"], "leave the number of slots alone"),
    (
      3, ["deploy standalone --taskmanagers 3", "submit word-count --name x --parallelism 2"],
      "none that is called word-count"
    ),
    (5, ["run 100ms", "cancel", "run 1s"], "You have cancelled the job"),
    (6, ["15s", "kill tm-1", "kill tm-2", "run 1s"], "Too few machines are left"),
    (6, ["15s", "cancel", "run 1s", "kill tm-1"], "You have cancelled the job"),
    (6, ["15s", "kill tm-3", "run 1s"], "You have killed the spare"),
    (6, ["15s", "fail task counts[1]", "run 300ms", "kill tm-3"], "You have killed the spare"),
    (6, ["15s", "kill tm-1"], "the clock has not moved"),
    (6, ["15s", "run 20s", "kill tm-1", "run 1s"], "`reset 5`"),
  ])
  func leadsOutOfDeadEnds(step: Int, lines: [String], part: String) throws {
    let player = try player(atStep: step)
    #expect(try typed(player, lines + ["next"]).contains(part))
    #expect(player.step.number == step)
  }

  @Test func comesBackToWhereItWasByTypingTheSameAgain() throws {
    let bundled = try BundledLesson("word-count")
    let player = try self.player(atStep: 7)
    _ = try typed(player, ["13", "hint", "run 3s"])
    var progress = Progress(Progress.Header(bundled.lesson))
    for entry in player.typed { progress.append(.entered(entry.text, step: entry.step)) }
    let read = try Progress(parsing: progress.text)
    let again = try bundled.player()
    try again.replay(read.effectiveEntries)
    #expect(again.verdict == player.verdict)
    #expect(again.session.digest == player.session.digest)
    #expect(again.typed == player.typed)
  }

  /// A place that is only remembered would survive a lesson that asks for more.
  @Test func checksAgainWhenTheLessonHasChanged() throws {
    let player = try self.player(atStep: 7)
    let text = try String(
      contentsOf: BundledLesson.root.appendingPathComponent("lessons/word-count/lesson.md"),
      encoding: .utf8
    )
    let stricter = try BundledLesson.lesson(
      text.replacing("expect: taskmanagers >= 3", with: "expect: taskmanagers >= 4")
    )
    let again = LessonPlayer(stricter, options: try BundledLesson.options())
    try again.replay(player.typed)
    #expect(again.step.number == 3)
    #expect(again.verdict.passedSteps == 2)
  }

  @Test func showsTheGuessBesideTheTruth() throws {
    let player = try player(atStep: 7)
    #expect(player.marks.map(\.kind) == [.guess])
    _ = try typed(player, ["13", "run 30s"])
    #expect(player.marks.map(\.kind) == [.guess, .fact])
    let said = try typed(player, ["show timeline"])
    #expect(said.contains("your guess") && said.contains("as it was"))
  }

  @Test func takesFreeCommandsAndSurvivesNoise() throws {
    let player = try player(atStep: 5)
    var random = RandomStream(seed: 3, name: "learner")
    let lines = [
      "show run", "describe run", "show rows", "show state", "show jobs", "show watermarks",
      "show timeline",
      "show recovery", "show checkpoint 1", "show checkpoint 99", "show execution-graph",
      "show slots", "run 300ms", "step 4", "kill tm-1", "restart tm-1", "pause tm-2 for 1s",
      "checkpoint", "expect rows > 3", "", "   ", "# a comment", "\"", "next", "hint", "check",
      "again", "help", "xyz", "1360", "b", "3s", "fail task counts[0]", "cancel", "save",
    ]
    let page = LessonPage(width: 80, style: Self.plain)
    for _ in 0..<60 {
      let events = try player.enter(lines[random.below(lines.count)])
      for line in page.lines(of: events) { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
    }
  }

  @Test(arguments: [80, 120], [TextStyle.Characters.unicode, .ascii])
  func looksAsAgreed(width: Int, characters: TextStyle.Characters) throws {
    let bundled = try BundledLesson("word-count")
    let lines = try bundled.transcript("shortest").lines.map(\.text)
    let style = TextStyle(characters: characters, isColoured: false)
    let screen = try bundled.screen(["help"] + lines, width: width, style: style)
    for line in screen {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
      if characters == .ascii { #expect(!line.contains("╭") && !line.contains("›")) }
    }
    let name = "word-count-\(width)-\(characters == .unicode ? "unicode" : "ascii").txt"
    let file = BundledLesson.root.appendingPathComponent("Tests/LessonsTests/Screens/\(name)")
    let text = screen.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_SCREENS"] == "1" {
      return try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let agreed = try String(contentsOf: file, encoding: .utf8)
    let parts = zip(text.split(separator: "\n"), agreed.split(separator: "\n"))
    #expect(text == agreed, "\(parts.first { $0.0 != $0.1 }.map { "\($0)" } ?? "length")")
  }
}
