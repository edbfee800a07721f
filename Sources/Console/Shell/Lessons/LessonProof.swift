package import DataStreamAPI
import Lessons

/// The proof of all lessons: their transcripts are played.
package enum LessonProof {
  /// What is wrong with each lesson, and how many transcripts of it were played.
  ///
  /// - Parameter catalogue: The programs that lessons submit.
  /// - Returns: A line for each lesson.
  /// - Throws: `LessonProblems` when a lesson cannot be read.
  package static func all(
    _ catalogue: JobCatalogue
  ) throws -> [(lesson: String, transcripts: Int, problems: [String])] {
    try BundledPrograms.$catalogue.withValue(catalogue) {
      try LessonShelf().volumes.map { volume in
        let lint = LessonLint(volume.lesson, volume.transcripts, options: LessonDesk.options)
        let problems = try lint.problems().all.map(\.description)
        return (volume.lesson.name, volume.transcripts.count, problems)
      }
    }
  }
}
