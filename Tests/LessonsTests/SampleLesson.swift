import Lessons

/// A lesson in which everything occurs, and a syntax that is easy to break.
enum SampleLesson {
  static let file = "lessons/word-count/lesson.md"

  static let text = """
    ---
    title: Word count
    summary: Words of a text, counted by three TaskManagers.
    minutes: 10
    teaches: [plan, job-graph]
    needs: [stream]
    seed: 7
    ---

    The opening has **strong** words
    and `code`.

    ## Deploy

    - one
    - two

    ```text
    a --> b
    ```

    ```do
    # Three machines.
    deploy standalone --taskmanagers 3   # one is to spare
    run word-count
    ```

    ## Predict

    ```predict
    id: rows
    ask: How many rows will the sink write?
    kind: number
    answer: rows of word-count
    tolerance: 10%
    right: Yes.
    wrong:
      449: That is the number of different words.
      12: That is the number of lines.
    otherwise: No.
    ```

    ```predict
    id: who
    ask: Who notices first?
    kind: choice
    options:
      jm: The JobMaster
      no: Nobody
    answer: jm
    right: Yes.
    wrong:
      no: Somebody does.
    otherwise: No.
    ```

    ```predict
    id: when
    ask: When is it back?
    kind: mark
    answer: instant running
    from: instant killed
    tolerance: 3s
    right: Yes.
    otherwise: |
      No.
      Look again.
    ```

    ```hint
    1. A nudge.
    2. The concept,
       on two lines.
    3. The next step.
    4. The answer.
    ```

    ## Check

    Wait until it ends.

    ```check
    id: recovered
    all:
      - expect: job word-count FINISHED
        else: The job has not finished yet.
      - expect: job word-count restarts 1
        else: "It was never killed: kill it."
    ```

    ```hint
    1. a
    2. b
    3. c
    4. d
    ```
    """ + "\n"

  /// Texts are judged by their first word.
  static var syntax: LessonSyntax {
    LessonSyntax(
      command: { starts($0, with: ["deploy", "run", "kill"]) },
      expectation: { starts($0, with: ["job"]) },
      measure: { starts($0, with: ["rows"]) },
      instant: { starts($0, with: ["instant"]) }
    )
  }

  private static func starts(_ text: String, with words: [String]) -> String? {
    words.contains { text.hasPrefix($0 + " ") } ? nil : "write \(words.joined(separator: " or "))"
  }

  static func parsed(_ text: String = text, file: String = file) throws(LessonProblems)
    -> LessonDocument
  {
    try LessonDocument(parsing: text, file: file, syntax: syntax)
  }

  /// The sample with one text in place of another.
  static func replacing(_ old: String, _ new: String) -> String {
    text.replacing(old, with: new, maxReplacements: 1)
  }

  /// A short lesson about some concepts.
  static func about(_ name: String, teaches: String, needs: String) throws(LessonProblems)
    -> LessonDocument
  {
    try parsed(
      """
      ---
      title: T
      summary: S
      minutes: 1
      teaches: [\(teaches)]
      needs: [\(needs)]
      seed: 1
      ---
      ## Step
      Text.
      """,
      file: "lessons/\(name)/lesson.md"
    )
  }
}
