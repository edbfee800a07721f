import Foundation
import Testing

/// What `tools/test-times.sh` makes of the events of a run.
@Suite struct TestTimesTests {
  private static let machine = "TestSupportTests.MachineTests/doesAFixedAmountOfWork()"

  private struct Outcome {
    var status: Int32
    var output: String
  }

  /// An event as Swift Testing writes it, with a message that looks like one.
  private static func event(_ kind: String, _ seconds: Double, _ id: String) -> String {
    #"{"kind":"event","payload":{"instant":{"absolute":\#(seconds),"since1970":1.5},"#
      + #""kind":"\#(kind)","messages":[{"symbol":"default","text":"\"testID\":\"X.Y\""}],"#
      + #""testID":"\#(id.replacing("/", with: #"\/"#))"},"version":0}"#
  }

  /// A test of the given seconds, from its start to its end.
  private static func test(_ name: String, _ seconds: Double, from start: Double = 7) -> [String] {
    let id = name + "/File.swift:3:4"
    return [event("testStarted", start, id), event("testEnded", start + seconds, id)]
  }

  private static func run(_ events: [[String]], _ arguments: String...) throws -> Outcome {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("events-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((events.joined().joined(separator: "\n") + "\n").utf8).write(to: file)
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let (script, output) = (Process(), Pipe())
    script.executableURL = URL(filePath: "/usr/bin/env")
    script.arguments =
      ["bash", root.appending(path: "tools/test-times.sh").path, "--events", file.path] + arguments
    script.standardOutput = output
    script.standardError = output
    try script.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    script.waitUntilExit()
    return Outcome(
      status: script.terminationStatus,
      output: String(decoding: text, as: UTF8.self)
    )
  }

  @Test func ranksTestsByTheirOwnTime() throws {
    let outcome = try Self.run(
      [Self.test("A.B/short()", 0.25), Self.test("A.B/long()", 1.5), Self.test("A/middle()", 0.5)],
      "--top",
      "2"
    )
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        1.500  A.B/long()
        0.500  A/middle()
        2.2 s for 3 tests, one at a time

        """
    )
  }

  /// What passes between the cases is not the test's own.
  @Test func addsUpTheCasesOfATest() throws {
    let id = "A.B/each(_:)/File.swift:9:4"
    let events = [
      Self.event("testStarted", 1, "A.B"), Self.event("testStarted", 1, id),
      Self.event("testCaseStarted", 1, id), Self.event("testCaseEnded", 2, id),
      Self.event("testCaseStarted", 7, id), Self.event("testCaseEnded", 7.5, id),
      Self.event("testEnded", 9, id), Self.event("testEnded", 9, "A.B"),
    ]
    let outcome = try Self.run([events])
    #expect(outcome.output == "1.500  A.B/each(_:)\n1.5 s for 1 tests, one at a time\n")
  }

  @Test func namesWhoIsOverTheLimit() throws {
    let tests = [
      Self.test(Self.machine, 0.1), Self.test("A.B/slow()", 2.5), Self.test("A.B/quick()", 1.9),
    ]
    let outcome = try Self.run(tests, "--limit", "2")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasSuffix("over 2.00 s: A.B/slow() takes 2.500 s\n"))
    #expect(!outcome.output.contains("over 2.00 s: A.B/quick()"))
    #expect(try Self.run([tests[0], tests[2]], "--limit", "2").status == 0)
  }

  @Test func givesASlowMachineMoreTime() throws {
    // Long enough for any machine that the limit may have been set on.
    let tests = [Self.test(Self.machine, 60), Self.test("A.B/slow()", 50)]
    let outcome = try Self.run(tests, "--limit", "2")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("The fixed work takes 60.000 s here"))
  }

  @Test func refusesALimitWithoutAMeasure() throws {
    #expect(try Self.run([Self.test("A.B/quick()", 1)], "--limit", "2").status == 1)
    #expect(try Self.run([], "--limit", "2").status == 1)
    #expect(try Self.run([], "--slowest", "2").status == 2)
  }
}
