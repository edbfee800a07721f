import Foundation
import Shell
import Testing

/// Where lessons and datasets are looked for.
@Suite struct BundledFolderTests {
  /// Makes files in the test's folder that are looked for by their names alone.
  private static func lay(_ files: String..., in drey: Drey) throws {
    for file in files {
      let path = drey.folder.appendingPathComponent(file)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data().write(to: path)
    }
  }

  @Test func liesInShareBesideTheProgramFirst() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    try Self.lay(
      "a/share/drey/lessons/word-count/lesson.md",
      "a/lessons/word-count/lesson.md",
      "a/datasets/SHA256SUMS",
      "here/lessons/word-count/lesson.md",
      "here/datasets/SHA256SUMS",
      in: drey
    )
    let (folder, here) = (drey.folder.path, drey.folder.path + "/here")
    let program = folder + "/a/bin"
    #expect(
      BundledFolder.lessons.path(program: program, workingFolder: here)
        == folder + "/a/share/drey/lessons"
    )
    #expect(
      BundledFolder.datasets.path(program: program, workingFolder: here) == folder + "/a/datasets"
    )
  }

  @Test func liesInSourcesAboveTheProgramOrHere() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    try Self.lay("a/lessons/word-count/lesson.md", "a/datasets/SHA256SUMS", in: drey)
    let folder = drey.folder.path
    for name in BundledFolder.allCases {
      let found = folder + "/a/\(name)"
      #expect(name.path(program: folder + "/a/.build/release", workingFolder: folder) == found)
      #expect(name.path(program: folder + "/b/release", workingFolder: folder + "/a") == found)
      #expect(name.path(program: folder + "/b/release", workingFolder: folder) == nil)
    }
  }

  /// Others have folders of these names, and files of these names in them.
  @Test func isNotSomebodysFolderOfThatName() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    try Self.lay(
      "a/lessons/word-count/lesson.md",
      "a/datasets/notes.txt",
      "b/lessons/notes.txt",
      "b/datasets/SHA256SUMS",
      in: drey
    )
    let folder = drey.folder.path
    for name in BundledFolder.allCases {
      for place in ["a", "b"] {
        let there = "\(folder)/\(place)"
        #expect(name.path(program: folder + "/c", workingFolder: there) == nil)
        #expect(name.path(program: there + "/bin", workingFolder: folder) == nil)
      }
    }
  }

  @Test func isFoundFromAnywhereThroughLinks() throws {
    var drey = try Drey()
    defer { drey.cleanUp() }
    try drey.moveProgram(to: "in stalled/bin/drey")
    try drey.bundle("lessons", "datasets", into: "in stalled/share/drey")
    try Self.lay("lessons/word-count/lesson.md", "datasets/SHA256SUMS", in: drey)
    let (link, second) = (drey.folder.path + "/link", drey.folder.path + "/second")
    try FileManager.default.createSymbolicLink(
      atPath: link,
      withDestinationPath: drey.program.path
    )
    try FileManager.default.createSymbolicLink(atPath: second, withDestinationPath: "link")
    for path in [drey.program.path, link, second] {
      drey.program = URL(fileURLWithPath: path)
      #expect(try drey("lesson", "--list").output.contains("0 of 8 steps done"))
      #expect(try drey("datasets", "verify", "the-nest").status == 0)
    }
  }

  @Test func saysWhereItWasLookedFor() throws {
    var drey = try Drey()
    defer { drey.cleanUp() }
    try drey.moveProgram(to: "alone/bin/drey")
    let share = drey.folder.resolvingSymlinksInPath().path + "/alone/share/drey"
    for arguments in [["lesson"], ["run", "word-count"], ["datasets", "verify"]] {
      let outcome = try drey.call(arguments)
      let name = arguments == ["lesson"] ? "lessons" : "datasets"
      #expect(outcome.status == 2)
      #expect(
        outcome.complaint.contains("the folder \(name) was not found, neither in \(share) nor"),
        "\(outcome.complaint)"
      )
      #expect(outcome.complaint.split(separator: "\n").count == 1)
    }
    // One of them alone is told apart from none.
    try drey.bundle("lessons", into: "alone/share/drey")
    #expect(try drey("lesson", "--list").status == 0)
    #expect(try drey("run", "word-count").complaint.contains("the folder datasets was not found"))
  }
}
