import DreyCluster
import Examples

// The examples of doc comments and documents about keyed: compiled here, held against them by
// DocumentedExamples.swift.

func keyedStreams(
  _ words: DataStream<String>,
  _ readings: DataStream<Reading>,
  _ costs: DataStream<Tuple2<String, Double>>
) {
  words.map { Tuple2($0, 1) }.keyBy(\.f0).sum(\.f1).print()

  words.keyBy { $0.utf8.count }.reduce { $0 + " " + $1 }.print()

  readings.keyBy(\.room).sum(\.degrees).print()

  costs.keyBy(\.f0).sum(\.f1).print()

  readings.keyBy(\.room).max(\.degrees).print()

  readings.keyBy(\.room).min(\.degrees).print()

  readings.keyBy(\.room).maxBy(\.degrees, first: false).print()

  readings.keyBy(\.room).minBy(\.degrees).print()

  words.keyBy { $0 }.process(FirstSeen.init).print()

  readings.keyBy(\.room).process(emitting: Int.self) { reading, context, seen in
    let sum = try context.valueState(named: "sum", of: Int.self)
    sum.update((sum.value() ?? 0) + reading.degrees)
    seen.collect(sum.value() ?? 0)
  }
  .print()

  words.keyBy { $0 }.map { $0.uppercased() }.print()

  words.keyBy { $0 }.filter { $0.utf8.count > 3 }.print()

  words.keyBy { $0 }.flatMap(emitting: String.self) { word, twice in
    twice.collect(word)
    twice.collect(word)
  }
  .print()

  readings.keyBy(\.room).sinkTo(FileSink.csv())

  words.keyBy { $0 }.print()
}
