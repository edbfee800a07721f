import JobGraphs
import SimulationKernel

/// What is told of a run once it is over: the verdict, the figures, how it recovered, first rows.
package struct RunReport: PictureComponent {
  /// The last picture of the run.
  package let picture: RunPicture
  /// What is known besides.
  package let outcome: RunOutcome

  /// Makes the report of a run from its last picture and its outcome.
  package init(picture: RunPicture, outcome: RunOutcome) {
    self.picture = picture
    self.outcome = outcome
  }

  /// The report as lines of text.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds; at least 60.
  ///   - style: With which characters, and whether in colour.
  /// - Returns: The lines, from the top.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    let width = max(60, width)
    var lines = verdict(width: width, style) + figures(style)
    for story in picture.stories {
      lines.append(TextLine())
      lines += table(of: story, width: width, style)
      lines += readAgain(in: story, width: width, style)
    }
    lines += rows(width: width, style)
    return lines.map { $0.fitted(to: width, style) }
  }

  private func verdict(width: Int, _ style: TextStyle) -> [TextLine] {
    let ink: Ink = outcome.isSuccess ? .running : .failed
    var line = TextLine(" ")
    line.add("\(style(outcome.isSuccess ? .finished : .failed)) \(outcome.state)", ink)
    line.add("  ")
    line.add(ReportPhrase.verdict(job: picture.graph.name, picture.now))
    guard !outcome.isSuccess, let reason = picture.reason else { return [line] }
    var second = TextLine("   ")
    second.add(ReportPhrase.because(reason), .failed)
    return [line] + second.wrapped(to: width, indent: 3)
  }

  private func figures(_ style: TextStyle) -> [TextLine] {
    let ledger = picture.checkpoints
    let counts = ReportPhrase.checkpointCounts(completed: ledger.completed, failed: ledger.failed)
    var lines = [
      figure(.recordsIn, Quantity.grouped(outcome.recordsIn), style, note: .eachOnce),
      figure(.rowsCommitted, Quantity.grouped(outcome.recordsOut), style),
      figure(.restarts, Quantity.grouped(picture.restarts), style),
      figure(.checkpoints, counts.english, style),
    ]
    if let digest = outcome.digest { lines.append(figure(.digest, digest, style)) }
    return lines
  }

  private func figure(
    _ name: ReportPhrase,
    _ value: String,
    _ style: TextStyle,
    note: ReportPhrase? = nil
  ) -> TextLine {
    var line = TextLine("   ")
    line.add(name.english, columns: 16, style, .faint)
    line.add(value)
    if let note {
      line.add("  ")
      line.add(note, .faint)
    }
    return line
  }

  private func table(of story: RecoveryStory, width: Int, _ style: TextStyle) -> [TextLine] {
    var lines = [TextLine(" " + ReportPhrase.recovery(story).english, .strong)]
    let times = story.steps.map { "+" + Quantity.span($0.at - story.began) }
    let columns = max(11, times.map(\.utf8.count).max() ?? 0)
    for (index, (_, step)) in story.steps.enumerated() {
      // The title says it.
      if index == 0, case .killed = step { continue }
      var phrase = phrase(step)
      if case .redeployedInVain = step, index > 0, story.steps[index - 1].step == step {
        phrase = .inVainAgain
      }
      var line = TextLine(" ")
      line.add(times[index], columns: columns, style, .faint, alignsRight: true)
      line.add("  ")
      line.add("\(style(phrase.look.mark)) ", phrase.look.ink)
      line.add(phrase)
      lines += line.wrapped(to: width, indent: columns + 5)
    }
    return lines
  }

  private func readAgain(
    in story: RecoveryStory,
    width: Int,
    _ style: TextStyle
  ) -> [TextLine] {
    guard !story.readAgain.isEmpty else { return [] }
    var lines = [TextLine(" " + ReportPhrase.readAgain(story.checkpoint).english, .strong)]
    for stretch in story.readAgain {
      var line = TextLine("   ")
      line.add(picture.graph.taskName(of: stretch.subtask), .faint)
      line.add("  ")
      line.add(ReportPhrase.readAgainLane(from: stretch.from, to: stretch.to))
      lines += line.wrapped(to: width, indent: 5)
    }
    let summary = total(of: story)
    return lines
      + TextLine("   " + summary.english, .faint).wrapped(to: width, indent: 3)
  }

  private func total(of story: RecoveryStory) -> ReportPhrase {
    let total = story.readAgain.reduce(0) { $0 + $1.to - $1.from }
    if picture.isBatch { return .readAgainTotal(total, .onceInBatch) }
    return .readAgainTotal(total, picture.graph.countsOnce ? .once : .perhapsTwice)
  }

  private func phrase(_ step: RecoveryStory.Step) -> RecoveryPhrase {
    if picture.isBatch, case .redeployed = step { return .repeatedInBatch }
    return .step(step)
  }

  /// The report in sentences.
  package func describe() -> [String] {
    var texts = [ReportPhrase.verdict(job: picture.graph.name, picture.now).english]
      .map { Wording.sentence("\(outcome.state): \($0)") }
    if !outcome.isSuccess, let reason = picture.reason { texts.append(Wording.sentence(reason)) }
    let ledger = picture.checkpoints
    let counts = ReportPhrase.checkpointCounts(completed: ledger.completed, failed: ledger.failed)
    let figures: [(ReportPhrase, String)] = [
      (.recordsIn, Quantity.grouped(outcome.recordsIn)),
      (.rowsCommitted, Quantity.grouped(outcome.recordsOut)),
      (.restarts, Quantity.grouped(picture.restarts)), (.checkpoints, counts.english),
    ]
    texts += figures.map { Wording.sentence("\($0.english): \($1)") }
    if let digest = outcome.digest {
      texts.append(Wording.sentence("\(ReportPhrase.digest.english): \(digest)"))
    }
    for story in picture.stories {
      texts.append(ReportPhrase.recovery(story).english + ".")
      texts += story.steps.map {
        ReportPhrase.stepLater($0.at - story.began, phrase($0.step)).english
      }
      guard !story.readAgain.isEmpty else { continue }
      texts.append(Wording.sentence(ReportPhrase.readAgain(story.checkpoint).english))
      texts += story.readAgain.map {
        let stretch = ReportPhrase.readAgainLane(from: $0.from, to: $0.to)
        return "\(picture.graph.taskName(of: $0.subtask)) \(stretch.english)."
      }
      texts.append(Wording.sentence(total(of: story).english))
    }
    guard !outcome.firstRows.isEmpty else { return texts }
    let title = ReportPhrase.firstRows(outcome.firstRows.count, of: outcome.recordsOut)
    let table = (outcome.header.isEmpty ? [] : [outcome.header]) + outcome.firstRows
    return texts + [Wording.sentence(title.english)] + table.map { $0.joined(separator: ", ") }
  }

  private func rows(width: Int, _ style: TextStyle) -> [TextLine] {
    guard !outcome.firstRows.isEmpty else { return [] }
    let title = ReportPhrase.firstRows(outcome.firstRows.count, of: outcome.recordsOut)
    let table = (outcome.header.isEmpty ? [] : [outcome.header]) + outcome.firstRows
    let columns = table.map(\.count).max() ?? 0
    let wanted = (0..<columns).map { column in
      table.map { $0.indices.contains(column) ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    let numeric = (0..<columns).map { column in
      outcome.firstRows.allSatisfy { $0.indices.contains(column) && Double($0[column]) != nil }
    }
    let widths = TextTable.fitted(wanted, numeric: numeric, width: width)
    let body = table.enumerated().map { row, cells in
      var line = TextLine("   ")
      for (column, cell) in cells.enumerated() {
        let ink: Ink = row == 0 && !outcome.header.isEmpty ? .faint : .plain
        line.add(cell, columns: widths[column], style, ink, alignsRight: numeric[column])
        line.add("  ")
      }
      return line
    }
    return [TextLine(), TextLine(" " + title.english, .strong)] + body
  }
}
