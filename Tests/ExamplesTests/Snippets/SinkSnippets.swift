import DreyCluster
import Examples

// The examples of doc comments and documents about sink: compiled here, held against them by
// DocumentedExamples.swift.

func sinks(_ readings: DataStream<Reading>) {
  let sinks: [any Sink<Reading>] = [FileSink.csv(), PlainSink.csv()]
  for sink in sinks { readings.sinkTo(sink) }

  readings.sinkTo(FileSink.csv())

  readings.sinkTo(
    FileSink { _ in
      LineSerializer { reading, bytes in bytes += "\(reading.room): \(reading.degrees)".utf8 }
    }
  )

  readings.sinkTo(PlainSink.csv())

  readings.sinkTo(
    PlainSink { _ in
      LineSerializer { reading, bytes in bytes += "\(reading.room): \(reading.degrees)".utf8 }
    }
  )

  readings.keyBy(\.room).max(\.degrees).sinkTo(UpsertSink.csv(table: "greatest") { $0.room })

  readings.keyBy(\.room).max(\.degrees)
    .sinkTo(UpsertSink(table: "degrees", key: { $0.room }, line: { "\($0.degrees)" }))

  readings.sinkTo(LogSink.csv(LogTopic("readings"), guarantee: .exactlyOnce) { $0.room })

  readings.sinkTo(
    LogSink(LogTopic("degrees", partitions: 2), guarantee: .atLeastOnce) { reading in
      ProducerRecord(key: reading.room, value: "\(reading.degrees)")
    }
  )

  var log = LogSink<Reading>.csv(LogTopic("rooms"), guarantee: .exactlyOnce) { $0.room }
  log.options.partitioning = .byKey
  readings.sinkTo(log)
}
