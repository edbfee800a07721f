import Foundation
import Testing

/// The real command, as a process of its own.
struct Drey {
  /// What a run of the command left behind.
  struct Outcome {
    var status: Int32
    var output: String
    var complaint: String

    /// The last line of standard output as a JSON object.
    func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
      let last = try #require(output.split(separator: "\n").last, sourceLocation: sourceLocation)
      let object = try JSONSerialization.jsonObject(with: Data(last.utf8))
      return try #require(object as? [String: Any], sourceLocation: sourceLocation)
    }
  }

  /// A folder of the test's own.
  let folder: URL
  /// What is run.
  var program = Drey.built

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("drey-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder.
  func cleanUp() {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Writes a file into the folder.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let path = folder.appendingPathComponent(name)
    try Data(bytes).write(to: path)
    return path.path
  }

  /// Makes the program one that lies in the test's own folder.
  mutating func moveProgram(to path: String) throws {
    let place = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    let built = program.resolvingSymlinksInPath()
    do {
      try FileManager.default.linkItem(at: built, to: place)
    } catch {
      // The folder lies on another disk.
      try FileManager.default.copyItem(at: built, to: place)
    }
    program = place
  }

  /// Copies folders that come with Drey into a folder of the test's own.
  func bundle(_ names: String..., into path: String) throws {
    let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let share = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: share, withIntermediateDirectories: true)
    for name in names {
      try FileManager.default.copyItem(
        at: root.appendingPathComponent(name),
        to: share.appendingPathComponent(name)
      )
    }
  }

  /// A text of so many lines of ten words.
  func text(lines: Int, named name: String = "text.txt") throws -> String {
    let text = (0..<lines).map { line in
      (0..<10).map { "w\((line * 7 + $0 * $0 * 13) % 113)" }.joined(separator: " ") + "\n"
    }
    return try write(Array(text.joined().utf8), to: name)
  }

  /// Runs the command to its end.
  func callAsFunction(_ arguments: String..., columns: Int? = nil) throws -> Outcome {
    try call(arguments, columns: columns)
  }

  /// Runs the command to its end.
  ///
  /// What it remembers lies in the test's own folder; without input there is none to read.
  func call(
    _ arguments: [String],
    columns: Int? = nil,
    environment changes: [String: String] = [:],
    input: String? = nil
  ) throws -> Outcome {
    try start(arguments, columns: columns, environment: changes, input: input).finish()
  }

  /// Starts the command and comes back while it runs.
  func start(
    _ arguments: [String],
    columns: Int? = nil,
    environment changes: [String: String] = [:],
    input: String? = nil
  ) throws -> RunningDrey {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["COLUMNS"] = columns.map { "\($0)" }
    environment["XDG_STATE_HOME"] = folder.appendingPathComponent("remembered").path
    environment.merge(changes) { $1 }
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    if let input {
      let file = URL(fileURLWithPath: try write(Array(input.utf8), to: "typed.txt"))
      process.standardInput = try FileHandle(forReadingFrom: file)
    }
    return try RunningDrey(process)
  }

  /// The program that was built with the tests, which lies beside them.
  static var built: URL {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
      folder = URL(fileURLWithPath: argument).resolvingSymlinksInPath()
    }
    return folder.deletingLastPathComponent().appendingPathComponent("drey")
  }
}

/// The command while it runs.
final class RunningDrey {
  private let process: Process
  private let output = Pipe()
  private let complaint = Pipe()
  private var read = Data()

  /// Starts a process.
  init(_ process: Process) throws {
    self.process = process
    process.standardOutput = output
    process.standardError = complaint
    try process.run()
  }

  /// Reads what it prints until a text was there, or until it ends.
  func read(until text: String) {
    while !String(decoding: read, as: UTF8.self).contains(text) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return }
      read += more
    }
  }

  /// Reads all that it prints.
  func readToEnd() {
    read += output.fileHandleForReading.readDataToEndOfFile()
  }

  /// Ends it as Ctrl-C does.
  func interrupt() {
    process.interrupt()
  }

  /// Waits for its end.
  func finish() -> Drey.Outcome {
    readToEnd()
    let problem = complaint.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Drey.Outcome(
      status: process.terminationStatus,
      output: String(decoding: read, as: UTF8.self),
      complaint: String(decoding: problem, as: UTF8.self)
    )
  }
}
