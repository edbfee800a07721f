import StreamModel

/// One band of the picture in the order of arrival: the lanes, and what hangs below them.
struct ArrivalBand {
  /// A step with its place.
  struct Slot {
    let step: MarbleStep
    let column: Int
  }

  /// What stands over the lanes.
  struct Heading {
    let isFirst: Bool
    let isLast: Bool
    /// How many records come before those that are shown.
    var before = 0
    /// How many come after them.
    var after = 0
  }

  let drawing: ArrivalDrawing
  let slots: [Slot]
  /// The number of the first step.
  let start: Int
  private let heading: Heading

  init(drawing: ArrivalDrawing, slots: [Slot], start: Int, _ heading: Heading) {
    (self.drawing, self.slots, self.start, self.heading) = (drawing, slots, start, heading)
  }

  var marbles: Marbles { drawing.marbles }
  var style: TextStyle { drawing.style }
  /// The row of what the watermarks are.
  var foot: Int { 1 + 3 * drawing.lanes.count }

  func lines() -> [TextLine] {
    var canvas = Canvas(width: drawing.width)
    drawHeading(&canvas)
    for lane in drawing.lanes.indices { drawLane(lane, &canvas) }
    for slot in slots { drawPost(slot, &canvas) }
    if slots.contains(where: \.step.isWatermark) {
      drawName(MarblePhrase.watermark.english, row: foot, .faint, &canvas)
    }
    drawCountWindows(&canvas)
    drawNotes(&canvas)
    return canvas.lines
  }

  private func drawHeading(_ canvas: inout Canvas) {
    let more = " " + style(Sign.more)
    let text: String =
      if heading.before > 0 {
        style(.earlier) + " " + MarblePhrase.before(heading.before).english + more
      } else if heading.isFirst {
        MarblePhrase.arrivalDirection.english + more
      } else {
        style(.earlier) + " " + MarblePhrase.continued.english + more
      }
    canvas.put(text, row: 0, column: drawing.left + 1, .faint)
    guard heading.after > 0 else { return }
    let after = MarblePhrase.after(heading.after).english + " " + style(.later)
    canvas.put(after, row: 0, column: drawing.width - DisplayWidth.of(after), .faint)
  }

  func drawName(_ name: String, row: Int, _ ink: Ink, _ canvas: inout Canvas) {
    canvas.put(TextLine(name, ink).fitted(to: drawing.left - 2, style), row: row, column: 1)
  }

  // MARK: Lanes

  /// Where the lines of the lanes end.
  private var end: Int {
    guard heading.isLast else { return drawing.width }
    let ends = slots.map { slot in
      slot.column + 3
        + (slot.step.isWatermark
          ? 0 : drawing.texts(of: slot.step).map { DisplayWidth.of($0) }.reduce(1, max) - 1)
    }
    return min(drawing.width, ends.reduce(drawing.left + 10, max))
  }

  private func drawLane(_ lane: Int, _ canvas: inout Canvas) {
    let row = 2 + 3 * lane
    drawName(drawing.lanes[lane], row: row, .plain, &canvas)
    var flow: Sign = drawing.isIdle(lane, before: start) ? .idleFlow : .flow
    var column = drawing.left
    for slot in slots where drawing.lane(of: slot.step) == lane || !drawing.lanesAreInputs {
      canvas.fill(column..<max(column, slot.column), row: row, with: flow, style)
      column = slot.column
      switch slot.step.cause {
      case .idle: flow = .idleFlow
      case .active, .record, .inputWatermark: flow = .flow
      case .watermark: break
      }
    }
    canvas.fill(column..<max(column, end), row: row, with: flow, style)
    for slot in slots where drawing.lane(of: slot.step) == lane && !slot.step.isWatermark {
      drawSign(slot, row: row, &canvas)
    }
  }

  private func drawSign(_ slot: Slot, row: Int, _ canvas: inout Canvas) {
    let texts = drawing.texts(of: slot.step)
    func put(_ sign: Sign, ink: Ink) {
      canvas.put(texts[0], row: row - 1, column: slot.column, ink == .faint ? .plain : ink)
      canvas.put(sign, row: row, column: slot.column, style)
      canvas.put(texts[1], row: row + 1, column: slot.column, ink)
    }
    switch slot.step.cause {
    case .record(let record, _):
      let sign = record.lateness.sign
      put(sign, ink: record.lateness == .onTime ? .faint : sign.ink)
    case .inputWatermark:
      put(.inputWatermark, ink: Sign.inputWatermark.ink)
      canvas.put(Sign.inputWatermark, row: row - 1, column: slot.column, style)
    case .idle: put(.idleInput, ink: Sign.idleInput.ink)
    case .active: put(.activeInput, ink: Sign.activeInput.ink)
    case .watermark: break
    }
  }

  private func drawPost(_ slot: Slot, _ canvas: inout Canvas) {
    guard case .watermark(let time) = slot.step.cause else { return }
    for row in 1..<foot { canvas.put(Sign.watermark, row: row, column: slot.column, style) }
    canvas.put(marbles.shown(time), row: foot, column: slot.column, Sign.watermark.ink)
  }
}
