import DreyCluster

/// The first program of the README: the lines of the function are the lines there.
func runFirstProgram(print: (Any...) -> Void) throws {
  let sums = Program("sums", columns: ["parity", "sum"]) { environment in
    environment.fromSequence(1, 100)
      .map { Tuple2($0 % 2 == 0 ? "even" : "odd", $0) }
      .keyBy(\.f0)
      .sum(\.f1)
      .sinkTo(FileSink.csv())
  }
  let cluster = try DreyCluster(taskManagers: 3, seed: 7)
  let run = try cluster.run(sums, parallelism: 2, rate: 20, faults: ["kill tm-1 at 3s"])
  print(run.rows.count, "rows,", run.restarts, "restarts")
  print(run.report)
}
