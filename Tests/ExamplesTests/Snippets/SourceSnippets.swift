import RecordFormats
import DreyCluster
import Examples

// The examples of doc comments and documents about source: compiled here, held against them by
// DocumentedExamples.swift.

func sources(_ environment: StreamExecutionEnvironment) {
  environment.setParallelism(4)

  environment.setMaxParallelism(256)

  environment.setRuntimeMode(.batch)

  environment.disableOperatorChaining()

  environment.enableCheckpointing(every: .seconds(10), guarantee: .atLeastOnce)

  environment.setRestartStrategy(.fixedDelay(attempts: 3, delay: .seconds(1)))

  environment.source("numbers") { _ in CollectionFormat([1, 2, 3]) }.print()

  environment.fromData([3, 1, 2]).print()

  environment.fromData("to", "be", "or", "not").print()

  environment.fromSequence(1, 100).print()

  environment.fromSequence(count: 10) { "number \($0)" }.print()

  environment.readTextFile("notes").filter { !$0.isEmpty }.print()

  environment.readCSVFile("readings") { row in
    Tuple2(try row.text("room"), try row.integer("degrees"))
  }
  .print()

  environment.readCSVFile("readings", as: Reading.self, onBadRow: .setAside()).print()

  environment.readJSONLines("readings", as: Reading.self).print()

  environment.generate(count: 1_000, seed: 7) { number, random in
    Tuple2(number, random.below(6) + 1)
  }
  .print()

  environment.socketTextStream().print()

  environment.setAutoWatermarkInterval(.milliseconds(50))

  if let morning = EventTime(parsing: "2013-03-04T06:00:00Z") {
    environment.beginProcessingTime(at: morning)
  }

  environment
    .replay("readings", ReplayClock<Reading>(by: { $0.time.milliseconds })) { _ in
      CollectionFormat(Reading.minute)
    }
    .print()

  let clock = ReplayClock<Reading>(by: { $0.time.milliseconds }, speed: 60)
  environment.replayCSVFile("readings", as: Reading.self, clock).print()

  let pace = ReplayClock<Reading>(by: { $0.time.milliseconds }, speed: 60)
  environment.replayJSONLines("readings", as: Reading.self, pace).print()
}

func sources2(_ environment: StreamExecutionEnvironment) {
  environment.fromSource(LogSource.text(LogTopic("words")).bounded()).print()

  environment
    .fromSource(
      LogSource.text(LogTopic("numbers")),
      watermarks: .forMonotonousTimestamps().withTimestampAssigner { (text: String) in
        Int64(text) ?? 0
      }
    )
    .print()

  let lengths = LogSource(LogTopic("words"), group: "readers") { $0.value.count }
  environment.fromSource(lengths).print()

  var source = LogSource.text(LogTopic("words", partitions: 4))
  source.options.isBounded = true
  environment.fromSource(source).print()

  environment.fromSource(LogSource.text(LogTopic("words")).readCommitted()).print()

  environment.fromSource(LogSource.text(LogTopic("words"), start: .latest)).print()
}
