import StreamOperators
import Lessons

#if canImport(Glibc)
import Glibc  // open, write, mkdir
#else
import Darwin
#endif

/// The file that keeps a learner's place: a log to which each line is appended as it is typed.
final class ProgressFile {
  /// Where it lies.
  let path: String
  /// What it holds.
  private(set) var progress: Progress
  private var hasHeader: Bool

  /// Opens the progress of a lesson; where there is none, it begins with the first line typed.
  ///
  /// - Throws: ``InputProblem`` when the file cannot be read, or is another lesson's.
  init(_ path: String?, for lesson: LessonDocument) throws(InputProblem) {
    let path = path ?? Self.standardPath(of: lesson.name)
    self.path = path
    progress = Progress(Progress.Header(lesson))
    hasHeader = false
    guard access(path, F_OK) == 0 else { return }
    let text = try TextInput(path).text
    guard !text.isEmpty else { return }
    do {
      progress = try Progress(parsing: text)
    } catch {
      throw InputProblem(
        "\(path): \(error) Move the file away to begin the lesson anew"
      )
    }
    guard progress.header.lesson == lesson.name else {
      throw InputProblem("\(path) keeps the place in the lesson \(progress.header.lesson)")
    }
    hasHeader = !progress.wasCut
    if progress.wasCut { try rewrite() }
  }

  /// Whether anything was typed.
  var isEmpty: Bool { progress.entries.isEmpty }

  /// Makes sure that something can be kept, before anything is typed.
  ///
  /// - Throws: ``InputProblem`` when the file cannot be written.
  func prepare() throws(InputProblem) {
    if !hasHeader { try rewrite() }
  }

  /// Appends an entry, which is on the disk when this returns.
  ///
  /// - Throws: ``InputProblem`` when it cannot be written.
  func append(_ entry: Progress.Entry) throws(InputProblem) {
    progress.append(entry)
    guard hasHeader else { return try rewrite() }
    try write(entry.line, flags: O_WRONLY | O_APPEND)
  }

  private func rewrite() throws(InputProblem) {
    Self.makeFolders(above: path)
    try write(progress.text, flags: O_WRONLY | O_CREAT | O_TRUNC)
    hasHeader = true
  }

  private func write(_ text: String, flags: Int32) throws(InputProblem) {
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw InputProblem("cannot write \(path): \(SystemError.text)") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      guard count > 0 else { throw InputProblem("cannot write \(path): \(SystemError.text)") }
      written += count
    }
  }

  /// Where progress lies unless somebody says otherwise: in the folder for what programs remember.
  ///
  /// *Source:* XDG Base Directory Specification, `XDG_STATE_HOME`.
  static func standardPath(of lesson: String) -> String {
    let state =
      Terminal.environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? (Terminal.environment("HOME") ?? ".") + "/.local/state"
    return "\(state)/drey/lessons/\(lesson).jsonl"
  }

  private static func makeFolders(above path: String) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      made += made.isEmpty && part.isEmpty ? "/" : (made == "/" || made.isEmpty ? "" : "/") + part
      if made != "/" { mkdir(made, 0o755) }
    }
  }
}

/// The system call, named apart from the method.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  bytes.map { write(file, $0, count) } ?? 0
}
