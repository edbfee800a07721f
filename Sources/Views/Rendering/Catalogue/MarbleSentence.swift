/// What the pictures of marbles show, in sentences.
enum MarbleSentence: Phrase {
  case nothing, before(Int), after(Int)
  case record(
    String,
    time: String,
    input: String?,
    Marbles.Lateness,
    watermark: String?
  )
  case opens([String])
  case watermark(String, input: String?)
  case idle(String?), active(String?)
  case fires(String, result: String, isAgain: Bool)
  case clears(String), joins(String, String)
  case window(String, holds: Int, WindowFate, String?)

  var english: String {
    switch self {
    case .nothing: "Nothing has arrived."
    case .before(let count): "\(Wording.count(count, "record")) came before."
    case .after(let count): "\(Wording.count(count, "record")) came after."
    case .record(let name, let time, let input, let lateness, let watermark):
      "Record \(name) of \(time) arrives\(input.map { " from \($0)" } ?? "")"
        + Self.ending(lateness, watermark)
    case .opens(let windows): "It is the first in \(Wording.list(windows))."
    case .watermark(let time, let input?): "The watermark of \(input) comes to \(time)."
    case .watermark(let time, nil): "The watermark comes to \(time)."
    case .idle(let input):
      "\(input.map { "Input \($0)" } ?? "The input") is idle: nobody waits for its watermark."
    case .active(let input): "\(input.map { "Input \($0)" } ?? "The input") is active again."
    case .fires(let window, let result, let isAgain):
      "Window \(window) fires\(isAgain ? " again" : ""): \(result)."
    case .clears(let window): "The state of window \(window) is gone."
    case .joins(let window, let other): "Window \(window) becomes \(other)."
    case .window(let name, let count, let fate, let other):
      "Window \(name) holds \(Wording.count(count, "record")); "
        + Self.ending(fate, joined: other)
    }
  }

  private static func ending(_ lateness: Marbles.Lateness, _ watermark: String?) -> String {
    let reason = watermark.map { ", the watermark is at \($0)" } ?? ""
    return switch lateness {
    case .onTime: "."
    case .late: " late\(reason): a window still counts it."
    case .dropped: " too late\(reason): its window is gone, and it is dropped."
    }
  }

  private static func ending(_ fate: WindowFate, joined: String?) -> String {
    if let joined { return "it went into \(joined)." }
    let results =
      fate.results.isEmpty
      ? "it has not fired" : "its results are \(fate.results.joined(separator: ", then "))"
    return results + (fate.isCleared ? ", and its state is gone." : ".")
  }
}
