import DreyCluster
import Examples

// The examples of doc comments and documents about window: compiled here, held against them by
// DocumentedExamples.swift.

func windows(_ readings: DataStream<Reading>, _ costs: DataStream<Tuple2<String, Double>>) {
  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).maxBy(\.degrees).print()

  readings.keyBy(\.room).window(.global).trigger(PurgingTrigger(CountTrigger(3)))
    .sum(\.degrees).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).evictor(CountEvictor(10))
    .sum(\.degrees).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).allowedLateness(.seconds(30))
    .sum(\.degrees).print()

  let late = OutputTag<Reading>("late")
  let sums = readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .sideOutputLateData(late)
    .sum(\.degrees)
  sums.getSideOutput(late).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .reduce { $0.degrees < $1.degrees ? $1 : $0 }
    .print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .reduce({ $0.degrees < $1.degrees ? $1 : $0 }, emitting: Int64.self) { _, _, w, end in
      end.collect(w.window.end)
    }
    .print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .aggregate(MeanDegrees()).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .aggregate(MeanDegrees(), emitting: Tuple2<String, Double>.self) { room, mean, _, rows in
      rows.collect(Tuple2(room, mean))
    }
    .print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .process(emitting: Tuple2<String, Int>.self) { room, readings, _, rows in
      rows.collect(Tuple2(room, readings.count))
    }
    .print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .process { CountOfWindow<[Reading]>() }
    .print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .reduce({ $0.degrees < $1.degrees ? $1 : $0 }) { CountOfWindow<Reading>() }
    .print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .aggregate(MeanDegrees()) { CountOfWindow<Double>() }
    .print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).sum(\.degrees).print()

  costs.keyBy(\.f0).window(.tumblingProcessingTime(.minutes(1))).sum(\.f1).print()
}

func windows2(_ readings: DataStream<Reading>, _ costs: DataStream<Tuple2<String, Double>>) {
  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).max(\.degrees).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).min(\.degrees).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).minBy(\.degrees).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
    .apply(emitting: Tuple2<String, Int>.self) { room, window, readings, rows in
      rows.collect(Tuple2("\(room) until \(window.end)", readings.count))
    }
    .print()

  readings.keyBy(\.room).window(SlidingEventTimeWindows.of(.minutes(5), slide: .minutes(1)))
    .max(\.degrees).print()

  readings.keyBy(\.room).countWindow(3).sum(\.degrees).print()

  readings.keyBy(\.room).countWindow(3, slide: 1).sum(\.degrees).print()

  readings.windowAll(.untilEndOfStream).maxBy(\.degrees).print()

  readings.countWindowAll(3).sum(\.degrees).print()

  readings.countWindowAll(3, slide: 1).sum(\.degrees).print()

  readings.keyBy(\.room).window(TumblingEventTimeWindows.of(.seconds(5))).sum(\.degrees).print()
  readings.keyBy(\.room).window(.tumblingEventTime(.seconds(5))).sum(\.degrees).print()

  readings.keyBy(\.room).window(.tumblingEventTime(.hours(1), offset: .minutes(15)))
    .sum(\.degrees).print()

  readings.keyBy(\.room).window(.tumblingProcessingTime(.seconds(5))).sum(\.degrees).print()

  readings.keyBy(\.room).window(.slidingEventTime(.minutes(5), slide: .minutes(1)))
    .sum(\.degrees).print()

  readings.keyBy(\.room).window(.slidingProcessingTime(.minutes(5), slide: .minutes(1)))
    .sum(\.degrees).print()

  readings.keyBy(\.room).window(.eventTimeSession(gap: .seconds(30))).sum(\.degrees).print()

  readings.keyBy(\.room).window(.processingTimeSession(gap: .seconds(30)))
    .sum(\.degrees).print()

  readings.keyBy(\.room).window(.untilEndOfStream).sum(\.degrees).print()
  readings.keyBy(\.room).window(.global).trigger(CountTrigger(2)).sum(\.degrees).print()

  readings.windowAll(.global).trigger(CountTrigger(100)).sum(\.degrees).print()

  readings.windowAll(.global).trigger(PurgingTrigger(CountTrigger(100))).sum(\.degrees).print()

  readings.windowAll(.global).trigger(EventTimeTrigger()).sum(\.degrees).print()

  readings.windowAll(.tumblingEventTime(.minutes(1))).trigger(ProcessingTimeTrigger())
    .sum(\.degrees).print()

  readings.windowAll(.global).trigger(NeverTrigger()).sum(\.degrees).print()
}

func windows3(_ readings: DataStream<Reading>, _ costs: DataStream<Tuple2<String, Double>>) {
  readings.windowAll(.tumblingEventTime(.hours(1)))
    .trigger(ContinuousEventTimeTrigger(.minutes(5)))
    .sum(\.degrees).print()

  readings.windowAll(.tumblingEventTime(.hours(1)))
    .trigger(ContinuousProcessingTimeTrigger(.seconds(5)))
    .sum(\.degrees).print()

  readings.windowAll(.tumblingEventTime(.hours(1))).evictor(CountEvictor(100))
    .sum(\.degrees).print()

  readings.windowAll(.tumblingEventTime(.hours(1))).evictor(TimeEvictor(.minutes(10)))
    .sum(\.degrees).print()

  readings.windowAll(.tumblingEventTime(.hours(1)))
    .evictor(DeltaEvictor(threshold: 10) { Double(abs($0.degrees - $1.degrees)) })
    .sum(\.degrees).print()

  let isHourly = CommandLine.arguments.contains("--hourly")
  let windows = PlannedWindows(.tumblingEventTime(isHourly ? .hours(1) : .minutes(1)))
  readings.keyBy(\.room).window(windows).sum(\.degrees).print()
}
