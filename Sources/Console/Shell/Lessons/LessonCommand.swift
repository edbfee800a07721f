import ArgumentParser
import Lessons
import Sandbox

#if canImport(Glibc)
import Glibc  // isatty
#else
import Darwin
#endif

/// `drey lesson`: a guided lesson, played at the prompt, by itself, or proved.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Learn with a guided lesson.",
    discussion: """
      Examples:
        drey lesson                     go on with the first lesson that is not passed
        drey lesson word-count          go on with that one
        drey lesson word-count --auto   watch it being played
        drey lesson --list              see all lessons, and how far you are
        drey lesson --lint              prove that the lessons can be done

      Your place is kept in $XDG_STATE_HOME/drey, or ~/.local/state/drey.
      """
  )

  @Argument(help: "The lesson: its name, or the folder in which one lies.") var name: String?
  @Flag(help: "Play the right transcript to its end.") var auto = false
  @Flag(help: "List the lessons, and how far you are.") var list = false
  @Flag(help: "Prove that each lesson can be done, and that its mistakes are understood.")
  var lint = false
  @Option(
    parsing: .unconditional,
    help: "Begin at that step; what comes before it is played for you."
  )
  var step: String?
  @Option(parsing: .unconditional, help: "The file that keeps your place.") var progress: String?
  @Option(parsing: .unconditional, help: "How much faster than the wall clock watched time goes.")
  var speed = "5"
  @Flag(help: "Print one JSON object, on the last line.") var json = false
  @Flag(help: "Use ASCII characters only.") var ascii = false

  func run() throws {
    try checkCombination()
    let terminal = Terminal(forcesASCII: ascii)
    let shelf = try shelf()
    if lint { return try prove(shelf, on: terminal) }
    if list { return try show(shelf, on: terminal) }
    let volume = try chosen(from: shelf)
    let desk = LessonDesk(
      volume,
      terminal: terminal,
      speed: try number(speed, "--speed", 1...1_000_000),
      isQuiet: json && auto
    )
    let verdict = try play(volume, at: desk)
    if json { Terminal.write(Self.json(verdict) + "\n") }
    if verdict.state != .passed, !desk.hasLeft { throw ExitCode(1) }
  }

  private func checkCombination() throws(UsageError) {
    let modes = [("--auto", auto), ("--list", list), ("--lint", lint), ("--step", step != nil)]
      .filter(\.1).map(\.0)
    guard modes.count < 2 else {
      throw UsageError("\(modes[0]) and \(modes[1]) do not go together")
    }
    guard progress == nil || (!auto && !lint) else {
      throw UsageError("--progress does not go together with \(auto ? "--auto" : "--lint")")
    }
  }

  // MARK: Which lesson

  private func shelf() throws -> LessonShelf {
    if let name, name.contains("/") || name.hasSuffix(".md") { return try LessonShelf(at: name) }
    return try LessonShelf()
  }

  private func chosen(from shelf: LessonShelf) throws -> LessonShelf.Volume {
    if shelf.volumes.count == 1, name?.contains("/") == true { return shelf.volumes[0] }
    if let name { return try shelf.volume(named: name) }
    let open = try shelf.volumes.first { try verdict(of: $0).state != .passed }
    guard let volume = open ?? shelf.volumes.first else { throw InputProblem("there is no lesson") }
    return volume
  }

  /// How far the learner is in a lesson, found out by typing again what was typed.
  private func verdict(of volume: LessonShelf.Volume) throws -> LessonVerdict {
    let player = LessonPlayer(volume.lesson, options: LessonDesk.options)
    let file = try ProgressFile(progress, for: volume.lesson)
    try player.replay(file.progress.effectiveEntries)
    return player.verdict
  }

  // MARK: Playing

  private func play(
    _ volume: LessonShelf.Volume,
    at desk: LessonDesk
  ) throws -> LessonVerdict {
    if auto { return try desk.playByItself() }
    if let step {
      let number = try number(step, "--step", 1...volume.lesson.steps.count)
      // A look at a step does not move the place, unless a file is named for it.
      let file = try progress.map { try ProgressFile($0, for: volume.lesson) }
      return try desk.playByHand(file, fromStep: number)
    }
    let file = try ProgressFile(progress, for: volume.lesson)
    return try desk.playByHand(file, fromStep: nil)
  }

  private func number(
    _ text: String,
    _ option: String,
    _ range: ClosedRange<Int>
  ) throws(UsageError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "\(option) must be a whole number from \(range.lowerBound) to \(range.upperBound),"
          + " not \"\(text)\""
      )
    }
    return number
  }

  // MARK: Lists and proofs

  private func show(_ shelf: LessonShelf, on terminal: Terminal) throws {
    let verdicts = try shelf.volumes.map { try verdict(of: $0) }
    guard !json else {
      var object = JSONObject()
      let lessons = zip(shelf.volumes, verdicts).map { volume, verdict in
        var entry = JSONObject()
        entry.add("lesson", volume.lesson.name)
        entry.add("title", volume.lesson.front.title)
        entry.add("minutes", volume.lesson.front.minutes)
        entry.add("steps", verdict.steps.count)
        entry.add("passed", verdict.passedSteps)
        entry.add("state", verdict.state.rawValue)
        return entry.text
      }
      object.add("lessons", json: "[" + lessons.joined(separator: ",") + "]")
      Terminal.write(object.text + "\n")
      return
    }
    let page = LessonPage(width: terminal.width, style: terminal.style)
    let entries = zip(shelf.volumes.map(\.lesson), verdicts).map { ($0, $1) }
    Terminal.write(page.list(entries).joined(separator: "\n") + "\n")
  }

  private func prove(_ shelf: LessonShelf, on terminal: Terminal) throws {
    let volumes =
      try name.map { name in
        name.contains("/") || name.hasSuffix(".md")
          ? shelf.volumes : [try shelf.volume(named: name)]
      } ?? shelf.volumes
    var problems: [LessonProblem] = []
    for volume in volumes {
      let lint = LessonLint(volume.lesson, volume.transcripts, options: LessonDesk.options)
      let found = try lint.problems().all
      problems += found
      guard !json else { continue }
      if found.isEmpty {
        let page = LessonPage(width: terminal.width, style: terminal.style)
        let lines = page.proved(volume.lesson, transcripts: volume.transcripts)
        Terminal.write(lines.joined(separator: "\n") + "\n")
      }
    }
    if json {
      var object = JSONObject()
      object.add("lessons", volumes.count)
      object.add("problems", problems.map(\.description))
      Terminal.write(object.text + "\n")
    } else {
      for problem in problems { Terminal.write(problem.description + "\n") }
    }
    if !problems.isEmpty { throw ExitCode(1) }
  }

  private static func json(_ verdict: LessonVerdict) -> String {
    var object = JSONObject()
    object.add("lesson", verdict.lesson)
    object.add("steps", verdict.steps.count)
    object.add("passed", verdict.passedSteps)
    object.add(
      "predictions",
      ["made": verdict.predictionsMade, "right": verdict.predictionsRight]
    )
    object.add("hints", verdict.hints)
    return object.text
  }
}
