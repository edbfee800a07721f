extension RecoveryPicture {
  /// An axis of offsets for each source, the state of the keys, and what it amounts to.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    let width = max(60, width)
    let names = sources.map(\.task) + [RecoveryLegend.source.english]
    let label = min(width * 2 / 5, names.map { DisplayWidth.of($0) }.max() ?? 0)
    let columns = width - label - 5
    let whole = sources.map { max($0.furthest, $0.now ?? 0) }.max() ?? 0
    var lines = TextLine(" " + RecoveryLegend.title(checkpoint).english, .strong)
      .wrapped(to: width, indent: 3)
    var isToScale = true
    for source in sources {
      let axis = OffsetAxis(source, whole: whole, columns: columns)
      isToScale = isToScale && axis.isToScale
      var line = TextLine("   ")
      line.add(source.name(fitting: label, style), columns: label, style)
      line.add("  ")
      var numbers = TextLine(String(repeating: " ", count: line.width))
      line.add(axis.drawing(style))
      numbers.add(axis.numbers(source, columns: columns))
      lines += [line, numbers]
    }
    lines += legend(isToScale: isToScale, width: width, style)
    if !readings.isEmpty { lines += [TextLine()] + table(style, width: width) }
    lines.append(TextLine())
    return lines + TextLine(" " + closing.english + ".", .plain).wrapped(to: width, indent: 1)
  }

  /// What it amounts to.
  var closing: RecoveryLegend {
    .total(readTwice, isRestored: isRestored, countsOnce: countsOnce)
  }

  private func legend(isToScale: Bool, width: Int, _ style: TextStyle) -> [TextLine] {
    var signs: [(Mark, Ink, RecoveryLegend)] = [(.readOnce, .running, .readOnce)]
    if !isToScale { signs.append((.skipped, .faint, .skipped)) }
    signs.append((.saved, .checkpoint, .checkpointOffset(checkpoint)))
    if readTwice > 0 {
      signs.append((.readTwice, .waiting, isRestored ? .readTwice : .toBeReadTwice))
      signs.append((.failed, .failed, .failure))
    }
    if sources.contains(where: { ($0.now ?? 0) > $0.checkpoint }) {
      signs.append((.running, .running, .now))
    }
    var lines = [TextLine("  ")]
    for (mark, ink, phrase) in signs {
      var entry = TextLine(" " + style(mark), ink)
      entry.add(" ")
      entry.add(phrase, .faint)
      if lines[lines.count - 1].width + 2 + entry.width > width { lines.append(TextLine("  ")) }
      if lines[lines.count - 1].width > 2 { lines[lines.count - 1].add("  ") }
      lines[lines.count - 1].add(entry)
    }
    return lines
  }

  /// The values of the keys at the three moments, with arrows between them.
  private func table(_ style: TextStyle, width: Int) -> [TextLine] {
    let headings: [RecoveryLegend] = [.key, .atFailure, .inCheckpoint(checkpoint), .now]
    let texts = readings.map { reading in
      [reading.key]
        + [reading.atFailure, reading.inCheckpoint, reading.now].map {
          $0.map { Quantity.grouped($0) } ?? RecoveryLegend.noValue.english
        }
    }
    let table = [headings.map(\.english)] + texts
    let widest = (0..<4).map { column in
      table.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    // The key makes room for the values and the arrows.
    let values = widest.dropFirst().reduce(3 + 2 + 6 + 6, +)
    let widths = [min(widest[0], max(6, width - values))] + widest.dropFirst()
    var lines = [TextLine(" " + RecoveryLegend.stateTitle.english, .strong)]
    for (row, cells) in table.enumerated() {
      var line = TextLine("   ")
      for column in 0..<4 {
        let ink: Ink = row == 0 ? .faint : column == 2 ? .checkpoint : .plain
        let text = TextLine(cells[column], ink).fitted(to: widths[column], style)
        let room = widths[column] - text.width + (column > 0 ? 2 : 0) + (column > 1 ? 4 : 0)
        if column > 1, row > 0 {
          // The arrow reaches as far as the value lets it.
          let stem = String(repeating: style(.horizontal), count: room - 3)
          line.add(" \(stem)\(style(.to)) ", .faint)
        } else if column > 0 {
          line.pad(to: line.width + room)
        }
        line.add(text)
        if column == 0 { line.pad(to: line.width + room) }
      }
      lines.append(line)
    }
    return lines
  }

  /// The recovery in sentences.
  package func describe() -> [String] {
    let title = Wording.sentence(RecoveryLegend.title(checkpoint).english)
    return [title] + sources.map { RecoveryLegend.stretch($0, isRestored: isRestored).english }
      + readings.map { RecoveryLegend.reading($0, checkpoint).english }
      + [Wording.sentence(closing.english)]
  }
}

extension RecoveryPicture.Source {
  /// The task's name in that many columns: where it is cut, its lane's number stays.
  fileprivate func name(fitting columns: Int, _ style: TextStyle) -> String {
    guard DisplayWidth.of(task) > columns, let split = task.lastIndex(of: "(") else { return task }
    let lane = task[split...]
    let room = columns - DisplayWidth.of(lane) - 2
    guard room > 0 else { return task }
    return DisplayWidth.prefix(of: task, columns: room) + style(.ellipsis) + " " + lane
  }
}
