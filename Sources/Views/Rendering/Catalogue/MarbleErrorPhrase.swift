/// What is wrong with marbles that are written as text.
struct MarbleErrorPhrase: Phrase {
  let error: MarbleError

  var english: String {
    "line \(error.line), column \(error.column): \(Self.text(of: error.problem))"
  }

  private static func text(of problem: MarbleError.Problem) -> String {
    switch problem {
    case .unexpected(let text): "\(text) begins nothing that is known here"
    case .noTime(let name): "\(name) needs its event time, as in \(name)@1000"
    case .badTime(let text):
      text.isEmpty
        ? "here a time is missing, as 4999 or 10:04"
        : "\(text) is no time; times are milliseconds, as 4999, or time of day, as 10:04"
    case .openWatermark(let bars):
      bars == 1
        ? "a watermark ends with a bar, as in |4999|"
        : "a watermark of several inputs ends with two bars, as in ||4999||"
    case .openQuote: "the quote that begins here has no end"
    case .openBrace: "here a } is missing"
    case .noWindow: "between braces a window comes first, as in {a[0,5000) = 2}"
    case .badExtent: "a window is [0,5000) from 0 to before 5000, [#1] by count, or [*] for all"
    case .emptyWindow: "the window ends before it begins"
    case .badStatement(let text):
      (text.isEmpty ? "this" : text)
        + " cannot be said of a window; what can: = 2, cleared, -> another window, : its records"
    case .missingTwin(let name): "there is no window before it that is called \(name)"
    case .noRecord(let name): "there is no record \(name)"
    case .ambiguousRecord(let name):
      "several records are called \(name): say which by its number, as in #1 for the first"
    }
  }
}
