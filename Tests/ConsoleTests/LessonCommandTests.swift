import Foundation
import Testing

@Suite struct LessonCommandTests {
  private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func lesson() throws -> String {
    try String(
      contentsOf: root.appendingPathComponent("lessons/word-count/lesson.md"),
      encoding: .utf8
    )
  }

  /// A folder with a lesson in it that is not as it should be.
  private static func write(_ text: String, in drey: Drey) throws -> String {
    let folder = drey.folder.appendingPathComponent("broken")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(
      to: folder.appendingPathComponent("lesson.md"),
      atomically: true,
      encoding: .utf8
    )
    return folder.path
  }

  @Test func playsByItselfAndSaysSoInJSON() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("lesson", "word-count", "--auto", "--json")
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
    let json = try outcome.json()
    #expect(json["lesson"] as? String == "word-count")
    #expect(json["steps"] as? Int == 8)
    #expect(json["passed"] as? Int == 8)
    #expect(json["predictions"] as? [String: Int] == ["made": 6, "right": 6])
    #expect(json["hints"] as? Int == 0)
  }

  @Test func playsByItselfInWords() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("lesson", "word-count", "--auto", columns: 80)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Lesson passed: all 8 steps."))
    #expect(!outcome.output.contains("\u{1B}"))
    let again = try drey("lesson", "word-count", "--auto", columns: 80)
    #expect(again.output == outcome.output)
  }

  @Test func keepsThePlaceAndChecksItAgain() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let file = drey.folder.appendingPathComponent("deep/place.jsonl").path
    let first = try drey.call(
      ["lesson", "word-count", "--progress", file, "--json"],
      input: "c\nnext\n8\nnext\ndeploy standalone --taskmanagers 3\nquit\n"
    )
    #expect(first.status == 0)
    #expect(first.output.contains("Eight is the number of tasks."))
    #expect(try first.json()["passed"] as? Int == 2)
    let second = try drey.call(
      ["lesson", "word-count", "--progress", file],
      input: "submit word-count --parallelism 2 --rate 20/s\n"
    )
    #expect(second.status == 1)
    #expect(second.output.contains("You are back. 2 of 8 steps are done"))
    #expect(second.output.contains("This step is done."))
    let third = try drey.call(["lesson", "--progress", file, "--json"], input: "reset\n")
    #expect(try third.json()["passed"] as? Int == 2)
    let list = try drey("lesson", "--list", "--progress", file)
    #expect(list.output.contains("2 of 8 steps done: begun"))
  }

  @Test func putsProgressWhereProgramsRememberThings() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let state = drey.folder.appendingPathComponent("state").path
    let outcome = try drey.call(
      ["lesson"],
      environment: ["XDG_STATE_HOME": state],
      input: "c\nquit\n"
    )
    #expect(outcome.status == 0)
    let text = try String(contentsOfFile: state + "/drey/lessons/word-count.jsonl", encoding: .utf8)
    #expect(text.hasSuffix("{\"entered\":\"c\",\"step\":1}\n"))
  }

  /// A look at a step does not move the place, unless a file is named for it.
  @Test func aLookAtAStepLeavesThePlaceAlone() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    _ = try drey.call(["lesson"], input: "c\nnext\n4\nquit\n")
    let look = try drey.call(["lesson", "--step", "6"], input: "quit\n")
    #expect(look.output.contains("Step 6 of 8"))
    #expect(try drey("lesson", "--list").output.contains("2 of 8 steps done"))
  }

  @Test func saysAtOnceThatThePlaceCannotBeKept() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey.call(["lesson", "--progress", "/proc/nowhere/x"], input: "c\n")
    #expect(outcome.status == 2)
    #expect(!outcome.output.contains("Step 1"))
  }

  @Test func beginsAtAStep() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let file = drey.folder.appendingPathComponent("place").path
    let outcome = try drey.call(
      ["lesson", "word-count", "--step", "5", "--progress", file, "--json"],
      input: "run 2s\nquit\n"
    )
    #expect(outcome.output.contains("Step 5 of 8"))
    #expect(try outcome.json()["passed"] as? Int == 5)
  }

  @Test func provesTheLessons() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("lesson", "--lint")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("word-count: 8 steps; 2 right transcripts pass"))
    let json = try drey("lesson", "--lint", "--json").json()
    #expect(json["problems"] as? [String] == [])
  }

  @Test(arguments: [
    ("show slots word-count --parallelism 1", "shwo slots", "unknown command \"shwo\""),
    ("minutes: 10\n", "", "no \"minutes:\""),
    ("minutes: 10", "minutes: ten", "\"minutes:\" must be"),
    ("```hint\n1. Did anything", "```hnt\n1. Did anything", "did you mean \"hint\""),
    ("4. The answer is `c`.\n```", "4. The answer is `c`.\n", "has no end"),
    ("4. The answer is `c`.\n", "", "four hints"),
    (
      "expect: taskmanagers >= 1", "expect: taskmangers >= 1",
      "did you mean \"taskmanagers\"?"
    ),
    ("kind: choice", "kind: choise", "did you mean \"choice\"?"),
  ])
  func namesWhatIsBrokenByFileAndLine(good: String, bad: String, part: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let text = try Self.lesson()
    #expect(text.contains(good))
    let folder = try Self.write(text.replacing(good, with: bad, maxReplacements: 1), in: drey)
    for arguments in [["lesson", folder, "--lint"], ["lesson", folder, "--auto"]] {
      let outcome = try drey.call(arguments)
      #expect(outcome.status == 2)
      let line = try #require(outcome.complaint.split(separator: "\n").first)
      #expect(line.contains("broken/lesson.md:"), "\(line)")
      #expect(outcome.complaint.contains(part), "\(outcome.complaint)")
    }
  }

  @Test(arguments: [
    (["lesson", "word-cont"], "did you mean \"word-count\"?"),
    (["lesson", "--auto", "--list"], "do not go together"),
    (["lesson", "--step", "9"], "from 1 to 8"), (["lesson", "--step", "x"], "from 1 to 8"),
    (["lesson", "/nowhere"], "no lesson here"),
    (["lesson", "--speed", "0"], "--speed"),
    (["lesson", "--auto", "--progress", "x"], "does not go together"),
    (["leson"], "did you mean \"lesson\"?"),
  ])
  func refusesWrongUsage(arguments: [String], part: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey.call(
      arguments,
      environment: ["XDG_STATE_HOME": drey.folder.path]
    )
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains(part), "\(outcome.complaint)")
    #expect(outcome.complaint.split(separator: "\n").count == 1)
  }

  @Test func refusesProgressThatIsNone() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    for text in ["hello\n", "{\"drey-progress\":9,\"lesson\":\"word-count\"}\n"] {
      let file = try drey.write(Array(text.utf8), to: "place")
      let outcome = try drey.call(["lesson", "--progress", file], input: "quit\n")
      #expect(outcome.status == 2)
      #expect(outcome.complaint.contains("place: "))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }
  }
}
