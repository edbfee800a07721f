import StreamOperators
import Lessons
import Sandbox

#if canImport(Glibc)
import Glibc  // opendir, stat
#else
import Darwin
#endif

/// The lessons that lie in a folder, each with its transcripts.
struct LessonShelf {
  /// A lesson with what could be typed in it.
  struct Volume {
    let lesson: LessonDocument
    let transcripts: [Transcript]

    /// The transcript that plays the lesson by itself.
    var leading: Transcript? { Transcript.leading(of: transcripts) }
  }

  /// The lessons, each after those that it needs.
  let volumes: [Volume]

  /// The file of a lesson in its folder.
  private static let fileName = "lesson.md"

  /// Reads all lessons that come with Drey.
  ///
  /// - Throws: ``InputProblem`` when there is no folder; `LessonProblems` with all that is wrong.
  init() throws {
    guard let folder = BundledFolder.lessons.path else {
      throw InputProblem(BundledFolder.lessons.absence)
    }
    let names = Self.files(in: folder).filter { Self.isFile("\(folder)/\($0)/\(Self.fileName)") }
    try self.init(reading: names.map { "\(folder)/\($0)" })
  }

  /// Reads the lesson in one folder, or in one file.
  ///
  /// - Throws: As for all lessons.
  init(at path: String) throws {
    let folder =
      path.hasSuffix("/\(Self.fileName)") ? String(path.dropLast(Self.fileName.count + 1)) : path
    guard Self.isFile("\(folder)/\(Self.fileName)") else {
      throw InputProblem("\(path): there is no lesson here, which would be a folder with lesson.md")
    }
    volumes = [try Self.volume(in: folder)]
  }

  private init(reading folders: [String]) throws {
    let volumes = try folders.map { try Self.volume(in: $0) }
    let order = try LessonOrder(volumes.map(\.lesson))
    self.volumes = order.lessons.compactMap { lesson in
      volumes.first { $0.lesson.name == lesson.name }
    }
  }

  /// The lesson of that name.
  ///
  /// - Throws: ``UsageError`` when there is none.
  func volume(named name: String) throws(UsageError) -> Volume {
    guard let volume = volumes.first(where: { $0.lesson.name == name }) else {
      let known = volumes.map(\.lesson.name)
      throw UsageError("unknown lesson \"\(name)\"" + Suggestion.text(for: name, among: known))
    }
    return volume
  }

  private static func volume(in folder: String) throws -> Volume {
    let file = "\(folder)/\(fileName)"
    let lesson = try LessonDocument(parsing: text(of: file), file: file, syntax: .sandbox)
    let names = files(in: folder).filter { $0.hasSuffix(".txt") }
    let transcripts = try names.map { name in
      try Transcript(parsing: text(of: "\(folder)/\(name)"), file: "\(folder)/\(name)")
    }
    return Volume(lesson: lesson, transcripts: transcripts)
  }

  private static func text(of path: String) throws(InputProblem) -> String {
    try TextInput(path).text
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The names in a folder, sorted.
  private static func files(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

extension LessonSyntax {
  /// The language of the sandbox.
  static var sandbox: LessonSyntax {
    func objection(_ read: () throws -> Void) -> String? {
      do {
        try read()
        return nil
      } catch {
        return "\(error)"
      }
    }
    return LessonSyntax(
      command: { text in objection { _ = try Command(parsing: text) } },
      expectation: { text in objection { _ = try Expectation(parsing: text) } },
      measure: { text in objection { _ = try Measure(parsing: text) } },
      instant: { text in objection { _ = try Moment(parsing: text) } }
    )
  }
}
