import JobGraphs

extension RunPicture {
  /// The name, the state and the time; below them what the state means, and the figures.
  func title(width: Int, _ style: TextStyle) -> [TextLine] {
    var first = TextLine(" ")
    first.add(graph.name, .strong)
    if let jobState {
      let ink = jobState == .running && !isProcessing ? .waiting : jobState.ink
      first.add("  ")
      first.add(
        style(isProcessing ? .running : jobState == .running ? .waiting : jobState.mark),
        ink
      )
      first.add(" " + jobState.rawValue, ink)
    }
    if isBatch {
      first.add("  ")
      first.add(RunPhrase.inBatch, .faint)
    }
    var second = TextLine("   ")
    second.add(status, .faint)
    let isNarrow = width < 76
    let figures = TextLine(
      isNarrow
        ? RunPhrase.shortFigures(restarts: restarts, rows: rowsCommitted)
        : .figures(restarts: restarts, rows: rowsCommitted)
    )
    let room = width - figures.width - 4
    second = second.fitted(to: room, style)
    let time = TextLine(isNarrow ? RunPhrase.shortTime(now) : .virtualTime(now))
    first = first.fitted(to: width - time.width - 4, style)
    first.addRight(time, endingAt: width - 1)
    second.addRight(figures, endingAt: width - 1)
    return [first, second]
  }

  /// What the job does, in a sentence.
  var status: RunPhrase {
    switch jobState {
    case nil: return .notSubmitted
    case .finished: return .everyTaskFinished
    case .canceled: return .canceled
    case .failed, .failing: return .endedBecause(reason ?? "")
    case .cancelling: return .beingTakenDown
    case .restarting:
      return restartDue.map { .restartsAt($0) } ?? .beingTakenDown
    case .initializing, .created, .running: break
    }
    let unnoticed = taskManagers.filter { taskManager in
      taskManager.condition == .dead && lanes.contains { $0.taskManager == taskManager.name }
    }
    let isAtWork =
      isBatch ? lanes.contains { $0.state == .running } : lanes.allSatisfy(\.isAtWork)
    if isAtWork, !unnoticed.isEmpty { return .deadAndUnnoticed(unnoticed.map(\.name)) }
    if lanes.allSatisfy({ $0.state == .running }) { return .everyTaskRuns }
    if !isProcessing, let missingSlots {
      return .waitsForSlots(needed: missingSlots.needed, available: missingSlots.available)
    }
    return .tasksNotRunning(
      ExecutionState.allCases.map { state in (state, lanes.count { $0.state == state }) }
        .filter { $0.count > 0 }
    )
  }

  /// Who runs tasks, who died, who is spare: one line.
  func taskManagerLines(width: Int, _ style: TextStyle) -> [TextLine] {
    var line = TextLine(" ")
    line.add(RunPhrase.taskManagers, .faint)
    line.add("  ")
    if taskManagers.isEmpty { line.add(RunPhrase.none, .faint) }
    for (index, taskManager) in taskManagers.enumerated() {
      let entry = light(taskManager, style, isNarrow: width < 76)
      let rest = TextLine(RunPhrase.more(taskManagers.count - index), .faint)
      let isLast = index == taskManagers.count - 1
      guard line.width + entry.width + (isLast ? 0 : 3 + rest.width) <= width - 1 else {
        line.add(rest)
        break
      }
      line.add(entry)
      if !isLast { line.add("   ") }
    }
    return [line]
  }

  private func light(
    _ taskManager: TaskManagerLight,
    _ style: TextStyle,
    isNarrow: Bool
  ) -> TextLine {
    let isUsed = lanes.contains { $0.taskManager == taskManager.name && !$0.state.isTerminal }
    var mark = isUsed ? Mark.running : .waiting
    var ink = isUsed ? Ink.running : .plain
    let isSpare = !isUsed && taskManager.slotsHeld.isEmpty && !isNarrow
    var note: RunPhrase? = isSpare ? .spare : nil
    switch taskManager.condition {
    case .alive: break
    case .paused: (mark, ink, note) = (.paused, .waiting, .paused)
    case .dead: (mark, ink, note) = (.failed, .failed, .dead)
    case .lost: (mark, ink, note) = (.failed, .failed, .lost)
    }
    var line = TextLine("\(style(mark)) \(taskManager.name)", ink)
    if let note { line.add(" " + note.english, ink == .plain ? .faint : ink) }
    guard taskManager.condition != .lost else { return line }
    line.add(" ")
    for slot in 0..<min(taskManager.slots, 8) {
      line.add(style(taskManager.slotsHeld.contains(slot) ? .slotTaken : .slotFree), .faint)
    }
    if taskManager.slots > 8 { line.add(style(.ellipsis), .faint) }
    return line
  }

  /// The checkpoint under way, and the one that a recovery starts from.
  func checkpointLines(width: Int, _ style: TextStyle) -> [TextLine] {
    guard !isBatch else {
      let phrase = jobState?.isTerminal == true ? RunPhrase.nothingToRecover : .recoveryByStage
      return [
        TextLine(" " + RunPhrase.stages.english, .faint), TextLine(" " + phrase.english, .faint),
      ]
    }
    guard graph.settings.checkpoints != nil || checkpoints.latest != nil else {
      return [
        TextLine(" " + RunPhrase.checkpointsOff.english, .faint),
        TextLine(" " + RunPhrase.recoveryImpossible.english, .faint),
      ]
    }
    var first = TextLine(" ")
    if let trail = checkpoints.current {
      let phrase = RunPhrase.checkpointUnderWay(trail, tasks: lanes.count)
      first.add("\(style(.barrier)) \(phrase.english)", .checkpoint)
    } else {
      first.add("\(style(.idle)) \(RunPhrase.noCheckpointUnderWay.english)", .faint)
    }
    let (completed, failed) = (checkpoints.completed, checkpoints.failed)
    let counts: RunPhrase =
      width < 76
      ? .shortCheckpointCounts(completed: completed, failed: failed)
      : .checkpointCounts(completed: completed, failed: failed)
    first.addRight(TextLine(counts), endingAt: width - 1)
    var second = TextLine(" ")
    if jobState?.isTerminal == true {
      second.add("\(style(.idle)) \(RunPhrase.nothingToRecover.english)", .faint)
    } else if let latest = checkpoints.latest {
      second.add("\(style(.saved)) \(RunPhrase.recoveryStartsFrom(latest).english)", .checkpoint)
    } else {
      second.add("\(style(.idle)) \(RunPhrase.recoveryStartsAfresh.english)", .faint)
    }
    return [first, second]
  }

  /// What happened lately, the latest last.
  func newsLines(count: Int, width: Int, _ style: TextStyle) -> [TextLine] {
    let items = news.items.suffix(count)
    let moments = items.map { Quantity.moment($0.at).utf8.count }.max() ?? 0
    var lines = items.map { item in
      var line = TextLine(" ")
      line.add(
        Quantity.moment(item.at),
        columns: max(9, moments),
        style,
        .faint,
        alignsRight: true
      )
      line.add("  ")
      line.add(item.phrase, item.ink)
      return line.fitted(to: width, style)
    }
    while lines.count < count { lines.append(TextLine()) }
    return lines
  }
}
