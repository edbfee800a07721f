import Foundation
import Testing

/// Parameters of jobs on the command line.
@Suite struct RunParameterTests {
  @Test func aParameterIsSetByItsName() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let path = drey.folder.appendingPathComponent("rows.csv").path
    let plain = try drey("run", "windowed-word-count", "--json").json()
    let same = try drey("run", "windowed-word-count", "--set", "window=20,slide=10", "--json")
      .json()
    #expect(
      (plain["records"] as? [String: Int])?["out"] == (same["records"] as? [String: Int])?["out"]
    )
    let other = try drey(
      "run",
      "windowed-word-count",
      "--set",
      "window=2",
      "--set",
      "slide=2",
      "--output",
      path,
      "--json"
    )
    #expect(other.status == 0)
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(!rows.isEmpty && rows.allSatisfy { $0.hasSuffix(",2") })
  }

  @Test(
    arguments: [
      ("window=0", "window must be from 1 to 1000 words, not \"0\""),
      ("windows=3", "unknown parameter \"windows\"; did you mean \"window\"?"),
      ("window", "--set must be NAME=VALUE, such as window=10s, not \"window\""),
      ("window=2,window=3", "the parameter window is set twice"),
    ]
  )
  func aWrongSettingIsToldInOneSentence(setting: String, complaint: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("run", "windowed-word-count", "--set", setting)
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains(complaint), "\(outcome.complaint)")
    #expect(outcome.output.isEmpty)
  }

  @Test func helpNamesTheParameters() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let help = try drey("run", "--help").output
    #expect(help.contains("--set patience=15min: for how long a window waits"))
    let none = try drey("run", "word-count", "--set", "a=1")
    #expect(none.complaint.contains("job word-count has no parameters to set"))
  }
}
