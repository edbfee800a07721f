import DataStreamAPI

extension Program {
  /// Counts words in windows of words: each time that a word has come ten times more, how many of
  /// its last twenty there are.
  ///
  /// The windows of a word are cut by its own occurrences, not by time. So it does not matter in
  /// which order lines are read: the rows are the same at any parallelism. What does not fill
  /// another ten at the end of the text is never seen.
  /// *Source:* Flink's example `WindowWordCount`.
  static let windowedWordCount = Program(
    "windowed-word-count",
    summary: "counts the last 20 of a word, every 10 of it",
    columns: ["word", "count"],
    parameters: [windowSize, windowSlide],
    isConfluent: true
  ) { environment in
    environment.readTextFile(environment.input).uid("lines")
      .flatMap { line, words in
        Tokens.forEach(in: line) { words.collect(Tuple2($0, 1)) }
      }
      .name("tokens")
      .keyBy(\.f0)
      .countWindow(environment.number(windowSize), slide: environment.number(windowSlide))
      .reduce { Tuple2($0.f0, $0.f1 + $1.f1) }.name("windows").uid("windows")
      .writeAsCSV().name("rows").uid("rows")
  }

  private static let windowSize = ProgramParameter.number(
    "window",
    of: "words",
    default: 20,
    in: 1...1000,
    help: "how many of a word's last occurrences a row counts"
  )

  private static let windowSlide = ProgramParameter.number(
    "slide",
    of: "words",
    default: 10,
    in: 1...1000,
    help: "after how many more of a word there is a row"
  )
}
