import Sandbox

/// The order in which lessons can be taken: each after those that teach what it needs.
///
/// Of the lessons that can come next, the first by name does, so that the order depends on nothing
/// but the lessons. Where several teach a concept, one of them is enough.
package struct LessonOrder: Equatable, Sendable {
  /// The lessons in their order.
  package let lessons: [LessonDocument]

  /// Orders lessons.
  ///
  /// - Throws: A problem for each concept that nobody teaches, or that is taught only by lessons
  ///   which need this one first.
  package init(_ lessons: [LessonDocument]) throws(LessonProblems) {
    let sorted = lessons.sorted { ($0.name, $0.file) < ($1.name, $1.file) }
    let known = Set(sorted.flatMap(\.taught))
    var learnt: Set<String> = []
    var ordered: [LessonDocument] = []
    var waiting = sorted
    while let next = waiting.firstIndex(where: { lesson in
      lesson.front.needs.allSatisfy { learnt.contains($0.name) || !known.contains($0.name) }
    }) {
      let lesson = waiting.remove(at: next)
      learnt.formUnion(lesson.taught)
      ordered.append(lesson)
    }
    let problems =
      Self.unknownConcepts(in: sorted, known) + Self.cycles(in: waiting, learnt: learnt)
    guard problems.isEmpty else { throw LessonProblems(sorting: problems) }
    self.lessons = ordered
  }

  private static func unknownConcepts(
    in lessons: [LessonDocument],
    _ known: Set<String>
  ) -> [LessonProblem] {
    let names = known.sorted()
    return lessons.flatMap { lesson in
      lesson.front.needs.filter { !known.contains($0.name) }.map { concept in
        let nearest = Suggestion.nearest(to: concept.name, among: names)
        return LessonProblem(
          file: lesson.file,
          line: concept.line,
          phrase: .unknownConcept(concept.name, nearest: nearest)
        )
      }
    }
  }

  /// The needs of waiting lessons that close a circle; those that only wait for one are left out.
  private static func cycles(
    in waiting: [LessonDocument],
    learnt: Set<String>
  ) -> [LessonProblem] {
    let teachers = waiting.map { lesson in
      lesson.front.needs.filter { !learnt.contains($0.name) }.flatMap { concept in
        waiting.indices.filter { waiting[$0].taught.contains(concept.name) }
      }
    }
    var problems: [LessonProblem] = []
    for (index, lesson) in waiting.enumerated() {
      for concept in lesson.front.needs where !learnt.contains(concept.name) {
        let circular = waiting.indices.filter {
          waiting[$0].taught.contains(concept.name) && reaches(index, from: $0, teachers)
        }
        if circular.isEmpty { continue }
        problems.append(
          LessonProblem(
            file: lesson.file,
            line: concept.line,
            phrase: .taughtTooLate(concept.name, by: circular.map { waiting[$0].name })
          )
        )
      }
    }
    return problems
  }

  private static func reaches(_ goal: Int, from start: Int, _ teachers: [[Int]]) -> Bool {
    var seen: Set<Int> = [start]
    var open = [start]
    while let index = open.popLast() {
      if index == goal { return true }
      for next in teachers[index] where seen.insert(next).inserted { open.append(next) }
    }
    return false
  }
}

extension LessonDocument {
  fileprivate var taught: [String] { front.teaches.map(\.name) }
}
