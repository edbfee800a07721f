/// What is written in the pictures of marbles.
enum MarblePhrase: Phrase {
  case arrival, windows, watermark, end, theEnd, continued, nothing
  case arrivalDirection, eventTimeDirection
  case meaning(MarbleLegend)
  case before(Int), after(Int)
  case late(String, watermark: String?), tooLate(String, watermark: String?)
  case fires(window: String, result: String, time: Int)
  case joins([String], into: String)
  case cleared([String])
  case otherWindows(Int)
  case idle(String), active(String)
  case span(key: String, from: String, to: String), count(key: String, Int), global(key: String)
  case results([String])
  case unfired(Int), windowsOf(String)

  var english: String {
    switch self {
    case .arrival: "arrival"
    case .windows: "windows"
    case .watermark: "watermark"
    case .end: "end"
    case .theEnd: "the end"
    case .continued: "continued"
    case .nothing: "nothing has arrived"
    case .arrivalDirection: "in the order of arrival"
    case .eventTimeDirection: "event time"
    case .meaning(let entry): Self.meaning(of: entry)
    case .before(let count): "\(Wording.count(count, "record")) before"
    case .after(let count): "\(Wording.count(count, "record")) after"
    case .late(let name, let watermark): "\(name) is late\(Self.behind(watermark))"
    case .tooLate(let name, let watermark): "\(name) is dropped\(Self.behind(watermark))"
    case .fires(let window, let result, let time):
      "\(window) fires\(time > 1 ? " again" : ""): \(result)"
    case .joins(let windows, let into): "\(Wording.list(windows)) \(Self.become(windows)) \(into)"
    case .cleared(let windows): "state gone: \(windows.joined(separator: ", "))"
    case .otherWindows(let count): "and \(Wording.count(count, "more window"))"
    case .idle(let input): input.isEmpty ? "idle" : "\(input) is idle"
    case .active(let input): input.isEmpty ? "active again" : "\(input) is active again"
    case .span(let key, let from, let to): (key.isEmpty ? "" : key + " ") + "[\(from),\(to))"
    case .count(let key, let number): (key.isEmpty ? "" : key + " ") + "#\(number)"
    case .global(let key): key.isEmpty ? "all" : "all of \(key)"
    case .results(let results): results.joined(separator: ", then ")
    case .windowsOf(let key): key.isEmpty ? "windows" : "windows of \(key)"
    case .unfired(let count): "holds \(count)"
    }
  }

  private static func become(_ windows: [String]) -> String {
    windows.count == 1 ? "becomes" : "become"
  }

  private static func behind(_ watermark: String?) -> String {
    watermark.map { ": watermark at \($0)" } ?? ""
  }

  private static func meaning(of entry: MarbleLegend) -> String {
    switch entry {
    case .sign(let sign): meaning(of: sign) ?? ""
    case .watermarkOfAll: "watermark of all: the lowest of those not idle"
    case .window(.cleared): "window with its results, state gone"
    case .window(.joined): "session that went into a larger one"
    case .window: "window with its results"
    case .run(let isCleared): meaning(of: .window(isCleared ? .cleared : .held))
    }
  }

  private static func meaning(of sign: Sign) -> String? {
    switch sign {
    case .onTime: "on time"
    case .late: "late, its window still counts it"
    case .tooLate: "too late, its window is gone: dropped"
    case .watermark: "watermark"
    case .inputWatermark: "watermark of one input"
    case .passed: "passed by the watermark"
    case .lag: "how far behind"
    case .guide: "end of a window"
    case .idleInput: "idle"
    case .activeInput: "active again"
    case .corner, .elbow, .passage, .flow, .idleFlow, .because, .becauseLeft, .stem, .opening,
      .closing, .held, .cleared, .joined, .member, .tick, .axis, .earlier, .later, .more, .down:
      nil
    }
  }
}
