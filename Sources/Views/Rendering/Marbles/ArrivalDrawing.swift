import StreamModel

/// Marbles in the order of arrival, from left to right, in as many bands as the width asks for.
///
/// A lane for each input, or for each key where there is one input and few keys: the record's name,
/// its sign on the line, its event time. Watermarks are posts across all lanes; what they and the
/// records bring about hangs below them.
struct ArrivalDrawing {
  private static let keysAtMost = 5
  private static let bandsAtMost = 4
  private static let nameColumns = 12

  let marbles: Marbles
  let width: Int
  let style: TextStyle
  let steps: [MarbleStep]
  /// What became of each window in the end.
  let fates: [WindowFate]
  /// The names of the lanes.
  let lanes: [String]
  let lanesAreInputs: Bool
  /// Where the lanes begin.
  let left: Int

  init(_ marbles: Marbles, width: Int, _ style: TextStyle) {
    (self.marbles, self.width, self.style) = (marbles, width, style)
    steps = marbles.steps
    fates = WindowFate.fates(of: marbles.windows.count, in: steps)
    var keys: [String] = []
    for key in marbles.records.lazy.map(\.key)
    where keys.count <= Self.keysAtMost && !keys.contains(key) { keys.append(key) }
    lanesAreInputs = marbles.inputs.count > 1
    lanes =
      lanesAreInputs
      ? marbles.inputs
      : (1...Self.keysAtMost).contains(keys.count) ? keys.sorted() : [""]
    let headings: [MarblePhrase] = [.watermark, .windows]
    let widest = (lanes + headings.map(\.english)).map { DisplayWidth.of($0) }.max() ?? 0
    left = min(Self.nameColumns, widest) + 3
  }

  func lines() -> [TextLine] {
    let all = bands()
    let shown = shownBands(of: all)
    var lines: [TextLine] = []
    for index in shown {
      var heading = ArrivalBand.Heading(isFirst: index == 0, isLast: index == all.count - 1)
      if index == shown.lowerBound { heading.before = records(in: all[..<index]) }
      if index == shown.upperBound - 1 { heading.after = records(in: all[(index + 1)...]) }
      let start = all[..<index].reduce(0) { $0 + $1.count }
      if !lines.isEmpty { lines.append(TextLine()) }
      lines += ArrivalBand(drawing: self, slots: all[index], start: start, heading).lines()
    }
    let slots = shown.flatMap { all[$0] }
    return lines + MarbleLegend.lines(entries(for: slots.map(\.step)), width: width, style)
  }

  /// The bands that are shown: all, or some around the record that was asked for.
  private func shownBands(of bands: [[ArrivalBand.Slot]]) -> Range<Int> {
    let focused = marbles.focus.flatMap { focus in
      bands.firstIndex { $0.contains { $0.step.number == focus } }
    }
    let last = max(0, bands.count - Self.bandsAtMost)
    let first = min(last, max(0, (focused ?? bands.count) - Self.bandsAtMost / 2))
    return first..<min(bands.count, first + Self.bandsAtMost)
  }

  private func records(in bands: ArraySlice<[ArrivalBand.Slot]>) -> Int {
    bands.reduce(0) { $0 + $1.count { $0.step.record != nil } }
  }

  // MARK: Places

  /// The steps with their places: a new band wherever the next one has no room.
  ///
  /// Steps of different lanes may stand over each other's texts, but each is right of the one
  /// before it.
  private func bands() -> [[ArrivalBand.Slot]] {
    var bands: [[ArrivalBand.Slot]] = [[]]
    // Behind what stands in each lane, and in the row of the watermarks below them.
    var ends = Array(repeating: left - 1, count: lanes.count + 1)
    for step in steps {
      let size = texts(of: step).map { DisplayWidth.of($0) }.reduce(1, max)
      var column = place(of: step, after: bands[bands.count - 1].last, ends)
      if column + size > width, !bands[bands.count - 1].isEmpty {
        bands.append([])
        ends = Array(repeating: left - 1, count: lanes.count + 1)
        column = left + 1
      }
      bands[bands.count - 1].append(ArrivalBand.Slot(step: step, column: column))
      if step.isWatermark {
        for lane in lanes.indices { ends[lane] = column + 1 }
        ends[lanes.count] = column + size
      } else {
        ends[lane(of: step)] = column + size
      }
    }
    return bands
  }

  private func place(of step: MarbleStep, after last: ArrivalBand.Slot?, _ ends: [Int]) -> Int {
    var column = max(
      (last?.column ?? left - 2) + 3,
      (step.isWatermark ? ends.max() ?? left : ends[lane(of: step)]) + 2
    )
    // What hangs below it does not touch the texts of other lanes.
    if step.hasNotes { column = max(column, (ends.dropLast().max() ?? left) + 1) }
    return column
  }

  /// What is written above and below a step's sign.
  func texts(of step: MarbleStep) -> [String] {
    switch step.cause {
    case .record(let record, _):
      let name = TextLine(record.name).fitted(to: Self.nameColumns, style)
      return [name.pieces.map(\.text).joined(), marbles.times.shown(record.time)]
    case .inputWatermark(let time, _), .watermark(let time): return ["", marbles.shown(time)]
    case .idle: return ["", MarblePhrase.idle("").english]
    case .active: return ["", MarblePhrase.active("").english]
    }
  }

  /// The lane that a step belongs to; the first one where it belongs to all.
  func lane(of step: MarbleStep) -> Int {
    switch step.cause {
    case .record(let record, _):
      lanesAreInputs
        ? lanes.indices.contains(record.input) ? record.input : 0
        : lanes.firstIndex(of: record.key) ?? 0
    case .inputWatermark(_, let input), .idle(let input), .active(let input):
      lanesAreInputs && lanes.indices.contains(input) ? input : 0
    case .watermark: 0
    }
  }

  /// Whether an input is idle ahead of a step.
  func isIdle(_ lane: Int, before step: Int) -> Bool {
    let last = steps[..<step].last { step in
      switch step.cause {
      case .idle, .active: self.lane(of: step) == lane || !lanesAreInputs
      case .record, .inputWatermark, .watermark: false
      }
    }
    if case .idle = last?.cause { return true }
    return false
  }

  /// What is drawn for some steps, as a legend tells it.
  private func entries(for steps: [MarbleStep]) -> [MarbleLegend] {
    var entries = MarbleLegend.entries(for: steps, inputs: marbles.inputs.count)
    let numbers = steps.compactMap(\.number)
    for (window, fate) in zip(marbles.windows, fates) {
      guard case .count = window.extent, window.holds.contains(where: numbers.contains) else {
        continue
      }
      let entry = MarbleLegend.run(isCleared: fate.isCleared)
      if !entries.contains(entry) { entries.append(entry) }
    }
    return entries
  }
}
