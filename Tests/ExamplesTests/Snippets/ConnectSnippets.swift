import DreyCluster
import Examples

// The examples of doc comments and documents about connect: compiled here, held against them by
// DocumentedExamples.swift.

func connections(
  _ words: DataStream<String>,
  _ stops: DataStream<String>,
  _ readings: DataStream<Reading>
) {
  words.connect(readings).map({ $0.utf8.count }, { $0.degrees }).print()

  words.connect(readings).flatMap(
    emitting: Int.self,
    { word, numbers in numbers.collect(word.utf8.count) },
    { reading, numbers in if reading.degrees > 0 { numbers.collect(reading.degrees) } }
  )
  .print()

  words.connect(stops).process { _ in WithoutStopped() }.print()

  words.keyBy { $0 }.connect(stops.keyBy { $0 }).process(UntilStopped.init).print()

  words.keyBy { $0 }.connect(stops.keyBy { $0 }).map({ $0 }, { "no more \($0)" }).print()

  words.keyBy { $0 }.connect(stops.keyBy { $0 }).flatMap(
    emitting: String.self,
    { word, all in all.collect(word) },
    { _, _ in }
  )
  .print()

  let stopped = BroadcastStateDescriptor("stopped", by: String.self, of: Bool.self)
  words.connect(stops.broadcast(stopped)).process { _ in NotStopped(stopped: stopped) }.print()

  let limits = BroadcastStateDescriptor("limits", by: String.self, of: Int.self)
  let rules = words.map { Tuple2($0, $0.utf8.count) }.broadcast(limits)
  readings.keyBy(\.room).connect(rules).process { _ in LastLimit(limits: limits) }.print()

  let known = BroadcastStateDescriptor("known", by: String.self, of: Bool.self)
  words.connect(stops.broadcast(known)).process { _ in NotStopped(stopped: known) }.print()

  let bounds = BroadcastStateDescriptor("bounds", by: String.self, of: Int.self)
  let bound = words.map { Tuple2($0, $0.utf8.count) }.broadcast(bounds)
  readings.keyBy(\.room).connect(bound).process { _ in LastLimit(limits: bounds) }.print()
}
