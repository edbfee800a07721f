import TestSupport
import Testing

import Lessons

@Suite struct LessonOrderTests {
  @Test func putsLessonsAfterWhatTheyNeed() throws {
    let order = try LessonOrder([
      SampleLesson.about("delta", teaches: "d", needs: "b, c"),
      SampleLesson.about("charlie", teaches: "c", needs: "a"),
      SampleLesson.about("bravo", teaches: "b", needs: "a"),
      SampleLesson.about("zulu", teaches: "a", needs: ""),
      SampleLesson.about("yankee", teaches: "", needs: ""),
    ])
    #expect(order.lessons.map(\.name) == ["yankee", "zulu", "bravo", "charlie", "delta"])
  }

  @Test func isTheSameForEveryOrderOfTheFiles() throws {
    var lessons = try [
      SampleLesson.about("a", teaches: "a", needs: ""),
      SampleLesson.about("b", teaches: "b", needs: "d"),
      SampleLesson.about("c", teaches: "c", needs: "a"),
      SampleLesson.about("d", teaches: "d", needs: "a"),
    ]
    let order = try LessonOrder(lessons)
    #expect(order.lessons.map(\.name) == ["a", "c", "d", "b"])
    for seed in 0..<24 {
      var random = SeededRandom(UInt64(seed))
      lessons.shuffle(using: &random)
      #expect(try LessonOrder(lessons) == order)
    }
  }

  @Test func isContentWithOneOfSeveralTeachers() throws {
    let order = try LessonOrder([
      SampleLesson.about("late", teaches: "x", needs: "y"),
      SampleLesson.about("middle", teaches: "y", needs: "x"),
      SampleLesson.about("second", teaches: "x", needs: ""),
    ])
    #expect(order.lessons.map(\.name) == ["second", "middle", "late"])
  }

  @Test func tellsWhatNobodyTeaches() throws {
    let lessons = try [
      SampleLesson.about("a", teaches: "slots", needs: ""),
      SampleLesson.about("b", teaches: "b", needs: "slot, checkpoint"),
      SampleLesson.about("c", teaches: "c", needs: "b"),
    ]
    let problems = #expect(throws: LessonProblems.self) { try LessonOrder(lessons) }
    #expect(
      problems?.description == """
        lessons/b/lesson.md:6: No lesson teaches "slot"; did you mean "slots"?
        lessons/b/lesson.md:6: No lesson teaches "checkpoint".
        """
    )
  }

  @Test func tellsOfCircles() throws {
    let lessons = try [
      SampleLesson.about("a", teaches: "a", needs: "b"),
      SampleLesson.about("b", teaches: "b", needs: "a"),
      SampleLesson.about("c", teaches: "c", needs: "a"),
      SampleLesson.about("d", teaches: "d", needs: "d"),
    ]
    let problems = #expect(throws: LessonProblems.self) { try LessonOrder(lessons) }
    let rest = "is needed here and taught only by what needs this lesson first"
    #expect(
      problems?.description == """
        lessons/a/lesson.md:6: "b" \(rest): b.
        lessons/b/lesson.md:6: "a" \(rest): a.
        lessons/d/lesson.md:6: "d" \(rest): d.
        """
    )
  }
}
