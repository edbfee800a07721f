import DataStreamAPI

extension Program {
  /// Counts words second by second of processing time, as they come.
  ///
  /// Which second a word falls into is decided by when it is processed: another parallelism,
  /// another rate or a failure, and the rows are others. What is promised is less: under
  /// exactly-once no word is counted more often than it stands in the text, and missing are only
  /// those of the last second, whose window nobody waits for when the input ends.
  /// *Source:* Flink's example `SocketWindowWordCount`.
  static let socketWordCount = Program(
    "socket-word-count",
    summary: "counts words second by second, as they come",
    columns: ["word", "count"],
    isConfluent: false,
    readsSockets: true
  ) { environment in
    lines(environment).name("lines").uid("lines")
      .flatMap { line, words in
        Tokens.forEach(in: line) { words.collect(Tuple2($0, 1)) }
      }
      .name("tokens")
      .keyBy(\.f0)
      .window(.tumblingProcessingTime(.seconds(1)))
      .reduce { Tuple2($0.f0, $0.f1 + $1.f1) }.name("windows").uid("windows")
      .writeAsCSV().name("rows").uid("rows")
  }

  /// What is typed at a socket; without one a text, at the pace of somebody who types fast.
  private static func lines(
    _ environment: StreamExecutionEnvironment
  ) -> DataStream<String> {
    guard !environment.arguments.readsSocket else { return environment.socketTextStream() }
    let pace = SourceRate(elementsPerSecond: 20)
    return environment.readTextFile(environment.input, rate: environment.arguments.rate ?? pace)
  }
}
