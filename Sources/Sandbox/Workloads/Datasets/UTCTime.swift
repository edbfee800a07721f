/// An instant in the world, in milliseconds since 1970, as datasets write it.
package struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Milliseconds since 1970 began in UTC.
  package let milliseconds: Int

  /// When the generated datasets begin: 2023-11-15, at midnight.
  package static let syntheticStart = UTCTime(milliseconds: 1_700_006_400_000)

  /// Makes an instant.
  package init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// Reads `2013-03-04T10:15:00Z`, or with milliseconds `2013-03-04T10:15:00.250Z`.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let hasMilliseconds = bytes.count == 24 && bytes[19] == UInt8(ascii: ".")
    guard bytes.count == 20 || hasMilliseconds, bytes.last == UInt8(ascii: "Z"),
      [4, 7, 10, 13, 16].map({ bytes[$0] }) == Array("--T::".utf8),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
      let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
      let thousandth = hasMilliseconds ? Self.number(bytes[20..<23]) : 0,
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    let days = Self.days(year, month, day)
    milliseconds = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + thousandth
  }

  /// The instant so many milliseconds later.
  package static func + (time: UTCTime, milliseconds: Int) -> UTCTime {
    UTCTime(milliseconds: time.milliseconds + milliseconds)
  }

  /// Whether one instant comes before another.
  package static func < (first: UTCTime, second: UTCTime) -> Bool {
    first.milliseconds < second.milliseconds
  }

  /// Appends the text with its milliseconds: `2013-03-04T10:15:00.250Z`.
  ///
  /// - Precondition: The instant is not before 1970.
  package func write(to text: inout [UInt8]) {
    let (year, month, day) = Self.date(milliseconds / 86_400_000)
    text.appendDigits(of: year, atLeast: 4)
    text.append("-")
    text.appendDigits(of: month, atLeast: 2)
    text.append("-")
    text.appendDigits(of: day, atLeast: 2)
    text.append("T")
    text.appendDigits(of: milliseconds / 3_600_000 % 24, atLeast: 2)
    text.append(":")
    text.appendDigits(of: milliseconds / 60_000 % 60, atLeast: 2)
    text.append(":")
    text.appendDigits(of: milliseconds / 1000 % 60, atLeast: 2)
    text.append(".")
    text.appendDigits(of: milliseconds % 1000, atLeast: 3)
    text.append("Z")
  }

  /// The text, with milliseconds where there are some.
  package var description: String {
    var text: [UInt8] = []
    write(to: &text)
    if milliseconds % 1000 == 0 { text.replaceSubrange(19..<23, with: []) }
    return String(decoding: text, as: UTF8.self)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }

  /// Days since 1970 of a date; years begin in March here, so that a leap day is the last.
  ///
  /// *Source:* Hinnant, "chrono-compatible low-level date algorithms", 2013.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = (marchYear / 400, marchYear % 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, day) = ((days + 719_468) / 146_097, (days + 719_468) % 146_097)
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
