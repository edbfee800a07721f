/// The dataset `clicks`: visits to pages, in sessions that are known.
///
/// Within a session a user clicks at least every 10 minutes and a second; between two sessions lie
/// more than 30. Clicks arrive up to 5 minutes late, and one of a hundred arrives twice.
package struct ClickStream: Sendable {
  /// The arrival of a click.
  package struct Click: Sendable {
    /// The number of the click; a duplicate has that of the first.
    package var id: Int
    /// Whether the click had arrived before.
    package var isDuplicate: Bool
    /// When it happened.
    package var eventTime: UTCTime
    /// When it arrived.
    package var knownAt: UTCTime
    /// The number of the user.
    package var user: Int
    /// The number of the page.
    package var page: Int
  }

  /// The seed of the dataset.
  package static let seed: UInt64 = 41

  /// What arrived, in the order of arrival.
  package let clicks: [Click]
  /// The truth: how many sessions each user has, by the user's number.
  package let sessions: [Int]

  /// Draws the stream.
  package init(seed: UInt64 = Self.seed, users: Int = 400, pages: Int = 40) {
    var random = SplitMix(seed: seed)
    let ranks = ZipfRanks(pages, q: 0)
    var clicks: [Click] = []
    var sessions: [Int] = []
    var id = 0
    for user in 0..<users {
      var second = random.below(6 * 3600)
      let count = 1 + random.below(6)
      sessions.append(count)
      for session in 0..<count {
        if session > 0 { second += 1801 + random.below(3 * 3600) }
        for click in 0..<1 + random.below(20) {
          if click > 0 { second += 1 + random.below(600) }
          id += 1
          clicks += Self.arrivals(of: id, user, at: second, ranks, &random)
        }
      }
    }
    clicks.sort {
      ($0.knownAt, $0.id, $0.isDuplicate ? 1 : 0) < ($1.knownAt, $1.id, $1.isDuplicate ? 1 : 0)
    }
    self.clicks = clicks
    self.sessions = sessions
  }

  private static func arrivals(
    of id: Int,
    _ user: Int,
    at second: Int,
    _ ranks: ZipfRanks,
    _ random: inout SplitMix
  ) -> [Click] {
    let eventTime = UTCTime.syntheticStart + second * 1000 + random.below(1000)
    let page = ranks.next(&random)
    let delay =
      switch random.below(100) {
      case ..<80: random.below(2000)
      case ..<98: random.below(30_000)
      default: 60_000 + random.below(240_000)
      }
    let first = Click(
      id: id,
      isDuplicate: false,
      eventTime: eventTime,
      knownAt: eventTime + delay,
      user: user,
      page: page
    )
    guard random.below(100) == 0 else { return [first] }
    var second = first
    second.isDuplicate = true
    second.knownAt = first.knownAt + 1 + random.below(5000)
    return [first, second]
  }

  /// The stream as CSV with a header.
  package var csv: [UInt8] {
    var text = Array("seq,event_id,event_time,known_at,user,page\n".utf8)
    for (index, click) in clicks.enumerated() {
      text.appendDigits(of: index + 1)
      text.append(",c")
      text.appendDigits(of: click.id, atLeast: 5)
      text.append(",")
      click.eventTime.write(to: &text)
      text.append(",")
      click.knownAt.write(to: &text)
      text.append(",u")
      text.appendDigits(of: click.user, atLeast: 3)
      text.append(",/p")
      text.appendDigits(of: click.page, atLeast: 2)
      text.append("\n")
    }
    return text
  }
}
