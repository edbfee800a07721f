/// What a picture of marbles explains below itself: signs, and brackets made of several of them.
enum MarbleLegend: Sendable, Equatable {
  /// One sign.
  case sign(Sign)
  /// The watermark of several inputs together.
  case watermarkOfAll
  /// A window by time whose line is drawn with a sign.
  case window(Sign)
  /// A window by count, or of everything.
  case run(isCleared: Bool)

  /// What is drawn for some steps, without the windows.
  static func entries(for steps: [MarbleStep], inputs: Int) -> [MarbleLegend] {
    var signs: [Sign] = Marbles.Lateness.allCases.filter { lateness in
      steps.contains { $0.record?.lateness == lateness }
    }
    .map(\.sign)
    if steps.contains(where: { $0.isWatermark || $0.clock != nil }) { signs.append(.watermark) }
    for step in steps {
      let sign: Sign? =
        switch step.cause {
        case .inputWatermark: .inputWatermark
        case .idle: .idleInput
        case .active: .activeInput
        case .record, .watermark: nil
        }
      if let sign, !signs.contains(sign) { signs.append(sign) }
    }
    return signs.map { $0 == .watermark && inputs > 1 ? .watermarkOfAll : .sign($0) }
  }

  /// Each entry with its meaning, in as many lines as the width asks for.
  static func lines(_ entries: [MarbleLegend], width: Int, _ style: TextStyle) -> [TextLine] {
    var lines: [TextLine] = []
    for entry in entries {
      var text = entry.drawing(style)
      text.add(" ")
      text.add(MarblePhrase.meaning(entry), .faint)
      if let last = lines.last, last.width + 3 + text.width <= width {
        lines[lines.count - 1].add("   ")
      } else {
        lines.append(TextLine(" "))
      }
      lines[lines.count - 1].add(text)
    }
    return lines
  }

  private func drawing(_ style: TextStyle) -> TextLine {
    let signs: [Sign] =
      switch self {
      case .sign(let sign): [sign]
      case .watermarkOfAll: [.watermark]
      case .window(let line): [.opening, line, .closing]
      case .run(let isCleared): [.member, isCleared ? .cleared : .held, .member]
      }
    var text = TextLine()
    for sign in signs { text.add(style(sign), sign.ink) }
    return text
  }
}
