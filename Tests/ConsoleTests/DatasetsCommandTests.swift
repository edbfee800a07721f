import Foundation
import TestSupport
import Testing

import Datasets

@Suite struct DatasetsCommandTests {
  private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Gives the program datasets of the test's own.
  private static func copyDatasets(of drey: inout Drey) throws -> URL {
    try drey.moveProgram(to: "installed/bin/drey")
    try drey.bundle("datasets", into: "installed/share/drey")
    return drey.folder.appendingPathComponent("installed/share/drey/datasets")
  }

  @Test(arguments: [60, 80, 120])
  func listsAllWithinTheWidth(columns: Int) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    for arguments in [["datasets", "list"], ["datasets", "list", "--ascii"]] {
      let outcome = try drey.call(arguments, columns: columns)
      #expect(outcome.status == 0)
      for dataset in Dataset.all { #expect(outcome.output.contains("   \(dataset.name) ")) }
      for line in outcome.output.split(separator: "\n") {
        #expect(line.count <= columns, "\(line)")
      }
      if arguments.last == "--ascii" { #expect(outcome.output.utf8.allSatisfy { $0 < 0x80 }) }
    }
  }

  @Test func listsAsOneObject() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("datasets", "list", "--json")
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
    let listed = try #require(try outcome.json()["datasets"] as? [[String: Any]])
    #expect(listed.compactMap { $0["name"] as? String } == Dataset.all.map(\.name))
    #expect(listed.compactMap { $0["sha256"] as? String } == Dataset.all.map(\.sha256))
    #expect(listed[1]["file"] as? String == "datasets/flights/departures.csv")
    #expect(listed[9]["seed"] as? Int == 41)
  }

  /// By day one of each format, with event times and without.
  private static let described =
    Draws.here.isSearch ? Dataset.all.map(\.name) : ["the-nest", "airports", "weather", "rates"]

  @Test(arguments: described)
  func describesEach(_ name: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let dataset = try #require(Dataset.named(name))
    for columns in [60, 100] {
      let outcome = try drey("datasets", "describe", name, "--ascii", columns: columns)
      #expect(outcome.status == 0)
      #expect(outcome.output.utf8.allSatisfy { $0 < 0x80 })
      for column in dataset.columns { #expect(outcome.output.contains("   \(column.name) ")) }
      for line in outcome.output.split(separator: "\n") {
        #expect(line.count <= columns, "\(line)")
      }
      #expect(!outcome.output.contains("not the one that is described"))
    }
    let json = try drey("datasets", "describe", name, "--json").json()
    #expect(json["rows"] as? Int == dataset.rows)
    #expect((json["columns"] as? [[String: Any]])?.count == dataset.columns.count)
    #expect((json["first_rows"] as? [String])?.count == 3)
    #expect((json["rows_behind"] is Int) == (dataset.clock != nil))
  }

  @Test func describesHowFarDeparturesAreOutOfOrder() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let page = try drey("datasets", "describe", "departures", columns: 120).output
    #expect(page.contains("7,483 of 13,101 rows, 57.1 %, have an event_time before that of an"))
    #expect(page.contains("99 of 100      3h20min"))
    let json = try drey("datasets", "describe", "departures", "--json").json()
    #expect(json["rows_behind"] as? Int == 7483)
    #expect((json["lag_ms"] as? [String: Int])?["max"] == 885 * 60_000)
  }

  @Test func verifiesTheBundledFilesFromAnyFolder() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("datasets", "verify")
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(outcome.output.contains("All 13 are what the catalogue says."))
    let json = try drey("datasets", "verify", "--json").json()
    #expect(json["verified"] as? Bool == true)
    #expect((json["datasets"] as? [[String: Any]])?.count == 13)
  }

  @Test func namesWhatDiffers() throws {
    var drey = try Drey()
    defer { drey.cleanUp() }
    let copy = try Self.copyDatasets(of: &drey)
    #expect(try drey("datasets", "verify", "quakes").status == 0)
    let file = copy.appendingPathComponent("quakes/quakes.csv")
    var text = try String(contentsOf: file, encoding: .utf8)
    text = text.replacingOccurrences(of: "4.1", with: "9.1") + "597,2024-08-01T00:00:00Z\n"
    try text.write(to: file, atomically: true, encoding: .utf8)
    let outcome = try drey("datasets", "verify", columns: 120)
    #expect(outcome.status == 1)
    #expect(outcome.complaint == "drey: not as the catalogue says: quakes\n")
    #expect(outcome.output.contains("597 rows in the place of 596"))
    #expect(outcome.output.contains("SHA-256"))
    #expect(outcome.output.contains("Of 13 datasets 1 is not what the catalogue says."))
    #expect(try drey("datasets", "verify", "airlines").status == 0)
    let json = try drey("datasets", "verify", "quakes", "--json")
    #expect(json.status == 1)
    #expect(try json.json()["verified"] as? Bool == false)
    #expect(
      try drey("datasets", "describe", "quakes").output.contains("not the one that is described")
    )
  }

  @Test func endsWith2WhenAFileIsMissing() throws {
    var drey = try Drey()
    defer { drey.cleanUp() }
    let copy = try Self.copyDatasets(of: &drey)
    try FileManager.default.removeItem(at: copy.appendingPathComponent("flights/planes.csv"))
    for arguments in [["datasets", "verify"], ["datasets", "verify", "planes", "--json"]] {
      let outcome = try drey.call(arguments)
      #expect(outcome.status == 2)
      #expect(outcome.complaint == "drey: missing: datasets/flights/planes.csv\n")
      #expect(outcome.output.contains("planes"))
    }
    let described = try drey("datasets", "describe", "planes")
    #expect(described.status == 2)
    #expect(described.complaint.contains("datasets/flights/planes.csv: No such file"))
  }

  @Test(arguments: Draws.cases(Generator.allCases, byDay: 3))
  func generatesTheSameToAFileAndToStandardOutput(_ generator: Generator) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("datasets", "generate", generator.rawValue, "--output", "made")
    #expect(outcome.status == 0)
    let file = try Data(contentsOf: drey.folder.appendingPathComponent("made"))
    #expect(SHA256.text(of: Array(file)) == Dataset.named(generator.rawValue)?.sha256)
    #expect(outcome.output.hasPrefix("Wrote made: "))
    let printed = try drey("datasets", "generate", generator.rawValue)
    #expect(Data(printed.output.utf8) == file)
    let other = try drey("datasets", "generate", generator.rawValue, "--seed", "5")
    #expect(other.status == 0)
    #expect(other.output != printed.output)
    #expect(try FileManager.default.contentsOfDirectory(atPath: drey.folder.path) == ["made"])
  }

  @Test func generatesWordsOfASize() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    for (size, count) in [("1B", 1), ("300KB", 300_000), ("3mb", 3_000_000)] {
      let outcome = try drey("datasets", "generate", "words", "--size", size, "--output", "words")
      #expect(outcome.status == 0)
      let text = try Data(contentsOf: drey.folder.appendingPathComponent("words"))
      #expect((count..<count + 66).contains(text.count))
      #expect(text.last == 0x0A)
    }
  }

  @Test(arguments: [
    (["lsit"], "unknown command \"datasets lsit\"; did you mean \"list\"?"),
    (["describe", "departure"], "unknown dataset \"departure\"; did you mean \"departures\"?"),
    (["verify", "nothing"], "there are the-nest, departures"),
    (["generate", "wrods"], "did you mean \"words\"?"),
    (["generate", "quakes"], "lies in datasets/quakes/quakes.csv and is not generated"),
    (["generate", "clicks", "--size", "3MB"], "--size is for words only"),
    (["generate", "words", "--size", "big"], "such as 200MB, not \"big\""),
    (["generate", "words", "--size", "0MB"], "such as 200MB"),
    (["generate", "words", "--size", "-1MB"], "such as 200MB"),
    (["generate", "words", "--size", "9999999999GB"], "such as 200MB"),
    (["generate", "words", "--seed", "-1"], "--seed must be a whole number from 0"),
    (["generate", "words", "--output", "nowhere/words.txt"], "cannot write nowhere/words.txt"),
    (["generate", "words", "--output", "."], "is a folder"),
    (["describe"], "name"),
    (["list", "--bogus"], "--bogus"),
  ])
  func refusesWithOneMessageAndExitCode2(arguments: [String], part: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey.call(["datasets"] + arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaint.contains(part), "\(outcome.complaint)")
    #expect(outcome.complaint.split(separator: "\n").count == 1, "\(outcome.complaint)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: drey.folder.path).isEmpty)
  }

  @Test(arguments: ["list", "describe", "verify", "generate"])
  func helpsWithExamples(_ verb: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("datasets", verb, "--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("  drey datasets \(verb)"))
  }

  @Test func runsAJobOnADatasetByItsName() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    for (name, lines) in [("the-nest", 108), ("words", 5247)] {
      let outcome = try drey("run", "word-count", "--input", name, "--verify", "--json")
      #expect(outcome.status == 0, "\(outcome.complaint)")
      #expect((try outcome.json()["records"] as? [String: Int])?["in"] == lines)
    }
    // A file of that name comes first.
    _ = try drey.text(lines: 7, named: "words")
    let outcome = try drey("run", "word-count", "--input", "words", "--json")
    #expect((try outcome.json()["records"] as? [String: Int])?["in"] == 7)
  }

  @Test(arguments: [
    ("departures", "the dataset departures is CSV, and this job reads text"),
    ("the-nst", "no file and no dataset of that name; did you mean \"the-nest\"?"),
    ("", "an empty path"),
  ])
  func refusesToRunOnWhatIsNoText(_ name: String, part: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("run", "word-count", "--input", name)
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains(part), "\(outcome.complaint)")
  }

  @Test func doesWhatTheReadmeSays() throws {
    let readme = try String(
      contentsOf: Self.root.appendingPathComponent("docs/running-jobs.md"),
      encoding: .utf8
    )
    let section = try #require(readme.components(separatedBy: "\n## Datasets\n").dropFirst().first)
    let part = section.components(separatedBy: "\n## ")[0]
    let commands = part.split(separator: "\n").filter { $0.hasPrefix("    drey ") }
    #expect(commands.count >= 5)
    let drey = try Drey()
    defer { drey.cleanUp() }
    for command in commands {
      var words = command.split(separator: " ").dropFirst().map(String.init)
      // What takes long takes long in proportion.
      if !Draws.here.isSearch { words = words.map { $0 == "20MB" ? "1MB" : $0 } }
      let outcome = try drey.call(words)
      #expect(outcome.status == 0, "\(command): \(outcome.complaint)")
    }
    for dataset in Dataset.all { #expect(part.contains("`\(dataset.name)`")) }
  }
}
