/// When something happened in the world: milliseconds since 1970 began in UTC.
///
/// Its text is ISO 8601 in UTC, as in `2013-03-04T05:15:00Z`, for the years 0001 to 9999 of the
/// Gregorian calendar; leap seconds have no place in it. *Source:* Java `Instant` with the
/// precision of Flink's timestamps.
public struct EventTime: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970 began in UTC, less than 0 before.
  public let milliseconds: Int64

  /// The first millisecond of the year 1.
  public static let earliest = EventTime(milliseconds: -62_135_596_800_000)
  /// The last millisecond of the year 9999.
  public static let latest = EventTime(milliseconds: 253_402_300_799_999)

  /// Makes a time.
  @inlinable
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Reads `2013-03-04T10:15:00Z`, or with milliseconds `2013-03-04T10:15:00.250Z`; nil when it is
  /// something else.
  public init?(parsing text: String) {
    var text = text
    guard let time = text.withUTF8({ EventTime(ascii: UnsafeRawBufferPointer($0)) }) else {
      return nil
    }
    self = time
  }

  /// Reads the same from the bytes of a text.
  public init?(ascii bytes: UnsafeRawBufferPointer) {
    let hasThousandths = bytes.count == 24
    guard bytes.count == 20 || hasThousandths, bytes[bytes.count - 1] == UInt8(ascii: "Z"),
      bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), !hasThousandths || bytes[19] == UInt8(ascii: ".")
    else { return nil }
    var noDigit: UInt8 = 0
    let year = Self.number(bytes, 0, 4, &noDigit)
    let month = Self.number(bytes, 5, 2, &noDigit)
    let day = Self.number(bytes, 8, 2, &noDigit)
    let hour = Self.number(bytes, 11, 2, &noDigit)
    let minute = Self.number(bytes, 14, 2, &noDigit)
    let second = Self.number(bytes, 17, 2, &noDigit)
    let thousandth = hasThousandths ? Self.number(bytes, 20, 3, &noDigit) : 0
    guard noDigit <= 9, year >= 1, month >= 1, month <= 12, day >= 1,
      day <= Self.days(inMonth: month, of: year), hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = ((Self.days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
    milliseconds = Int64(seconds * 1000 + thousandth)
  }

  /// Whether one time comes before another.
  @inlinable
  public static func < (first: EventTime, second: EventTime) -> Bool {
    first.milliseconds < second.milliseconds
  }

  /// A number of so many digits; `noDigit` becomes more than 9 when one of them is none.
  @inline(__always)
  private static func number(
    _ bytes: UnsafeRawBufferPointer,
    _ start: Int,
    _ count: Int,
    _ noDigit: inout UInt8
  ) -> Int {
    var number = 0
    for offset in start..<start + count {
      let digit = bytes[offset] &- 0x30
      noDigit = max(noDigit, digit)
      number = number &* 10 &+ Int(digit)
    }
    return number
  }
}

extension EventTime: Codable {
  /// Reads the milliseconds; what reads text files makes the time of its text instead.
  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  /// Writes the milliseconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

extension EventTime: CustomStringConvertible {
  /// The text, with milliseconds where they are not zero; the bare number outside of the years
  /// that have a text.
  public var description: String {
    var text: [UInt8] = []
    write(to: &text, withMilliseconds: milliseconds % 1000 != 0)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the text, as ``description`` gives it, with or without the milliseconds.
  public func write(to text: inout [UInt8], withMilliseconds isPrecise: Bool) {
    guard self >= .earliest, self <= .latest else {
      text += "\(milliseconds) ms".utf8
      return
    }
    // Counted from the year 0, so that nothing is negative.
    let sinceYearZero = Int(milliseconds) + 719_468 * 86_400_000
    let (year, month, day) = Self.date(sinceYearZero / 86_400_000)
    let ofDay = sinceYearZero % 86_400_000
    Self.append(year, 4, "-", to: &text)
    Self.append(month, 2, "-", to: &text)
    Self.append(day, 2, "T", to: &text)
    Self.append(ofDay / 3_600_000, 2, ":", to: &text)
    Self.append(ofDay / 60_000 % 60, 2, ":", to: &text)
    Self.append(ofDay / 1000 % 60, 2, isPrecise ? "." : "Z", to: &text)
    if isPrecise { Self.append(ofDay % 1000, 3, "Z", to: &text) }
  }

  private static func append(
    _ number: Int,
    _ digits: Int,
    _ end: Unicode.Scalar,
    to text: inout [UInt8]
  ) {
    var divisor = [1, 10, 100, 1000][digits - 1]
    while divisor > 0 {
      text.append(0x30 + UInt8(number / divisor % 10))
      divisor /= 10
    }
    text.append(UInt8(ascii: end))
  }
}

/// The calendar: years begin in March here, so that a leap day is the last.
///
/// *Source:* Hinnant, "chrono-compatible low-level date algorithms", 2013.
extension EventTime {
  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970 of a date.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = (marchYear / 400, marchYear % 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date so many days after the first of March of the year 0.
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, day) = (days / 146_097, days % 146_097)
    let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let isNextYear = month >= 10
    return (
      yearOfEra + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }
}
