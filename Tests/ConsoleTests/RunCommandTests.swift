import Foundation
import Testing

@Suite struct RunCommandTests {
  @Test func printsTheContractOnTheLastLine() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey(
      "run",
      "word-count",
      "--input",
      try drey.text(lines: 200),
      "--parallelism",
      "2",
      "--json"
    )
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
    let json = try outcome.json()
    #expect(json["job"] as? String == "word-count")
    #expect(json["state"] as? String == "FINISHED")
    #expect(json["deployment"] as? String == "standalone")
    #expect(json["parallelism"] as? Int == 2)
    #expect(json["seed"] as? Int == 1)
    #expect((json["digest"] as? String)?.count == 16)
    #expect((json["records"] as? [String: Int]) == ["in": 200, "out": 2000])
    #expect(json["restarts"] as? Int == 0)
    #expect((json["checkpoints"] as? [String: Int])?["failed"] == 0)
    #expect(json["virtual_ms"] is Int)
    #expect(json["wall_ms"] is Int)
  }

  @Test func writesCommittedRowsWithAHeaderAndLF() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let output = drey.folder.appendingPathComponent("out.csv").path
    let outcome = try drey(
      "run",
      "word-count",
      "--input",
      try drey.text(lines: 50),
      "--output",
      output,
      "--verify",
      "--json"
    )
    #expect(outcome.status == 0)
    #expect(try outcome.json()["verified"] as? Bool == true)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(text.hasPrefix("word,count\n"))
    #expect(text.hasSuffix("\n"))
    #expect(!text.contains("\r"))
    #expect(text.split(separator: "\n").count == 501)
  }

  @Test func namesABadRowByTheFileThatTheUserKnows() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let path = try drey.write(Array("seq,known_at\n1,2\n".utf8), to: "bad rows.csv")
    let outcome = try drey("run", "hourly-departures", "--input", path)
    #expect(outcome.status == 1)
    let text = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("bad rows.csv: line 1: "), "\(outcome.output)")
    #expect(!outcome.output.contains("input-"))
    let json = try drey("run", "hourly-departures", "--input", path, "--json").json()
    #expect((json["error"] as? String)?.contains("\(path): line 1: ") == true)
  }

  @Test func leavesNoFileWhenItIsInterrupted() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let running = try drey.start(
      ["run", "late-departures", "--rate", "1/s", "--limit", "1000h"]
        + ["--output", "rows.csv", "--journal", "run.jsonl", "--save", "run.drey"]
    )
    running.read(until: "virtual time")
    running.interrupt()
    let outcome = running.finish()
    #expect(outcome.status == 130)
    #expect(outcome.complaint.contains("of virtual time; no file was written"))
    let left = try FileManager.default.contentsOfDirectory(atPath: drey.folder.path)
    #expect(left == [])
  }

  @Test func printsFinalCountsOnlyInBatch() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let output = drey.folder.appendingPathComponent("out.csv").path
    let outcome = try drey(
      "run",
      "word-count",
      "--input",
      try drey.text(lines: 50),
      "--runtime-mode",
      "batch",
      "--output",
      output,
      "--verify",
      "--json"
    )
    #expect(outcome.status == 0)
    #expect(try outcome.json()["verified"] as? Bool == true)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    let words = text.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
    // Every word of the text once; there are as many as the numbers that it draws from.
    #expect(words.count == Set(words).count)
    #expect(Set(words) == Set((0..<113).map { "w\($0)" }))
    let wrong = try drey("run", "word-count", "--runtime-mode", "sometimes")
    #expect(wrong.status == 2)
    #expect(wrong.complaint.contains("unknown --runtime-mode \"sometimes\""))
    #expect(try drey("run", "--help").output.contains("--runtime-mode"))
  }

  @Test func isTheSameInTwoProcesses() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let text = try drey.text(lines: 300)
    let copy = try drey.text(lines: 300, named: "elsewhere.txt")
    func run(_ input: String, seed: String, journal: String) throws -> (Data, String) {
      let path = drey.folder.appendingPathComponent(journal).path
      let outcome = try drey(
        "run",
        "word-count",
        "--input",
        input,
        "--parallelism",
        "2",
        "--rate",
        "100/s",
        "--seed",
        seed,
        "--fail",
        "kill tm-1 at 1s",
        "--journal",
        path,
        "--json"
      )
      #expect(outcome.status == 0)
      let digest = try #require(try outcome.json()["digest"] as? String)
      return (try Data(contentsOf: URL(fileURLWithPath: path)), digest)
    }
    let first = try run(text, seed: "3", journal: "a.jsonl")
    let second = try run(copy, seed: "3", journal: "b.jsonl")
    let other = try run(text, seed: "4", journal: "c.jsonl")
    #expect(first.0 == second.0)
    #expect(first.1 == second.1)
    #expect(first.1 != other.1)
    let silent = try drey(
      "run",
      "word-count",
      "--input",
      text,
      "--parallelism",
      "2",
      "--rate",
      "100/s",
      "--seed",
      "3",
      "--fail",
      "kill tm-1 at 1s",
      "--json"
    )
    #expect(try silent.json()["digest"] as? String == first.1)
  }

  @Test(arguments: [
    (["run", "word-count", "--input", "nowhere.txt"], "nowhere.txt: No such file"),
    (["run", "word-count", "--input", "."], "is a folder"),
    (["run", "word-count", "--input", "bad.txt"], "bad.txt: line 2 is not valid UTF-8"),
    (["run", "word-count", "--parallelism", "0"], "from 1 to 32768, not 0"),
    (["run", "word-count", "--parallelism", "-3"], "from 1 to 32768, not -3"),
    (["run", "word-count", "--parallelism", "32769"], "not 32769"),
    (["run", "word-count", "--parallelism", "30000"], "900000000 channels"),
    (["run", "word-count", "--fail", "kil tm-1 at 3s"], "did you mean \"kill\"?"),
    (["run", "word-count", "--fail", "kill tm-1 at"], "needs one time after \"at\""),
    (["run", "word-count", "--fail", "kill tm-9 at 3s"], "there is no process tm-9"),
    (["run", "word-count", "--fail", "fail task cuonts[0] at 3s"], "did you mean \"counts\"?"),
    (["run", "word-count", "--rate", "fast"], "elements per second"),
    (["run", "word-count", "--output", "nowhere/out.csv"], "cannot write nowhere/out.csv"),
    (["run", "word-count", "--output", "."], "is a folder"),
    (["run", "word-count", "--input", "good.txt", "--output", "good.txt"], "by --output too"),
    (["run", "word-count", "--output", "x", "--journal", "./x"], "by --journal too"),
    (["run", "word-count", "--output", "/dev/full"], "no regular file"),
    (["run", "wrod-count"], "did you mean \"word-count\"?"),
    (["rnu"], "did you mean \"run\"?"),
    (["run", "word-count", "--deployment", "session"], "comes in a later version"),
    (["run", "word-count", "--resources", "yarn"], "comes in a later version"),
    (["run", "word-count", "--checkpoint-interval", "soon"], "must be a time"),
    (["run", "word-count", "--bogus"], "--bogus"),
    (["run"], "job"),
  ])
  func refusesWithOneMessageAndExitCode2(arguments: [String], part: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    _ = try drey.text(lines: 5, named: "good.txt")
    _ = try drey.write([0x61, 0x0A, 0xFF, 0x0A], to: "bad.txt")
    let hasInput = arguments.contains("--input") || arguments.count < 2
    let outcome = try drey.call(hasInput ? arguments : arguments + ["--input", "good.txt"])
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaint.contains(part), "\(outcome.complaint)")
    #expect(outcome.complaint.split(separator: "\n").count == 1, "\(outcome.complaint)")
    let left = try FileManager.default.contentsOfDirectory(atPath: drey.folder.path)
    #expect(left.sorted() == ["bad.txt", "good.txt"])
  }

  @Test func leavesNothingBehindOfATextThatIsBadAtItsEnd() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let good = try Data(contentsOf: URL(fileURLWithPath: try drey.text(lines: 20_000)))
    _ = try drey.write(Array(good) + [0xC3], to: "cut.txt")
    let outcome = try drey(
      "run",
      "word-count",
      "--input",
      "cut.txt",
      "--output",
      "out.csv",
      "--json"
    )
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains("line 20001 is not valid UTF-8"))
    let left = try FileManager.default.contentsOfDirectory(atPath: drey.folder.path)
    #expect(left.sorted() == ["cut.txt", "text.txt"])
  }

  @Test func exitsWith1WhenTheJobFailsOrACommandNeverStrikes() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let text = try drey.text(lines: 400)
    let failed = try drey(
      "run",
      "word-count",
      "--input",
      text,
      "--parallelism",
      "2",
      "--rate",
      "100/s",
      "--checkpoint-interval",
      "off",
      "--fail",
      "kill tm-1 at 1s",
      "--json"
    )
    #expect(failed.status == 1)
    #expect(try failed.json()["state"] as? String == "FAILED")
    let unstruck = try drey(
      "run",
      "word-count",
      "--input",
      text,
      "--fail",
      "kill tm-1 at 1h",
      "--json"
    )
    #expect(unstruck.status == 1)
    #expect(try unstruck.json()["unstruck"] as? [String] == ["kill tm-1 at 1h"])
    let limited = try drey(
      "run",
      "word-count",
      "--input",
      text,
      "--rate",
      "1/s",
      "--limit",
      "3s",
      "--json"
    )
    #expect(limited.status == 1)
    #expect(try limited.json()["state"] as? String == "LIMIT")
  }

  @Test(arguments: [60, 80, 120])
  func drawsNothingWiderThanAskedAndNoEscapesInAPipe(columns: Int) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey(
      "run",
      "word-count",
      "--input",
      try drey.text(lines: 300),
      "--parallelism",
      "2",
      "--rate",
      "100/s",
      "--fail",
      "kill tm-1 at 1s",
      "--verify",
      columns: columns
    )
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(outcome.output.contains("The counts are right"))
    for line in outcome.output.split(separator: "\n") {
      #expect(line.count <= columns, "\(line)")
    }
  }

  @Test func helpsWithExamples() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    for arguments in [["--help"], ["run", "--help"]] {
      let outcome = try drey.call(arguments)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("drey run word-count"))
      #expect(outcome.output.contains("kill tm-1 at 3s"))
    }
  }
}
