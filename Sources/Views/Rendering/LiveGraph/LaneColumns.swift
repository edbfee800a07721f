/// The columns of the lanes, the same in every box of a picture and in each of its frames.
struct LaneColumns {
  let style: TextStyle
  let gap: Int
  let number: Int
  let state: Int
  let place: Int
  let count: Int
  let barrier: Int
  let isWide: Bool

  init(_ graph: LiveGraph, innerWidth: Int, style: TextStyle) {
    let digits = String(graph.vertices.map(\.lanes.count).max() ?? 1).utf8.count
    let names = graph.taskManagers.map { DisplayWidth.of($0) }.max() ?? 4
    let hasSlots = graph.hasSeveralSlots
    isWide = innerWidth >= 90
    gap = innerWidth < 70 ? 1 : isWide ? 4 : 2
    number = max(4, 2 * digits + 1)
    state = 14
    let slotColumns = hasSlots ? (isWide ? 7 : 3) : 0
    place = min(innerWidth < 70 ? 9 : 18, max(6, names + 2 + slotColumns))
    count = innerWidth < 70 ? 7 : 11
    barrier = max(0, innerWidth - number - state - place - 2 * count - 5 * gap)
    self.style = style
  }

  /// The columns of a lane's gauge, brackets included.
  var gauge: Int { barrier < 18 ? 4 : 6 }

  /// The words over the columns.
  func headings() -> TextLine {
    let isShort = count < 11
    var line = TextLine()
    add(RunPhrase.laneHeading.english, number, .faint, to: &line, alignsRight: true)
    add(RunPhrase.stateHeading.english, state, .faint, to: &line)
    add(RunPhrase.placeHeading.english, place, .faint, to: &line)
    add(
      (isShort ? RunPhrase.inHeading : .recordsInHeading).english,
      count,
      .faint,
      to: &line,
      alignsRight: true
    )
    add(
      (isShort ? RunPhrase.outHeading : .recordsOutHeading).english,
      count,
      .faint,
      to: &line,
      alignsRight: true
    )
    line.add(RunPhrase.barrierHeading.english, columns: barrier, style, .faint)
    return line
  }

  /// Adds a cell and the gap after it.
  func add(
    _ text: String,
    _ columns: Int,
    _ ink: Ink = .plain,
    to line: inout TextLine,
    alignsRight: Bool = false
  ) {
    line.add(text, columns: columns, style, ink, alignsRight: alignsRight)
    line.pad(to: line.width + gap)
  }
}
