import SimulationKernel

extension RunStrip {
  /// The strip, its scale and its legend: always the same number of lines for a width.
  func drawing(
    width: Int,
    upTo now: VirtualInstant,
    style: TextStyle,
    withLegend: Bool
  ) -> [TextLine] {
    let count = width - 2
    let length = Self.cellLength(for: now, cells: count)
    var strip = TextLine(" ")
    for cell in cells(count: count, length: length, upTo: now) {
      if let phrase = cell.phrase {
        strip.add(style(phrase.mark), phrase.ink)
      } else {
        strip.add(" ")
      }
    }
    return [strip, scale(count: count, length: length)]
      + (withLegend ? Self.legend(width: width, style: style) : [])
  }

  /// The times under the strip, one at each tenth cell.
  private func scale(count: Int, length: VirtualDuration) -> TextLine {
    var line = TextLine(" ")
    for tick in stride(from: 0, to: count, by: 10) {
      let text = (length * Int64(tick)).description
      guard line.width <= tick + 1, tick + text.utf8.count <= count else { continue }
      line.pad(to: tick + 1)
      line.add(text, .faint)
    }
    return line
  }

  /// Each mark with its meaning, in as many lines as the width asks for.
  static func legend(width: Int, style: TextStyle) -> [TextLine] {
    var lines = [TextLine(" ")]
    for phrase in StripPhrase.allCases {
      var entry = TextLine(style(phrase.mark), phrase.ink)
      entry.add(" ")
      entry.add(phrase, .faint)
      let current = lines[lines.count - 1].width
      if current > 1, current + 3 + entry.width > width { lines.append(TextLine(" ")) }
      if lines[lines.count - 1].width > 1 { lines[lines.count - 1].add("   ") }
      lines[lines.count - 1].add(entry)
    }
    return lines
  }
}
