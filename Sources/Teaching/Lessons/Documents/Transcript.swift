/// What a learner could type in a lesson, kept beside it as a test of the lesson.
///
/// `right-NAME.txt` leads through to the end; `wrong-NAME.txt` makes a mistake, and its first line,
/// `message: TEXT`, says words of the answer that the mistake must get. `#` begins a comment, and
/// empty lines are left out.
package struct Transcript: Equatable, Sendable {
  /// What it shows.
  package enum Kind: Equatable, Sendable {
    /// The lesson can be done like this.
    case right
    /// A mistake gets an answer with these words in it.
    case wrong(message: LessonLine)
  }

  /// The file from which it was read.
  package let file: String
  /// What it shows.
  package let kind: Kind
  /// The part of the file's name between the kind and the ending.
  package let name: String
  /// The lines to type, at least one.
  package let lines: [LessonLine]

  /// Reads a transcript.
  ///
  /// - Throws: All problems that were found.
  package init(parsing text: String, file: String) throws(LessonProblems) {
    var problems: [LessonProblem] = []
    func report(_ phrase: LessonPhrase, _ line: Int) {
      problems.append(LessonProblem(file: file, line: line, phrase: phrase))
    }
    var lines: [LessonLine] = []
    for (index, line) in TextLines.split(text).enumerated() {
      if line.utf8.contains(UInt8(ascii: "\t")) { report(.tab, index + 1) }
      let typed = TextLines.withoutComment(line).text
      if !typed.isEmpty { lines.append(LessonLine(typed, line: index + 1)) }
    }
    let fileName = file.split(separator: "/").last.map(String.init) ?? ""
    let directive = lines.first.flatMap(Self.message(in:))
    if directive != nil { lines.removeFirst() }
    var found: (kind: Kind, name: String)?
    if let name = Self.name(of: fileName, after: "right-") {
      if let directive { report(.messageInRight, directive.line) }
      found = (.right, name)
    } else if let name = Self.name(of: fileName, after: "wrong-") {
      if let directive, !directive.text.isEmpty {
        found = (.wrong(message: directive), name)
      } else {
        report(.noMessage, directive?.line ?? lines.first?.line ?? 1)
      }
    } else {
      report(.transcriptName, 1)
    }
    if lines.isEmpty { report(.emptyTranscript, max(1, TextLines.split(text).count)) }
    guard let found, problems.isEmpty else { throw LessonProblems(sorting: problems) }
    self.file = file
    kind = found.kind
    name = found.name
    self.lines = lines
  }

  /// The transcript that leads through a lesson by the shortest way: what it types is the answer.
  package static func leading(of transcripts: [Transcript]) -> Transcript? {
    transcripts.filter { $0.kind == .right }.min {
      ($0.lines.count, $0.name) < ($1.lines.count, $1.name)
    }
  }

  /// The words after `message:`, without quotes around them.
  private static func message(in line: LessonLine) -> LessonLine? {
    let directive = "message:"
    guard line.text.hasPrefix(directive) else { return nil }
    var text = TextLines.trimmed(line.text.dropFirst(directive.count))
    if text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") {
      text = String(text.dropFirst().dropLast())
    }
    return LessonLine(text, line: line.line)
  }

  private static func name(of file: String, after kind: String) -> String? {
    guard file.hasPrefix(kind), file.hasSuffix(".txt") else { return nil }
    let name = file.dropFirst(kind.count).dropLast(".txt".count)
    return name.isEmpty ? nil : String(name)
  }
}
