package import SimulationKernel

/// Numbers and times as people read them.
package enum Quantity {
  /// A whole number with its thousands apart: `1,204`.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// The most exact text for a number that fits into that many columns: `1,204`, `12.34M`, `12M`.
  package static func fitted(_ number: Int, columns: Int) -> String {
    let whole = grouped(number)
    if whole.utf8.count <= columns || number.magnitude < 1000 { return whole }
    let units: [(String, UInt)] = [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)]
    let (suffix, scale) = units.first { $0.1 <= number.magnitude } ?? ("k", 1000)
    let sign = number < 0 ? "-" : ""
    let hundredths = number.magnitude / (scale / 100)
    let fraction = padded(Int64(hundredths % 100), digits: 2)
    let texts = [fraction, String(fraction.prefix(1))].map {
      "\(sign)\(hundredths / 100).\($0)\(suffix)"
    }
    return texts.first { $0.utf8.count <= columns } ?? "\(sign)\(hundredths / 100)\(suffix)"
  }

  /// A size in bytes: `812 B`, `1.2 KB`, `3.4 MB`.
  package static func bytes(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count) B" }
    let (unit, scale) =
      count < 1_000_000
      ? ("KB", 1000) : count < 1_000_000_000 ? ("MB", 1_000_000) : ("GB", 1_000_000_000)
    let tenths = count / (scale / 10)
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  /// A moment of a run: `3.412s`, `2min03.412s`, `1h02min03s`.
  package static func moment(_ instant: VirtualInstant) -> String {
    span(instant - .zero)
  }

  /// A length of time to the millisecond: `3.412s`, `2min03.412s`, `1h02min03s`.
  package static func span(_ duration: VirtualDuration) -> String {
    let total = duration.milliseconds
    let (minutes, rest) = (total / 60_000, total % 60_000)
    let seconds = "\(rest / 1000)"
    let thousandths = padded(rest % 1000, digits: 3)
    if minutes == 0 { return "\(seconds).\(thousandths)s" }
    let two = padded(rest / 1000, digits: 2)
    if minutes < 60 { return "\(minutes)min\(two).\(thousandths)s" }
    return "\(minutes / 60)h\(padded(minutes % 60, digits: 2))min\(two)s"
  }

  /// A short length of time: `41ms`, `1.5s`.
  package static func shortSpan(_ duration: VirtualDuration) -> String {
    let milliseconds = duration.milliseconds
    if milliseconds == 0, duration > .zero { return "<1ms" }
    return VirtualDuration.milliseconds(milliseconds).description
  }

  /// A length of time in its two largest units: `41ms`, `1.5s`, `2min03s`, `14h45min`.
  package static func roughSpan(_ duration: VirtualDuration) -> String {
    let seconds = duration.milliseconds / 1000
    if seconds < 60 { return shortSpan(duration) }
    let (large, small, units) =
      seconds < 3600
      ? (seconds / 60, seconds % 60, ("min", "s"))
      : (seconds / 3600, seconds / 60 % 60, ("h", "min"))
    return small == 0
      ? "\(large)\(units.0)" : "\(large)\(units.0)\(padded(small, digits: 2))\(units.1)"
  }

  /// A span of a checkpoint in whole microseconds: `812 µs`, `2,637 µs`.
  package static func fineSpan(_ duration: VirtualDuration) -> String {
    "\(grouped(Int(duration.nanoseconds / 1000))) µs"
  }

  private static func padded(_ number: Int64, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
