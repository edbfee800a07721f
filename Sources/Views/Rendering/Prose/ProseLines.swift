/// Breaks running text into lines.
///
/// `TextLine.wrapped` breaks at spaces and at the borders of its pieces, which is right for labels.
/// Prose needs more: a full stop stays with the code before it, and scripts without spaces break
/// between characters.
enum ProseLines {
  /// The widest piece of code that is kept on one line.
  private static let widestCode = 40

  /// Where a line cannot begin, and where it cannot end.
  private static let closing: Set<Character> = [
    "，", "。", "、", "；", "：", "！", "？", "）", "」", "』", "】", "》", "”", "’", "…", "ー",
    ",", ".", ";", ":", "!", "?", ")", "]",
  ]
  private static let opening: Set<Character> = [
    "（", "「", "『", "【", "《", "“", "‘", "(", "[",
  ]

  /// A character with its colour.
  private struct Glyph {
    let character: Character
    let ink: Ink
    let width: Int
    /// Whether a line may break at it: a space outside of short code.
    let isGap: Bool
  }

  /// The lines of running text, none wider than `columns`, which is two or more.
  static func of(_ spans: [Prose.Span], columns: Int, _ style: TextStyle) -> [TextLine] {
    var lines = [TextLine()]
    var gap: Glyph?
    var word: [Glyph] = []
    func place() {
      guard !word.isEmpty else { return }
      let width = word.reduce(0) { $0 + $1.width }
      let before = lines[lines.count - 1].width
      if before > 0, before + (gap?.width ?? 0) + width > columns {
        lines.append(TextLine())
      } else if before > 0, let gap {
        lines[lines.count - 1].add(" ", gap.ink)
      }
      for glyph in word {
        let used = lines[lines.count - 1].width
        if used > 0, used + glyph.width > columns { lines.append(TextLine()) }
        lines[lines.count - 1].add(String(glyph.character), glyph.ink)
      }
      gap = nil
      word = []
    }
    for glyph in glyphs(of: spans, columns: columns, style) {
      if glyph.isGap {
        place()
        gap = gap ?? glyph
      } else {
        if let last = word.last, canBreak(last, glyph) { place() }
        word.append(glyph)
      }
    }
    place()
    return lines
  }

  private static func canBreak(_ left: Glyph, _ right: Glyph) -> Bool {
    (left.width == 2 || right.width == 2) && !closing.contains(right.character)
      && !opening.contains(left.character)
  }

  private static func glyphs(
    of spans: [Prose.Span],
    columns: Int,
    _ style: TextStyle
  ) -> [Glyph] {
    spans.flatMap { span -> [Glyph] in
      let isCode = span.look == .code
      let text = isCode && !style.isColoured ? "`\(span.text)`" : span.text
      let width = DisplayWidth.of(text)
      let isKept = isCode && width <= min(widestCode, columns)
      let ink: Ink =
        switch span.look {
        case .plain: .plain
        case .strong: .strong
        case .code: .checkpoint
        }
      return text.map { character in
        // As TextLine would do, but before the widths are counted.
        let isOrder = character.unicodeScalars.contains(where: DisplayWidth.isControl)
        let shown = isOrder ? "?" : character
        return Glyph(
          character: shown,
          ink: ink,
          width: DisplayWidth.of(shown),
          isGap: shown == " " && !isKept
        )
      }
    }
  }
}
