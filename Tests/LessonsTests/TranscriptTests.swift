import Testing

import Lessons

@Suite struct TranscriptTests {
  @Test func readsWhatIsTyped() throws {
    let transcript = try Transcript(
      parsing: "# A comment.\n\nkill tm-1  # now\n  450\r\n",
      file: "lessons/x/right-first.txt"
    )
    #expect(transcript.kind == .right)
    #expect(transcript.name == "first")
    #expect(transcript.lines == [LessonLine("kill tm-1", line: 3), LessonLine("450", line: 4)])
  }

  @Test(arguments: ["message: was never killed", "message: \"was never killed\""])
  func readsTheMessageOfAMistake(_ directive: String) throws {
    let transcript = try Transcript(
      parsing: "# Why.\n\(directive)\nwait\n",
      file: "wrong-too-early.txt"
    )
    #expect(transcript.kind == .wrong(message: LessonLine("was never killed", line: 2)))
    #expect(transcript.name == "too-early")
    #expect(transcript.lines == [LessonLine("wait", line: 3)])
  }

  @Test(arguments: [
    ("right-x.txt", "# nothing\n\n", "right-x.txt:2: The transcript has no lines to type."),
    ("right-x.txt", "a\n\tb", "right-x.txt:2: There is a tab; write spaces."),
    (
      "right-x.txt", "\nmessage: no\na",
      "right-x.txt:2: Only a wrong transcript says which message it gets."
    ),
    (
      "wrong-x.txt", "\na",
      "wrong-x.txt:2: A wrong transcript begins with \"message: \" and words of the answer that "
        + "it must get."
    ),
    (
      "wrong-x.txt", "message:\na",
      "wrong-x.txt:1: A wrong transcript begins with \"message: \" and words of the answer that "
        + "it must get."
    ),
    (
      "x.txt", "a", "x.txt:1: A transcript is named right-NAME.txt or wrong-NAME.txt."
    ),
    (
      "right-.txt", "a", "right-.txt:1: A transcript is named right-NAME.txt or wrong-NAME.txt."
    ),
  ])
  func tellsWhatIsWrong(_ file: String, _ text: String, _ message: String) {
    let problems = #expect(throws: LessonProblems.self) {
      try Transcript(parsing: text, file: file)
    }
    #expect(problems?.description == message)
  }
}
