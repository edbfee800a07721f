import Glibc  // clock_gettime, fopen

/// The wall clock.
enum Stopwatch {
  /// Seconds since some moment in the past.
  static var seconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// How long `body` takes, in seconds.
  static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = seconds
    try body()
    return seconds - start
  }
}

/// The process's memory that no file stands behind.
enum AnonymousMemory {
  /// Megabytes at present, as Linux counts them.
  static var megabytes: Int { ProcessMemory.megabytes("RssAnon:") }
}

/// The process's memory as Linux counts it.
enum ProcessMemory {
  /// The most megabytes that were resident at any time.
  static var peakMegabytes: Int { megabytes("VmHWM:") }

  /// What a line of the process's status says.
  static func megabytes(_ field: String) -> Int {
    guard let file = unsafe fopen("/proc/self/status", "r") else { return 0 }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while unsafe fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
      if text.hasPrefix(field) { return (Int(text.filter(\.isNumber)) ?? 0) / 1024 }
    }
    return 0
  }
}

/// How numbers are printed.
enum Figure {
  /// The one in the middle.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }

  /// Three digits after the point, and as many more as a small one needs for two of its own.
  static func ratio(_ value: Double) -> String {
    var (places, scale) = (3, 1000.0)
    while places < 6, value * scale < 9.5 { (places, scale) = (places + 1, scale * 10) }
    let scaled = Int((value * scale).rounded())
    let digits = String(scaled % Int(scale))
    return "\(scaled / Int(scale))." + String(repeating: "0", count: places - digits.count) + digits
  }

  /// One digit after the point.
  static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Millions a second.
  static func millions(_ count: Int, in seconds: Double) -> String {
    tenths(Double(count) / seconds / 1e6)
  }
}
