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
    isConfluent: true
  ) { environment in
    environment.readTextFile(environment.input).uid("lines")
      .flatMap { line, words in
        Tokens.forEach(in: line) { words.collect(Tuple2($0, 1)) }
      }
      .name("tokens")
      .keyBy(\.f0)
      .countWindow(20, slide: 10)
      .reduce { Tuple2($0.f0, $0.f1 + $1.f1) }.name("windows").uid("windows")
      .writeAsCSV().name("rows").uid("rows")
  }
}
