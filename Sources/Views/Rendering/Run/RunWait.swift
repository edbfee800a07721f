/// What a run does whose picture is long in coming: one line in its place.
package struct RunWait: PictureComponent, Equatable {
  /// How many tasks there are.
  package let tasks: Int
  /// Whether all of them run by now.
  package let areRunning: Bool

  /// Says what a run of so many tasks does.
  package init(tasks: Int, areRunning: Bool) {
    self.tasks = tasks
    self.areRunning = areRunning
  }

  /// The line.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    var line = TextLine(" ")
    line.add(phrase, .faint)
    line.add(" \(style(.ellipsis))", .faint)
    return [line.fitted(to: width, style)]
  }

  /// The same in a sentence.
  package func describe() -> [String] { [Wording.sentence(phrase.english)] }

  private var phrase: WaitPhrase {
    areRunning ? .running(tasks: tasks) : .deploying(tasks: tasks)
  }
}
