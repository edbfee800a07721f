import DreyCluster
import Examples

// The examples of doc comments and documents about state: compiled here, held against them by
// DocumentedExamples.swift.

func states(_ context: KeyedFunctionContext<String>) throws {
  let greatest = try context.valueState(named: "greatest", of: Int.self)
  greatest.update(max(greatest.value() ?? 0, 7))

  let count = try context.valueState(named: "count", of: Int.self)
  count.update((count.value() ?? 0) + 1)

  let last = try context.valueState(
    named: "last",
    of: String.self,
    timeToLive: StateTimeToLive(.hours(1))
  )
  last.clear()

  let session = try context.valueState(
    named: "session",
    of: String.self,
    timeToLive: StateTimeToLive(milliseconds: 60_000, updateType: .onReadAndWrite)
  )
  session.update("open")

  let waiting = try context.listState(named: "waiting", of: Int.self)
  waiting.add(7)

  let degrees = try context.listState(named: "degrees", of: Int.self)
  degrees.addAll([14, 15])
  degrees.update(degrees.get().filter { $0 > 14 })

  let recent = try context.listState(
    named: "recent",
    of: Int.self,
    timeToLive: StateTimeToLive(.minutes(5))
  )
  recent.add(7)

  let visits = try context.mapState(named: "visits", by: String.self, of: Int.self)
  visits.put("home", (visits.get("home") ?? 0) + 1)

  let pages = try context.mapState(named: "pages", by: String.self, of: Int.self)
  if !pages.contains("home") { pages.put("home", 1) }
  for (page, count) in pages.entries() where count > 9 { pages.remove(page) }

  let lately = try context.mapState(
    named: "lately",
    by: String.self,
    of: Int.self,
    timeToLive: StateTimeToLive(.minutes(5))
  )
  lately.put("home", 1)

  let sum = try context.reducingState(named: "sum", of: Int.self) { $0 + $1 }
  try sum.add(7)

  let hourly = try context.reducingState(
    named: "hourly",
    of: Int.self,
    timeToLive: StateTimeToLive(.hours(1))
  ) { $0 + $1 }
  try hourly.add(7)
}

func states2(_ context: KeyedFunctionContext<String>) throws {
  let mean = try context.aggregatingState(named: "mean", by: MeanDegrees())
  try mean.add(Reading("attic", 1, degrees: 14, second: 1))

  let average = try context.aggregatingState(named: "average", by: MeanDegrees())
  try average.add(Reading("attic", 1, degrees: 14, second: 1))
  if let warmth = try average.get(), warmth > 20 { average.clear() }

  let daily = try context.aggregatingState(
    named: "daily",
    timeToLive: StateTimeToLive(.days(1)),
    by: MeanDegrees()
  )
  daily.clear()

  let timers = context.timerService
  timers.registerEventTimeTimer(timers.currentWatermark() + 1000)
  timers.deleteProcessingTimeTimer(timers.currentProcessingTime() + 500)
}

func subtaskState(_ context: FunctionContext) throws {
  let buffer = try context.listState(named: "buffer", of: String.self)
  buffer.elements.append("to be")

  let everybody = try context.unionListState(named: "everybody", of: Int.self)
  everybody.elements.append(context.subtask)

  context.output(OutputTag<String>("odd"), "7")

  let place = "subtask \(context.subtask) of \(context.parallelism), attempt \(context.attempt)"
  print(place, context.timestamp ?? 0, context.currentWatermark, context.currentProcessingTime)

  let limits = BroadcastStateDescriptor("limits", by: String.self, of: Int.self)
  print(limits.name)

  let late = OutputTag<Reading>("late")
  print(late.id)

  var pair = Tuple2("attic", 14)
  pair.f1 += 1
  print(pair)

  var three = Tuple3("attic", 1, 14)
  three.f2 += 1
  print(three)

  let window = TimeWindow(start: 0, end: 60_000)
  print(window.maxTimestamp == 59_999)

  let clock = ReplayClock<Reading>(by: { $0.time.milliseconds }, speed: 60)
  print(clock.speed)

  let rate = SourceRate(elementsPerSecond: 20)
  print(rate.elementsPerSecond)
}
