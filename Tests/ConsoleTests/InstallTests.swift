import Foundation
import Testing

/// What `tools/install.sh` and `tools/dist.sh` make of a program; a script stands for it.
@Suite struct InstallTests {
  private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private struct Outcome {
    var status: Int32
    var output: String
  }

  /// Runs a program of the system in a folder.
  private static func run(
    _ words: [String],
    in folder: URL,
    _ changes: [String: String] = [:]
  ) throws -> Outcome {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(changes) { $1 }
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: String(decoding: text, as: UTF8.self))
  }

  /// Runs a script of the project for the program of that version.
  private static func script(
    _ name: String,
    _ arguments: [String],
    version: String = "9.8.7",
    in drey: Drey
  ) throws -> Outcome {
    let program = try drey.write(Array("#!/bin/sh\necho \(version)\n".utf8), to: "program")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    let packages = drey.folder.appendingPathComponent("packages/Some")
    try FileManager.default.createDirectory(at: packages, withIntermediateDirectories: true)
    try Data("Do as you like.".utf8).write(to: packages.appendingPathComponent("LICENSE.txt"))
    let path = root.appendingPathComponent("tools/\(name)").path
    return try run(
      ["bash", path] + arguments,
      in: drey.folder,
      [
        "DREY_PROGRAM": program, "DREY_PACKAGES": drey.folder.path + "/packages",
        "DREY_DIST": drey.folder.path + "/dist",
      ]
    )
  }

  /// The files below a folder, sorted.
  private static func files(_ folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func installsIntoAFolderNamedFromHere() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try Self.script("install.sh", ["a b/deep"], in: drey)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("drey 9.8.7"))
    let prefix = drey.folder.appendingPathComponent("a b/deep")
    let installed = try Self.run([prefix.path + "/bin/drey"], in: drey.folder)
    #expect(installed.output == "9.8.7\n")
    for name in ["lessons", "datasets"] {
      let share = prefix.appendingPathComponent("share/drey/\(name)")
      #expect(try Self.files(share) == Self.files(Self.root.appendingPathComponent(name)))
    }
    let licences = prefix.path + "/share/drey/licences"
    #expect(FileManager.default.fileExists(atPath: licences + "/Some.txt"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: drey.folder.path).sorted()
        == ["a b", "packages", "program"]
    )
  }

  @Test func installsAgainOverTheFirst() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    #expect(try Self.script("install.sh", ["p"], in: drey).status == 0)
    let prefix = drey.folder.appendingPathComponent("p")
    let first = try Self.files(prefix)
    try Data().write(to: prefix.appendingPathComponent("share/drey/lessons/old.md"))
    try Data("mine".utf8).write(to: prefix.appendingPathComponent("bin/other"))
    let again = try Self.script("install.sh", [prefix.path], version: "9.9.0", in: drey)
    #expect(again.status == 0, "\(again.output)")
    #expect(try Self.files(prefix) == (first + ["bin/other"]).sorted())
    #expect(try Self.run([prefix.path + "/bin/drey"], in: drey.folder).output == "9.9.0\n")
  }

  /// One installs, and everybody learns: whatever the rights of the one's own files are.
  @Test func letsEverybodyReadWhatIsInstalled() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    #expect(try Self.script("install.sh", ["p"], in: drey).status == 0)
    let prefix = drey.folder.appendingPathComponent("p")
    for file in try Self.files(prefix) + [""] {
      let path = prefix.appendingPathComponent(file).path
      let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      let isOpen = (rights as? Int ?? 0) & 0o022 == 0 && (rights as? Int ?? 0) & 0o044 == 0o044
      #expect(isOpen, "\(file)")
    }
  }

  @Test func makesOneArchiveNamedByWhatTheProgramSays() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    #expect(try Self.script("dist.sh", [], in: drey).status == 0)
    let folder = drey.folder.appendingPathComponent("dist")
    let name = try #require(try Self.files(folder).first)
    #expect(name.hasPrefix("drey-9.8.7-") && name.hasSuffix(".tar.gz"))
    let archive = folder.appendingPathComponent(name)
    let first = try Data(contentsOf: archive)
    #expect(try Self.script("dist.sh", [], in: drey).status == 0)
    #expect(try Self.files(folder) == [name])
    #if os(Linux)
    #expect(try Data(contentsOf: archive) == first)
    #endif
    #expect(try Self.run(["tar", "xzf", archive.path], in: drey.folder).status == 0)
    let top = drey.folder.appendingPathComponent(String(name.dropLast(".tar.gz".count)))
    #expect(try Self.run([top.path + "/bin/drey"], in: drey.folder).output == "9.8.7\n")
    let files = Set(try Self.files(top))
    #expect(
      files.isSuperset(of: [
        "LICENSE", "START.txt", "share/drey/lessons/word-count/lesson.md",
        "share/drey/datasets/demo/the-nest.txt",
      ])
    )
    let text = try String(contentsOf: top.appendingPathComponent("START.txt"), encoding: .utf8)
    #expect(text.hasPrefix("Drey 9.8.7,"))
  }

  @Test func refusesWhatItCannotDo() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    #expect(try Self.script("install.sh", [], in: drey).output.contains("usage:"))
    #expect(try Self.script("install.sh", [""], in: drey).status == 1)
    #expect(try Self.script("install.sh", ["program/x"], in: drey).status == 1)
    let missing = try Self.run(
      ["bash", Self.root.appendingPathComponent("tools/install.sh").path, "p"],
      in: drey.folder,
      ["DREY_PROGRAM": drey.folder.path + "/nothing"]
    )
    #expect(missing.status == 1)
    #expect(missing.output.contains("nothing is not there"))
    #expect(!FileManager.default.fileExists(atPath: drey.folder.path + "/p"))
  }
}
