/// How far the rows of a stream are from lying in the order of their event times.
///
/// The lag of a row is how far its event time lies before the latest one of the rows before it; a
/// watermark that trails by less than that counts the row as late.
package struct EventTimeDisorder: Sendable {
  /// How many rows lag at all.
  package let rowsBehind: Int
  /// The lags of all rows, in milliseconds; 0 for a row that is not behind.
  package let lags: Spread
  /// The row with the largest lag, counted from 0.
  package let rowWithLargestLag: Int
  /// From event time to arrival, in milliseconds; nil where the arrival is not known.
  ///
  /// Less than 0 for what was known before its time.
  package let delays: Spread?

  /// Looks at event times in the order of the rows, and at the arrivals of the same rows.
  ///
  /// - Precondition: There is at least one row.
  package init(_ eventTimes: [UTCTime], arrivals: [UTCTime]?) {
    var latest = eventTimes[0]
    let lags = eventTimes.map { time in
      latest = max(latest, time)
      return latest.milliseconds - time.milliseconds
    }
    rowsBehind = lags.count { $0 > 0 }
    rowWithLargestLag = lags.indices.max { lags[$0] < lags[$1] } ?? 0
    self.lags = Spread(lags)
    delays = arrivals.map { arrivals in
      Spread(zip(arrivals, eventTimes).map { $0.milliseconds - $1.milliseconds })
    }
  }
}

/// Values in order, to ask how they spread.
package struct Spread: Sendable {
  private let sorted: [Int]

  /// Sorts the values.
  ///
  /// - Precondition: There is at least one.
  package init(_ values: [Int]) {
    sorted = values.sorted()
  }

  /// The smallest value.
  package var smallest: Int { sorted[0] }
  /// The largest value.
  package var largest: Int { sorted[sorted.count - 1] }

  /// The smallest value that is not below that many per cent of all, by the nearest rank.
  ///
  /// - Precondition: From 1 to 100.
  package func percentile(_ percent: Int) -> Int {
    sorted[(sorted.count * percent + 99) / 100 - 1]
  }
}
