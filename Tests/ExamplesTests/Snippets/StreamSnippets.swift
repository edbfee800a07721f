import DreyCluster
import Examples

// The examples of doc comments and documents about stream: compiled here, held against them by
// DocumentedExamples.swift.

func streams(
  _ words: DataStream<String>,
  _ numbers: DataStream<Int>,
  _ readings: DataStream<Reading>
) {
  words.filter { !$0.isEmpty }.map { $0.utf8.count }.keyBy { $0 % 2 }.sum(\.self).print()

  let long = OutputTag<String>("long")
  let lengths = words.process(emitting: Int.self) { word, context, lengths in
    lengths.collect(word.utf8.count)
    if word.utf8.count > 10 { context.output(long, word) }
  }
  lengths.print()
  lengths.getSideOutput(long).print()

  words.map { $0.uppercased() }.print()

  numbers.filter { $0 > 0 }.print()

  words.flatMap(emitting: Character.self) { word, letters in
    for letter in word { letters.collect(letter) }
  }
  .print()

  readings
    .assignTimestampsAndWatermarks(
      .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
    )
    .print()

  numbers.union(words.map { $0.utf8.count }).print()

  readings.keyBy(\.room).max(\.degrees).print()

  numbers.keyBy { $0 % 10 }.print()

  words.rebalance().map { $0.uppercased() }.print()

  words.rescale().map { $0.uppercased() }.print()

  words.shuffle().map { $0.uppercased() }.print()

  words.forward().map { $0.uppercased() }.print()

  words.global().map { $0.uppercased() }.print()

  words.broadcast().map { $0.uppercased() }.print()

  words.map { $0.uppercased() }.name("shout").uid("shout").print()

  words.map { $0.uppercased() }.setParallelism(3).setMaxParallelism(64).print()

  words.map { $0.uppercased() }.startNewChain().filter { $0 != "NOT" }.disableChaining().print()

  words.map { $0.uppercased() }.slotSharingGroup("loud").print()

  words.map { Tuple2($0, $0.utf8.count) }.sinkTo(FileSink.csv())

  words.print().name("words").uid("words").setParallelism(1)

  words.print().disableChaining().slotSharingGroup("sinks")

  words.map { Tuple2($0, 1) }.writeAsCSV()
}

func streams2(
  _ words: DataStream<String>,
  _ numbers: DataStream<Int>,
  _ readings: DataStream<Reading>
) {
  words.print()

  readings.collect()

  words.connect(numbers).map({ $0.utf8.count }, { $0 }).print()

  words.process { _ in Numbering() }.print()

  words.process { _ in Total() }.print()

  words.process(emitting: Tuple2<Int, String>.self) { word, context, rows in
    rows.collect(Tuple2(context.subtask, word))
  }
  .print()

  words.orderedWait(timeout: .seconds(1), capacity: 10) { Translation() }.print()

  words.unorderedWait(timeout: .seconds(1), capacity: 10) { Translation() }.print()
}
