extension Array where Element == UInt8 {
  /// Appends the digits of a number that is not negative, filled up with zeros.
  ///
  /// Not called `append`: that would take the literals of bytes for numbers.
  mutating func appendDigits(of number: Int, atLeast digits: Int = 1) {
    var divisor = 1
    var places = 1
    while places < digits || number / divisor >= 10 {
      divisor *= 10
      places += 1
    }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends text.
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { unsafe append(contentsOf: $0) }
  }
}
