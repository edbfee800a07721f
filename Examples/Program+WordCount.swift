public import DreyCluster

extension Program {
  /// Counts the words of a text, or those that are typed at a socket.
  ///
  /// *Source:* Flink's examples `WordCount` and `SocketWindowWordCount`.
  public static let wordCount = Program(
    "examples-word-count",
    summary: "counts words as they come",
    columns: ["word", "count"],
    readsSockets: true
  ) { environment in
    let lines =
      environment.arguments.readsSocket
      ? environment.socketTextStream() : environment.readTextFile(environment.input)
    lines
      .flatMap(emitting: Tuple2<String, Int>.self) { line, words in
        for word in line.lowercased().split(separator: " ") {
          words.collect(Tuple2(String(word), 1))
        }
      }
      .name("tokenizer")
      .keyBy(\.f0)
      .sum(\.f1).name("counts").uid("counts")
      .sinkTo(FileSink.csv())
  }
}
