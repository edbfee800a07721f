import StreamModel

extension Marbles.Times {
  private static let day: Int64 = 86_400_000

  /// A time as it is shown: `4999`, or `10:04`.
  func shown(_ time: EventTime) -> String {
    let milliseconds = time.milliseconds
    if self == .milliseconds { return "\(milliseconds)" }
    let rest = milliseconds % Self.day
    return Self.clock(UInt64(rest < 0 ? rest + Self.day : rest))
  }

  /// A time as it is written in the notation, from which it can be read again.
  func written(_ time: EventTime) -> String {
    let milliseconds = time.milliseconds
    if self == .milliseconds { return "\(milliseconds)" }
    return (milliseconds < 0 ? "-" : "") + Self.clock(milliseconds.magnitude)
  }

  /// Hours and minutes, and what is smaller where there is some.
  private static func clock(_ milliseconds: UInt64) -> String {
    let (seconds, rest) = (milliseconds / 1000 % 60, milliseconds % 1000)
    var text = padded(milliseconds / 3_600_000, 2)
    text += ":" + padded(milliseconds / 60_000 % 60, 2)
    if seconds > 0 || rest > 0 { text += ":" + padded(seconds, 2) }
    if rest > 0 { text += "." + padded(rest, 3) }
    return text
  }

  private static func padded(_ number: UInt64, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// Lengths of time in milliseconds that divide an axis well, from the shortest.
  var ticks: [UInt64] {
    switch self {
    case .milliseconds:
      (0..<18).flatMap { power -> [UInt64] in
        let ten = (0..<power).reduce(UInt64(1)) { product, _ in product * 10 }
        return [ten, 2 * ten, 5 * ten]
      }
    case .timeOfDay:
      [1, 10, 100, 500].map { $0 } + [1, 5, 10, 15, 30].map { $0 * 1000 }
        + [1, 2, 5, 10, 15, 30].map { $0 * 60_000 }
        + [1, 2, 3, 6, 12, 24, 48, 240, 2400, 24_000].map { $0 * 3_600_000 }
    }
  }
}
