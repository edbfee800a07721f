import Foundation
import GoldenCases
import Testing

/// A recording that is missing must not pass for one that agrees.
@Suite struct GoldenTests {
  /// Folders that are there for one test: the project's own, and somebody else's.
  private struct Folders: ~Copyable {
    private let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("golden-\(UUID().uuidString)")
    var own: String { root.appendingPathComponent("own").path }
    var other: String { root.appendingPathComponent("other").path }

    init() throws {
      for folder in [own, other] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    }

    deinit {
      try? FileManager.default.removeItem(at: root)
    }

    func write(_ text: String, to path: String) throws {
      try Data(text.utf8).write(to: URL(filePath: path))
    }
  }

  @Test func failsWhereOneOfItsOwnIsMissing() throws {
    let folders = try Folders()
    let recordings = Recordings(own: folders.own)
    let own = folders.own
    #expect(throws: Recordings.Failure.missing("cases.json", folder: own)) {
      try recordings.object("cases.json")
    }
    try folders.write(#"{"cases": [1]}"#, to: folders.own + "/cases.json")
    #expect(try recordings.object("cases.json")?["cases"] as? [Int] == [1])
  }

  @Test func passesWhatAnotherFolderDoesNotHold() throws {
    let folders = try Folders()
    for name in ["cases.json", "more.json"] {
      try folders.write(#"{"cases": [1]}"#, to: folders.own + "/" + name)
    }
    let recordings = Recordings(other: folders.other, own: folders.own)
    try folders.write(#"{"cases": [2]}"#, to: folders.other + "/more.json")
    #expect(try recordings.object("cases.json") == nil)
    #expect(try recordings.object("more.json")?["cases"] as? [Int] == [2])
  }

  @Test func failsWhereAnotherFolderHoldsNone() throws {
    let folders = try Folders()
    try folders.write(#"{"cases": [1]}"#, to: folders.own + "/cases.json")
    try folders.write(#"{"cases": [1]}"#, to: folders.other + "/something-else.json")
    let other = folders.other
    let recordings = Recordings(other: other, own: folders.own)
    #expect(throws: Recordings.Failure.noneOfThem(folder: other)) {
      try recordings.object("cases.json")
    }
    let nowhere = Recordings(other: folders.other + "/nowhere", own: folders.own)
    #expect(throws: Recordings.Failure.self) { try nowhere.object("cases.json") }
  }

  @Test(arguments: ["{}", "[1]", "{", ""])
  func failsWhereAFileHoldsNoObject(_ text: String) throws {
    let folders = try Folders()
    try folders.write(text, to: folders.own + "/cases.json")
    let recordings = Recordings(own: folders.own)
    #expect(throws: (any Error).self) { try recordings.object("cases.json") }
  }

  @Test(arguments: [
    #"{"more": [{"a": 1}]}"#, #"{"cases": []}"#, #"{"cases": 1}"#, #"{"cases": [1]}"#,
  ])
  func failsWhereAListIsMissingOrEmpty(_ text: String) throws {
    let folders = try Folders()
    try folders.write(text, to: folders.own + "/cases.json")
    let object = try #require(try Recordings(own: folders.own).object("cases.json"))
    withKnownIssue { #expect(Golden.list("cases", in: object).isEmpty) }
    #expect(Golden.list("cases", in: object, canBeEmpty: true).isEmpty)
    withKnownIssue { #expect(Golden.value("cases", in: object) == "text") }
  }

  @Test func listsOfAFileThatIsNotRunAreEmpty() throws {
    let folders = try Folders()
    try folders.write(#"{"cases": [{"a": 1}]}"#, to: folders.own + "/cases.json")
    try folders.write(#"{"cases": [{"a": 1}]}"#, to: folders.own + "/more.json")
    try folders.write(#"{"cases": [{"a": 1}]}"#, to: folders.other + "/more.json")
    let recordings = Recordings(other: folders.other, own: folders.own)
    let absent = try Golden.object("cases.json", in: recordings)
    #expect(Golden.list("cases", in: absent).isEmpty)
    #expect(Golden.value("cases", in: absent) == Int?.none)
    #expect(Golden.list("cases", in: try Golden.object("more.json", in: recordings)).count == 1)
  }
}
