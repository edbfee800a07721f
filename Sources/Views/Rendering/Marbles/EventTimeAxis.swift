import StreamModel

/// An axis of event time on columns: from the earliest time that is shown to the latest.
struct EventTimeAxis: Sendable, Equatable {
  private let first: EventTime
  private let last: EventTime
  /// The columns of the first and of the last time, and what lies between.
  let columns: ClosedRange<Int>

  /// Makes an axis that reaches over all of some times.
  init(_ times: some Sequence<EventTime>, columns: ClosedRange<Int>) {
    (first, last) =
      times.reduce(nil) { range, time in
        range.map { (min($0.0, time), max($0.1, time)) } ?? (time, time)
      } ?? (EventTime(milliseconds: 0), EventTime(milliseconds: 0))
    self.columns = columns
  }

  /// The column of a time; what lies outside is at the nearest end.
  func column(of time: EventTime) -> Int {
    columns.lowerBound + Int(offset(of: time))
  }

  private func offset(of time: EventTime) -> UInt64 {
    guard last > first else { return 0 }
    let steps = UInt64(columns.upperBound - columns.lowerBound)
    let (high, low) = distance(to: min(max(time, first), last)).multipliedFullWidth(by: steps)
    return distance(to: last).dividingFullWidth((high, low)).quotient
  }

  /// Milliseconds from the first time on; a whole range of `Int64` fits.
  private func distance(to time: EventTime) -> UInt64 {
    UInt64(bitPattern: time.milliseconds &- first.milliseconds)
  }

  /// Times at round numbers, as many as have room for their texts.
  func ticks(_ times: Marbles.Times) -> [EventTime] {
    let room = UInt64(columns.count)
    let length = distance(to: last)
    let widest = max(
      DisplayWidth.of(times.shown(first)),
      DisplayWidth.of(times.shown(last))
    )
    let most = max(1, room / UInt64(widest + 4))
    guard let step = times.ticks.first(where: { length / $0 <= most }), step < 1 << 62 else {
      return []
    }
    let start = first.milliseconds
    let (beyond, overflows) = start.addingReportingOverflow(Int64(step) - 1)
    guard !overflows else { return [] }
    let remainder = beyond % Int64(step)
    var tick = beyond - (remainder < 0 ? remainder + Int64(step) : remainder)
    var ticks: [EventTime] = []
    while tick <= last.milliseconds, ticks.count <= columns.count {
      ticks.append(EventTime(milliseconds: tick))
      let (next, overflows) = tick.addingReportingOverflow(Int64(step))
      if overflows { break }
      tick = next
    }
    return ticks
  }
}
