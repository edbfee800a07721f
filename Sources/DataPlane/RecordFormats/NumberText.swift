/// Numbers in decimal digits.
enum NumberText {
  /// What a text turned out to be.
  enum Reading<Number> {
    case number(Number)
    case outOfRange
    case noNumber
  }

  /// Reads a whole number, exactly.
  @inline(__always)
  static func integer<Number: FixedWidthInteger>(
    _ type: Number.Type,
    in bytes: UnsafeRawBufferPointer
  ) -> Reading<Number> {
    var index = 0
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    guard index < bytes.count else { return .noNumber }
    var number: Number = 0
    var isBeyond = false
    while index < bytes.count {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return .noNumber }
      if !isBeyond {
        let (tenfold, first) = number.multipliedReportingOverflow(by: 10)
        let (sum, second) =
          isNegative
          ? tenfold.subtractingReportingOverflow(Number(truncatingIfNeeded: digit))
          : tenfold.addingReportingOverflow(Number(truncatingIfNeeded: digit))
        number = sum
        isBeyond = first || second
      }
      index += 1
    }
    return isBeyond ? .outOfRange : .number(number)
  }

  /// Reads a decimal number as the nearest Double: a sign, digits with a point among or beside
  /// them, an exponent.
  static func decimal(in bytes: UnsafeRawBufferPointer) -> Reading<Double> {
    var index = 0
    func byte() -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    let isNegative = byte() == UInt8(ascii: "-")
    if isNegative || byte() == UInt8(ascii: "+") { index += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var scale = 0
    var isBehindPoint = false
    while index < bytes.count {
      let digit = bytes[index] &- 0x30
      if digit <= 9 {
        digits += 1
        if digits <= 18 { mantissa = mantissa &* 10 &+ UInt64(digit) }
        if isBehindPoint { scale -= 1 }
      } else if bytes[index] == UInt8(ascii: "."), !isBehindPoint {
        isBehindPoint = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return .noNumber }
    if byte() | 0x20 == UInt8(ascii: "e") {
      index += 1
      let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
      switch integer(Int16.self, in: rest) {
      case .noNumber: return .noNumber
      case .outOfRange: digits = .max
      case .number(let exponent): scale += Int(exponent)
      }
      index = bytes.count
    }
    guard index == bytes.count else { return .noNumber }
    // Both are exact, so their product or quotient is rounded once.
    if digits <= 18, mantissa < 1 << 53, (-22...22).contains(scale) {
      let whole = Double(mantissa)
      let value = scale < 0 ? whole / powers[-scale] : whole * powers[scale]
      return .number(isNegative ? -value : value)
    }
    return slowDecimal(String(decoding: bytes, as: UTF8.self))
  }

  private static func slowDecimal(_ text: String) -> Reading<Double> {
    guard let number = Double(text) else { return .noNumber }
    return number.isFinite ? .number(number) : .outOfRange
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
