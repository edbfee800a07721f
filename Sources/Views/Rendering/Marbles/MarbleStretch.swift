/// The steps that have room in a picture, and how many records there are on either side of them.
struct MarbleStretch: Sendable, Equatable {
  /// The steps that are shown.
  let range: Range<Int>
  /// How many records come before them.
  let before: Int
  /// How many records come after them.
  let after: Int

  /// Whether nothing is left out.
  let isWhole: Bool

  /// The longest stretch around a record that fits; what the record brings about comes first, then
  /// what led to it.
  ///
  /// - Parameters:
  ///   - steps: All steps.
  ///   - focus: The number of the record; nil for the last step.
  ///   - room: What there is room for.
  ///   - size: What each step takes of it.
  init(_ steps: [MarbleStep], around focus: Int?, room: Int, size: (MarbleStep) -> Int) {
    let sizes = steps.map(size)
    let last = max(0, steps.count - 1)
    let middle = focus.flatMap { focus in steps.firstIndex { $0.number == focus } } ?? last
    var (start, end, used) = (middle, middle, 0)
    var grows = (later: true, earlier: true)
    while grows.later || grows.earlier {
      // Twice as many of those before as of those after: they are the reason.
      let isLaterNext = grows.later && (!grows.earlier || (end - middle) * 2 <= middle - start)
      let next = isLaterNext ? end : start - 1
      if steps.indices.contains(next), used + sizes[next] <= room || start == end {
        used += sizes[next]
        if isLaterNext { end += 1 } else { start -= 1 }
      } else if isLaterNext {
        grows.later = false
      } else {
        grows.earlier = false
      }
    }
    range = start..<end
    isWhole = start == 0 && end == steps.count
    before = steps[..<start].count { $0.record != nil }
    after = steps[end...].count { $0.record != nil }
  }
}
