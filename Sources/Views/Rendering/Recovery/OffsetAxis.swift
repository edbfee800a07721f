/// The axis of a source's offsets in three stretches: read once, read twice, read since.
struct OffsetAxis: Sendable, Equatable {
  /// The columns before the checkpoint's offset, up to the furthest, and up to the present.
  let before: Int
  let twice: Int
  let since: Int
  /// The column of the present offset.
  let present: Int?
  /// Whether lengths tell how many records there are.
  let isToScale: Bool

  /// Lays out a source; `whole` is what the longest axis beside it is to show.
  init(_ source: RecoveryPicture.Source, whole: Int, columns: Int) {
    // Two signs stand on the axis: at the checkpoint and at the failure.
    let room = columns - 3
    let since = max(0, (source.now ?? 0) - source.furthest)
    let parts = [source.checkpoint, source.readTwice, since]
    let least = [1, 4, 0]
    var lengths = parts.map { $0 * room / max(1, whole) }
    let isCramped = zip(parts, zip(lengths, least)).contains { $0 > 0 && $1.0 < $1.1 }
    if isCramped {
      // What is read twice is what the picture is about.
      lengths[1] = max(lengths[1], room / 4)
      lengths = zip(parts, zip(lengths, least)).map { $0 > 0 ? max($1.0, $1.1) : 0 }
      while lengths.reduce(0, +) > room, let longest = lengths.max(),
        let index = lengths.firstIndex(of: longest)
      {
        lengths[index] -= 1
      }
    }
    isToScale = !isCramped
    (before, twice, self.since) = (lengths[0], lengths[1], lengths[2])
    // Where it stands at the checkpoint's own offset, that one's sign says so.
    present = source.now.flatMap { now -> Int? in
      guard now > source.checkpoint else { return nil }
      let past = lengths[0] + 1 + lengths[1]
      if now >= source.furthest { return past + (source.readTwice > 0 ? 1 : 0) + lengths[2] }
      let done = now - source.checkpoint
      return lengths[0] + 1 + done * lengths[1] / max(1, source.readTwice)
    }
  }

  /// The column of the checkpoint's offset.
  var checkpoint: Int { before }
  /// The column of the furthest offset before the failure.
  var failure: Int { before + 1 + twice }

  /// The axis itself.
  func drawing(_ style: TextStyle) -> TextLine {
    var line = TextLine()
    addOnce(before, to: &line, style)
    line.add(style(.saved), .checkpoint)
    line.add(String(repeating: style(.readTwice), count: twice), .waiting)
    if twice > 0 { line.add(style(.failed), .failed) }
    addOnce(since, to: &line, style)
    guard let present else { return line }
    return line.replacing(at: present, with: style(.running), .running)
  }

  /// Adds a stretch that is read once; where it is not to scale its middle says so.
  private func addOnce(_ columns: Int, to line: inout TextLine, _ style: TextStyle) {
    let once = style(.readOnce)
    guard !isToScale, columns > 4 else {
      line.add(String(repeating: once, count: columns), .running)
      return
    }
    line.add(once + once, .running)
    line.add(String(repeating: style(.skipped), count: columns - 4), .faint)
    line.add(once + once, .running)
  }

  /// The numbers under the axis, each at its place as far as the others allow.
  func numbers(_ source: RecoveryPicture.Source, columns: Int) -> TextLine {
    var places = [(0, 0, Ink.faint), (checkpoint, source.checkpoint, .checkpoint)]
    if twice > 0 { places.append((failure, source.furthest, .failed)) }
    if let present, let now = source.now, now != source.furthest || twice == 0 {
      places.append((present, now, .running))
      places.sort { $0.0 < $1.0 }
    }
    if source.checkpoint == 0 { places.removeFirst() }
    var line = TextLine()
    // What comes later must still find room.
    var rest = places.dropFirst().map { Quantity.grouped($0.1).utf8.count + 1 }
    for (column, number, ink) in places {
      let text = Quantity.grouped(number)
      let latest = columns - text.utf8.count - rest.reduce(0, +)
      let start = max(line.width == 0 ? 0 : line.width + 1, min(column, latest))
      line.pad(to: start)
      line.add(text, ink)
      if !rest.isEmpty { rest.removeFirst() }
    }
    return line
  }
}

extension TextLine {
  /// The line with one column's character replaced, where every character takes one column.
  fileprivate func replacing(at column: Int, with text: String, _ ink: Ink) -> TextLine {
    var line = TextLine()
    for piece in pieces {
      for character in piece.text {
        if line.width == column {
          line.add(text, ink)
        } else {
          line.add(String(character), piece.ink)
        }
      }
    }
    if line.width == column { line.add(text, ink) }
    return line
  }
}
