import SimulationKernel
import StreamModel

extension CheckpointFilm {
  /// The stills with the barriers at their places, and below them what happened when.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    let width = max(60, width)
    var lines = TextLine(" " + title.english, .strong).wrapped(to: width, indent: 3)
    for still in stills {
      lines.append(TextLine())
      lines += drawing(of: still, width: width, style)
    }
    lines.append(TextLine())
    lines += list(width: width, style)
    return style.characters == .ascii ? lines.map { $0.replacing("µs", with: "us") } : lines
  }

  /// What the film is about, and how it ends.
  var title: FilmPhrase { .title(checkpoint, begun: begun, length, ending) }

  private func drawing(of still: Still, width: Int, _ style: TextStyle) -> [TextLine] {
    var title = TextLine(" +" + Quantity.fineSpan(still.at), .checkpoint)
    title.add("  ")
    title.add(FilmPhrase.occasion(still.occasion, ending), .plain)
    let names = still.vertices.map { DisplayWidth.of($0.name) }.max() ?? 0
    let label = min(names, width * 2 / 5)
    var lines = title.wrapped(to: width, indent: 3)
    for vertex in still.vertices {
      for input in vertex.inputs {
        let layout = TrackLayout(input, width: width - 10)
        for row in layout.drawing(input, checkpoint: checkpoint.description, style) {
          var line = TextLine("        ")
          line.add(row)
          lines.append(line)
        }
      }
      lines += gauges(of: vertex, label: label, width: width, style)
    }
    return lines
  }

  /// The lanes of a vertex with their gauges, in as many lines as they need.
  private func gauges(
    of vertex: Vertex,
    label: Int,
    width: Int,
    _ style: TextStyle
  ) -> [TextLine] {
    let digits = String(vertex.gauges.count).utf8.count
    var lines: [TextLine] = []
    for (index, gauge) in vertex.gauges.enumerated() {
      var piece = TextLine()
      piece.add("\(index + 1)", columns: digits, style, .faint, alignsRight: true)
      piece.add(" ")
      piece.add(gauge.drawing(columns: 6, style))
      if lines.last.map({ $0.width + 2 + piece.width > width }) ?? true {
        var line = TextLine("   ")
        line.add(lines.isEmpty ? vertex.name : "", columns: label, style, .strong)
        lines.append(line)
      }
      lines[lines.count - 1].add("  ")
      lines[lines.count - 1].add(piece)
    }
    return lines
  }

  /// What happened when.
  private func list(width: Int, _ style: TextStyle) -> [TextLine] {
    let moments = listed
    let times = moments.map { "+" + Quantity.fineSpan($0.at) }
    let columns = times.map { DisplayWidth.of($0) }.max() ?? 0
    var lines: [TextLine] = []
    for (time, moment) in zip(times, moments) {
      var line = TextLine(" ")
      line.add(time, columns: columns, style, .faint, alignsRight: true)
      line.add("  ")
      let look = FilmPhrase.look(of: moment.event)
      line.add(style(look.mark) + " ", look.ink)
      line.add(FilmPhrase.event(moment.event), .plain)
      lines += line.wrapped(to: width, indent: columns + 5)
    }
    return lines
  }

  /// The moments that stand in the list: where there are many, of a task's arrivals the first.
  private var listed: [Moment] {
    guard moments.count > 40 else { return moments }
    var seen: [String] = []
    return moments.filter { moment in
      guard case .arrived(let task, _, _, _, _) = moment.event else { return true }
      defer { seen.append(task) }
      return !seen.contains(task)
    }
  }

  /// The film in sentences: every moment, and how the checkpoint ended.
  package func describe() -> [String] {
    let told = moments.map { FilmPhrase.moment($0).english }
    let shown = stills.map { FilmPhrase.still($0, ending).english }
    return [Wording.sentence(title.english)] + told + shown
  }
}
