import DreyCluster

// The examples of doc comments and documents about program: compiled here, held against them by
// DocumentedExamples.swift.

func programs() {
  let lineLengths = Program("line-lengths", columns: ["length", "lines"]) { environment in
    environment.readTextFile(environment.input)
      .map { Tuple2($0.utf8.count, 1) }
      .keyBy(\.f0)
      .sum(\.f1)
      .sinkTo(FileSink.csv())
  }

  print(lineLengths.variantNames)

  let size = ProgramParameter.time(
    "window",
    default: .seconds(10),
    in: .seconds(1) ... .minutes(60),
    help: "how long a window is"
  )
  let perWindow = Program("per-window", parameters: [size]) { environment in
    environment.readTextFile(environment.input)
      .windowAll(TumblingProcessingTimeWindows.of(environment.time(size)))
      .process(emitting: Int.self) { _, lines, _, counts in counts.collect(lines.count) }
      .print()
  }

  let least = ProgramParameter.number(
    "least",
    of: "letters",
    default: 3,
    in: 1...20,
    help: "how long a word must be"
  )
  let longWords = Program("long-words", parameters: [least]) { environment in
    let least = environment.number(least)
    environment.readTextFile(environment.input).filter { $0.utf8.count >= least }.print()
  }

  if let parsed = try? size.value(parsing: "30s") { print(size.text(of: parsed)) }

  var catalogue = JobCatalogue([lineLengths, perWindow])
  catalogue.add(longWords)
  print(catalogue.names)

  if let plain = catalogue.variant(named: "plain", of: longWords) { print(plain.name) }
}

func moreOfPrograms() {
  let echo = Program("echo") { environment in
    environment.readTextFile(environment.input).print()
  }
  _ = echo

  let count = ProgramParameter.number("count", of: "rows", default: 9, in: 1...99, help: "")
  let counting = Program("counting", parameters: [count]) { environment in
    environment.fromSequence(1, environment.number(count)).print()
  }
  _ = counting

  let gap = ProgramParameter.time(
    "gap",
    default: .seconds(5),
    in: .seconds(1) ... .hours(1),
    help: "the pause between sessions"
  )
  let sessions = Program("sessions", parameters: [gap]) { environment in
    environment.readTextFile(environment.input).keyBy { $0 }
      .window(.processingTimeSession(gap: environment.time(gap)))
      .reduce { first, _ in first }
      .print()
  }
  _ = sessions
}

func executions() throws {
  let environment = try DreyCluster(taskManagers: 2).environment()
  environment.fromData("to be", "or not").map { $0.utf8.count }.print()
  try environment.execute("lengths")

  let lengths = try environment.fromData("to", "be").map { $0.utf8.count }.executeAndCollect()
  print(lengths)

  environment.fromData(1, 2).print()
  let result = try environment.execute("numbers")
  print(result.jobName, try result.netRuntime, try result.outcome.jobID)

  environment.fromSequence(1, 1_000).print()
  let client = try environment.executeAsync("many")
  print(try client.getJobID(), try client.getJobStatus())
  try client.cancel()
}
