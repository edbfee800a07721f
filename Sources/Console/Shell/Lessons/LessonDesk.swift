import SessionViews
import Lessons
import Rendering
import Sandbox
import SimulationKernel

/// Where a lesson is played: what it says is written, what is typed is read.
final class LessonDesk {
  /// Whether the learner left by himself, which is no failure.
  private(set) var hasLeft = false

  private let volume: LessonShelf.Volume
  private var terminal: Terminal
  private let speed: Int
  private let isQuiet: Bool
  private let player: LessonPlayer
  private var drawnLines = 0
  /// What was typed where a page was to be turned.
  private var typedAhead: String?
  private var clock = WallClock()
  private var clockStart = VirtualInstant.zero

  /// What the sessions of lessons are made of.
  static var options: SandboxOptions {
    SandboxOptions(catalogue: BundledPrograms.catalogue, inputs: DatasetLibrary())
  }

  /// Sets a lesson out.
  ///
  /// - Parameters:
  ///   - volume: The lesson.
  ///   - terminal: Where it is seen.
  ///   - speed: How much faster than the wall clock virtual time passes while it is watched.
  ///   - isQuiet: Whether nothing is written.
  init(_ volume: LessonShelf.Volume, terminal: Terminal, speed: Int, isQuiet: Bool) {
    self.volume = volume
    self.terminal = terminal
    self.speed = speed
    self.isQuiet = isQuiet
    player = LessonPlayer(volume.lesson, options: Self.options)
  }

  // MARK: By itself

  /// Plays the right transcript to its end.
  ///
  /// - Throws: ``InputProblem`` when the lesson has none.
  func playByItself() throws -> LessonVerdict {
    guard let transcript = volume.leading else {
      throw InputProblem("\(volume.lesson.file): the lesson has no right transcript to play")
    }
    write(try player.begin())
    for line in transcript.lines {
      writeTyped(line.text)
      write(try player.enter(line.text))
    }
    return player.verdict
  }

  // MARK: By hand

  /// Lets a learner play, from where the progress says or from a step.
  ///
  /// - Throws: ``InputProblem`` when the place cannot be kept.
  func playByHand(_ file: ProgressFile?, fromStep step: Int?) throws -> LessonVerdict {
    if !Terminal.hasTypist, step == nil {
      typedAhead = terminal.readLine()
      // Nobody is there who could type, and nothing was handed over to be read.
      if typedAhead == nil { return try playByItself() }
    }
    try file?.prepare()
    if let step {
      try jump(to: step, file)
    } else if file?.isEmpty ?? true {
      write(try player.begin())
    } else if let file {
      try resume(file)
    }
    player.onFrame = { [unowned self] player in self.watch(player) }
    if terminal.isInteractive {
      Terminal.sayWhenInterrupted(page(terminal).interrupted)
    }
    while !player.hasLeft {
      prompt()
      guard let line = nextLine() else {
        hasLeft = terminal.isInteractive
        if hasLeft { write(try player.enter(LessonVerb.quit.rawValue), to: terminal.refreshed) }
        break
      }
      try take(line, file)
    }
    if player.hasLeft { hasLeft = true }
    return player.verdict
  }

  private func nextLine() -> String? {
    guard let line = typedAhead else { return terminal.readLine() }
    typedAhead = nil
    if terminal.isInteractive { Terminal.write(line + "\n") }
    return line
  }

  /// Takes a line that was typed and keeps it.
  private func take(_ line: String, _ file: ProgressFile?) throws {
    let before = player.typed
    beginWatching()
    let events = try player.enter(line)
    let after = player.typed
    if after.count == before.count + 1, let last = after.last {
      try file?.append(.entered(last.text, step: last.step))
    } else if after.count < before.count {
      try file?.append(.reset(player.step.number))
    }
    endWatching()
    write(events, to: terminal.refreshed)
  }

  /// Types again what was typed, and says where that has led to.
  private func resume(_ file: ProgressFile) throws {
    try player.replay(file.progress.effectiveEntries)
    let isOther = file.progress.header.contentHash != volume.lesson.contentHash
    let lines = page(terminal).resumed(player.verdict, lessonHasChanged: isOther)
    let again = try player.enter(LessonVerb.again.rawValue)
    turnPages([""] + lines + [""] + page(terminal).lines(of: again) + [""])
  }

  /// Plays what comes before a step; where there is a file, that becomes the learner's place.
  private func jump(to step: Int, _ file: ProgressFile?) throws {
    _ = try player.begin()
    if step > 1 {
      for line in volume.leading?.lines ?? [] where player.step.number < step {
        _ = try player.enter(line.text)
      }
    }
    if let file {
      try file.append(.reset(1))
      for entry in player.typed { try file.append(.entered(entry.text, step: entry.step)) }
    }
    write(try player.enter(LessonVerb.again.rawValue))
  }

  // MARK: Writing

  private func page(_ terminal: Terminal) -> LessonPage {
    LessonPage(width: terminal.width, style: terminal.style)
  }

  private func write(_ events: [LessonEvent], to terminal: Terminal? = nil) {
    if let terminal { self.terminal = terminal }
    let events = events.map { event in
      if case .save(let file, let text) = event { save(text, to: file) } else { event }
    }
    guard !isQuiet else { return }
    let lines = page(self.terminal).lines(of: events)
    if !lines.isEmpty { turnPages([""] + lines + [""]) }
  }

  /// Writes lines; on a terminal no more at a time than it has room for.
  private func turnPages(_ lines: [String]) {
    var rest = lines[...]
    while let room = terminal.height.map({ max(8, $0 - 2) }), terminal.isInteractive,
      rest.count > room
    {
      // A page ends where a part of the text does, if one ends in its lower half.
      let page = rest.prefix(room)
      let end = page.lastIndex { $0.isEmpty }.flatMap { $0 - page.startIndex > room / 2 ? $0 : nil }
      let shown = page[..<(end ?? page.endIndex)]
      Terminal.write(shown.joined(separator: "\n") + "\n" + self.page(terminal).turnMark)
      guard let line = terminal.readLine() else { return Terminal.write("\n") }
      terminal = terminal.refreshed
      Terminal.eraseLineAbove()
      rest = rest[shown.endIndex...]
      // Who types something has read enough.
      if !line.isEmpty {
        typedAhead = line
        break
      }
    }
    Terminal.write(rest.joined(separator: "\n") + "\n")
  }

  private func save(_ text: String, to path: String) -> LessonEvent {
    do {
      let file = try OutputFile(path, columns: nil)
      try file.append(Array(text.utf8))
      try file.finish()
      return .saved(path)
    } catch {
      return .refused(error.description)
    }
  }

  private func prompt() {
    guard terminal.isInteractive else { return }
    Terminal.write(page(terminal).prompt)
  }

  private func writeTyped(_ line: String) {
    guard !isQuiet else { return }
    Terminal.write(page(terminal).prompt + line + "\n")
  }

  // MARK: Watching

  private func beginWatching() {
    clock = WallClock()
    clockStart = player.session.now
    drawnLines = 0
    player.session.frame = terminal.isInteractive ? .milliseconds(Int64(speed) * 50) : .seconds(1)
  }

  /// Draws the job while time passes, as fast as the learner wants to see it.
  private func watch(_ player: LessonPlayer) {
    guard terminal.isInteractive, let picture = player.view.pictures.last else { return }
    let passed = player.session.now - clockStart
    guard passed > .milliseconds(100) else { return }
    terminal = terminal.refreshed
    let lines = picture.lines(
      width: terminal.width,
      height: terminal.height.map { max(10, $0 - 2) },
      style: terminal.style
    ).rendered(width: terminal.width, terminal.style)
    terminal.redraw(lines, over: drawnLines)
    drawnLines = lines.count
    clock.wait(untilMilliseconds: Int(passed.milliseconds) / speed)
  }

  private func endWatching() {
    drawnLines = 0
  }
}
