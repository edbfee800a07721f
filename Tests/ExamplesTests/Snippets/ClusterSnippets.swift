import DreyCluster

// The examples of doc comments and documents about cluster: compiled here, held against them by
// DocumentedExamples.swift.

func clusters() throws {
  let counts = Program("counts", columns: ["parity", "sum"]) { environment in
    environment.fromSequence(1, 100)
      .map { Tuple2($0 % 2 == 0 ? "even" : "odd", $0) }
      .keyBy(\.f0).sum(\.f1)
      .sinkTo(FileSink.csv())
  }
  let cluster = try DreyCluster(taskManagers: 3, seed: 7)
  let run = try cluster.run(counts, parallelism: 2, rate: 20, faults: ["kill tm-1 at 3s"])
  print(run.rows.suffix(2), run.recordsOut, run.restarts)
  print(run.report)

  print(run.isSuccess, run.state, run.duration, run.fields.count)

  let small = try DreyCluster(.local, slots: 2, inputs: ["notes": "to be\nor not\n"])

  let environment = small.environment(parallelism: 2)
  environment.readTextFile("notes").print()
  try environment.execute("notes")

  try cluster.perform("restart tm-1")
  try cluster.advance(by: .seconds(10))
  print(cluster.now, cluster.digest)

  let values = try cluster.run(Program("values") { $0.fromData(1, 2).collect() })
  print(try values.values(as: Int.self))
}
