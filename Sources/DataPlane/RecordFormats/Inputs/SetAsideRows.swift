/// The rows that one attempt of a subtask has set aside and not told of yet.
///
/// Only the first few are told of; all are counted in the split.
final class SetAsideRows {
  /// How many rows an attempt tells of.
  static let most = 10

  private var untold: [SetAsideRow] = []
  private var noted = 0
  /// A place whose line was counted already: the next is counted from there.
  private var known = (position: 0, line: 1)

  init() {}

  /// Whether a further row would be told of.
  var wantsMore: Bool { noted < Self.most }

  func note(_ row: SetAsideRow) {
    untold.append(row)
    noted += 1
  }

  /// What was noted since it was asked last.
  func take() -> [SetAsideRow] {
    defer { untold = [] }
    return untold
  }

  /// The number, from 1, of the line that begins at `position`.
  ///
  /// - Complexity: O(*n*) in the distance from the last place that was asked for.
  func line(at position: Int, of bytes: InputBytes) -> Int {
    let start = position < known.position ? (position: 0, line: 1) : known
    let ends = bytes.buffer[start.position..<position].count { $0 == 0x0A }
    known = (position, start.line + ends)
    return known.line
  }
}
