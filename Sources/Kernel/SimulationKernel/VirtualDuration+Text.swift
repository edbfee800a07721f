extension VirtualDuration: CustomStringConvertible {
  private static let units: [(suffix: String, nanoseconds: Int64)] = [
    ("h", 3_600_000_000_000), ("min", 60_000_000_000), ("s", 1_000_000_000),
    ("ms", 1_000_000), ("us", 1000), ("ns", 1),
  ]

  /// Reads a length of time such as `250ms`, `3s`, `1.5s`, `10min` (also `10m`) or `1h`.
  ///
  /// Returns nil for anything else, for a negative length and for one above 100 years.
  public init?(text: some StringProtocol) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let suffix = text.dropFirst(digits.count)
    let unit = suffix == "m" ? "min" : String(suffix)
    guard let scale = Self.units.first(where: { $0.suffix == unit })?.nanoseconds else {
      return nil
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]) else { return nil }
    var total = whole.multipliedReportingOverflow(by: scale)
    if parts.count == 2 {
      guard (1...9).contains(parts[1].count), let fraction = Int64(parts[1]) else { return nil }
      let divisor = parts[1].reduce(Int64(1)) { power, _ in power * 10 }
      let part = fraction * (scale / divisor) + fraction * (scale % divisor) / divisor
      total = total.overflow ? total : total.partialValue.addingReportingOverflow(part)
    }
    guard !total.overflow, total.partialValue <= 100 * 366 * 24 * 3_600_000_000_000 else {
      return nil
    }
    self.init(nanoseconds: total.partialValue)
  }

  /// The shortest text that ``init(text:)`` reads back as the same span.
  public var description: String {
    for (suffix, scale) in Self.units where nanoseconds % scale == 0 && nanoseconds != 0 {
      if suffix == "ms", nanoseconds > 1_000_000_000 { break }
      return "\(nanoseconds / scale)\(suffix)"
    }
    if nanoseconds > 1_000_000_000, nanoseconds % 1_000_000 == 0 {
      let thousandths = String(nanoseconds / 1_000_000 % 1000)
      var fraction = String(repeating: "0", count: 3 - thousandths.count) + thousandths
      while fraction.hasSuffix("0") { fraction.removeLast() }
      return "\(nanoseconds / 1_000_000_000).\(fraction)s"
    }
    return nanoseconds == 0 ? "0s" : "\(nanoseconds)ns"
  }
}
