import StreamModel

extension SlotBoard {
  /// The vertices with a letter each, the TaskManagers side by side, and why so many slots.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    let width = max(60, width)
    var lines = vertices.indices.map { key(ofVertex: $0, width: width, style) }
    lines.append(TextLine())
    lines += boxes(width: width, style)
    for phrase in explanations {
      lines += TextLine(" " + phrase.english, .faint).wrapped(to: width, indent: 1)
    }
    return lines
  }

  /// The letter of a vertex: A, B, C, and numbers where there are no more letters.
  static func letter(ofVertex vertex: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return letters.indices.contains(vertex) ? String(letters[vertex]) : "\(vertex + 1)."
  }

  /// What is said below the TaskManagers.
  var explanations: [SlotPhrase] {
    var phrases: [SlotPhrase] = [.needed(groups)]
    if laneCount > slotsNeeded { phrases.append(.withoutSharing(laneCount)) }
    let free = taskManagers.reduce(0) { $0 + ($1.isGone ? 0 : $1.freeCount) }
    if free > 0 { phrases.append(.free(free)) }
    if slotsMissing > 0 { phrases.append(.missing(slotsMissing)) }
    return phrases
  }

  private func key(ofVertex index: Int, width: Int, _ style: TextStyle) -> TextLine {
    let vertex = vertices[index]
    var line = TextLine(" ")
    line.add(Self.letter(ofVertex: index), .checkpoint)
    line.add("  ")
    var note = SlotPhrase.lanes(vertex.parallelism).english
    if groups.count > 1 { note += ", " + SlotPhrase.group(vertex.group).english }
    let room = width - line.width - 3 - DisplayWidth.of(note)
    let names = vertices.map { DisplayWidth.of($0.name) }.max() ?? 0
    line.add(vertex.name, columns: min(room, names), style, .strong)
    line.add("   ")
    line.add(note, .faint)
    return line
  }

  private func boxes(width: Int, _ style: TextStyle) -> [TextLine] {
    let contents = taskManagers.map { taskManager in
      taskManager.slots.map { line(of: $0, isLost: taskManager.condition == .lost, style) }
    }
    let titles = taskManagers.map { title(of: $0, style) }
    let widest =
      zip(titles, contents).map { title, lines in
        max(title.width + 2, lines.map(\.width).max() ?? 0)
      }.max() ?? 0
    let boxWidth = min(width - 2, widest + 4)
    let perRow = max(1, (width - 1) / (boxWidth + 1))
    let frame = Frame(width: boxWidth, style: style)
    var lines: [TextLine] = []
    for start in stride(from: 0, to: taskManagers.count, by: perRow) {
      let row = start..<min(taskManagers.count, start + perRow)
      let height = row.map { contents[$0].count }.max() ?? 0
      let columns = row.map { index -> [TextLine] in
        let filled =
          contents[index] + Array(repeating: TextLine(), count: height - contents[index].count)
        return [frame.top(titles[index])] + filled.map(frame.row) + [frame.bottom]
      }
      for line in 0..<(height + 2) {
        var joined = TextLine()
        for column in columns {
          joined.add(" ")
          joined.add(column[line])
        }
        lines.append(joined)
      }
    }
    return lines
  }

  private func title(of taskManager: TaskManager, _ style: TextStyle) -> TextLine {
    let look: (mark: Mark, ink: Ink, note: SlotPhrase?) =
      switch taskManager.condition {
      case .alive where taskManager.isSpare: (.waiting, .plain, .spare)
      case .alive: (.running, .running, nil)
      case .paused: (.paused, .waiting, .condition(.paused))
      case .dead: (.failed, .failed, .condition(.dead))
      case .lost: (.failed, .failed, .condition(.lost))
      }
    var line = TextLine("\(style(look.mark)) \(taskManager.name)", look.ink)
    if let note = look.note {
      line.add(" ")
      line.add(note, look.ink == .plain ? .faint : look.ink)
    }
    return line
  }

  private func line(of slot: Slot, isLost: Bool, _ style: TextStyle) -> TextLine {
    var line = TextLine("\(style(slot.isTaken ? .slotTaken : .slotFree)) ", .faint)
    line.add(SlotPhrase.slot(slot.number), .faint)
    line.add("  ")
    if slot.lanes.isEmpty {
      line.add(isLost ? SlotPhrase.gone : slot.isTaken ? .reserved : .empty, .faint)
    }
    for (index, lane) in slot.lanes.enumerated() {
      if index > 0 { line.add(" ") }
      line.add(Self.letter(ofVertex: lane.vertex), .checkpoint)
      line.add("\(lane.index + 1)")
    }
    return line
  }

  /// The board in sentences.
  package func describe() -> [String] {
    let keys = vertices.enumerated().map { index, vertex in
      SlotPhrase.vertex(vertex, letter: Self.letter(ofVertex: index), hasGroups: groups.count > 1)
    }
    let board = taskManagers.flatMap { taskManager -> [SlotPhrase] in
      guard taskManager.condition != .lost else { return [.taskManager(taskManager)] }
      return [.taskManager(taskManager)]
        + taskManager.slots.map { slot in
          .seats(
            slot,
            taskManager: taskManager.name,
            lanes: slot.lanes.map { "\(vertices[$0.vertex].name) \($0.index + 1)" }
          )
        }
    }
    return keys.map(\.english) + board.map(\.english) + explanations.map(\.english)
  }
}
