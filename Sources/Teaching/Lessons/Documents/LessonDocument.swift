package import Rendering

/// A lesson as its author wrote it: `lessons/NAME/lesson.md`, read and checked.
///
/// The file is Markdown that also reads well on a hosting page. It has three parts: front matter
/// in YAML between two lines `---`, an opening, and steps, each under a heading `## …`. Blocks
/// between lines of three backticks are what a step does, asks and checks:
///
/// - `text` is shown as it stands;
/// - `do` holds commands, one a line, where `#` begins a comment (``LessonCommand``);
/// - `predict` is a question, in YAML (``Prediction``);
/// - `check` says what must hold, in YAML (``LessonCheck``);
/// - `hint` has exactly four, numbered `1.` to `4.`, whose further lines are indented.
///
/// A step has any number of the others in any order and at most one `hint`, which it must have if
/// it asks or checks something. Lines are at most 100 columns wide, those of `do` and `text` 76,
/// and hold no tabs. Every line number counts in the file, from 1.
///
/// ```yaml
/// title: Word count
/// summary: One line about it.
/// minutes: 10
/// teaches: [plan, job-graph]
/// needs: []
/// seed: 1
/// ```
package struct LessonDocument: Equatable, Sendable {
  /// The file from which it was read.
  package let file: String
  /// Sixteen hexadecimal digits that change with every change of the text.
  package let contentHash: String
  /// What the lesson says about itself.
  package let front: FrontMatter
  /// The text before the first step, if there is any.
  package let opening: LessonText?
  /// The steps, at least one.
  package let steps: [LessonStep]

  /// The lesson's name: the folder in which its file lies.
  package var name: String {
    let parts = file.split(separator: "/")
    return String(parts.dropLast().last ?? parts.last ?? "")
  }

  /// Reads a lesson.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - file: The name under which problems are reported.
  ///   - syntax: Who judges commands, expectations, measures and instants.
  /// - Throws: All problems that were found.
  package init(
    parsing text: String,
    file: String,
    syntax: LessonSyntax
  ) throws(LessonProblems) {
    var reader = LessonReader(lines: TextLines.split(text), file: file, syntax: syntax)
    reader.read()
    guard reader.problems.isEmpty, let front = reader.front else {
      throw LessonProblems(sorting: reader.problems)
    }
    self.file = file
    contentHash = TextLines.hash(reader.lines)
    self.front = front
    opening = reader.opening
    steps = reader.steps
  }

  /// What a lesson says about itself, at the top of its file.
  package struct FrontMatter: Equatable, Sendable {
    /// The title.
    package let title: String
    /// What it is about, in one line.
    package let summary: String
    /// How long it takes, 1 to 60.
    package let minutes: Int
    /// The concepts that a learner knows afterwards.
    package let teaches: [Concept]
    /// The concepts that a learner must know before.
    package let needs: [Concept]
    /// The seed of its runs.
    package let seed: UInt64
  }

  /// A concept that a lesson teaches or needs.
  package struct Concept: Equatable, Sendable {
    /// Its name, such as `job-graph`.
    package let name: String
    /// The line on which it stands.
    package let line: Int
  }
}

/// Prose between two blocks.
package struct LessonText: Equatable, Sendable {
  /// The line on which it begins.
  package let line: Int
  /// What it says.
  package let prose: Prose
}
