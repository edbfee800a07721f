import DreyCluster
import Examples

// The examples of the guides that no doc comment has, held by DocumentedExamples.swift.

func guide(_ readings: DataStream<Reading>) {
  readings.keyBy { Tuple3($0.room, $0.thermometer, $0.time) }.print()

  readings.keyBy(\.room).window(.tumblingEventTime(.days(1), offset: .hours(-1)))
    .max(\.degrees).print()
}

func secondFile() throws {
  let two = try DreyCluster(inputs: ["orders": "a\nb\n", "payments": "b\n"])
  let both = two.environment()
  both.readTextFile("orders").union(both.readTextFile("payments")).print()
  try both.execute("both")
}
