import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// State in a keyed function expires by the clock of its task.
@Suite struct KeyedStateClockTests {
  typealias Event = Tuple2<String, Int>

  private static let lifetime = StateTimeToLive(.milliseconds(100))

  /// Adds up by every kind of state at once, and shows what each of them has.
  private struct Everything: KeyedProcessFunction {
    private let value: ValueState<Int>
    private let list: ListState<Int>
    private let map: MapState<Int, Int>
    private let sum: ReducingState<Int>
    private let count: AggregatingState<Int, Int>

    struct Count: AggregateFunction {
      func createAccumulator() -> Int { 0 }
      func add(_ value: Int, to accumulator: inout Int) { accumulator += 1 }
      func getResult(_ accumulator: Int) -> Int { accumulator }
      func merge(_ other: Int, into accumulator: inout Int) { accumulator += other }
    }

    init(_ context: KeyedFunctionContext<String>) throws {
      value = try context.valueState(named: "value", timeToLive: lifetime)
      list = try context.listState(named: "list", timeToLive: lifetime)
      map = try context.mapState(named: "map", timeToLive: lifetime)
      sum = try context.reducingState(named: "sum", timeToLive: lifetime) { $0 + $1 }
      count = try context.aggregatingState(named: "count", timeToLive: lifetime, by: Count())
    }

    mutating func processElement(
      _ element: Event,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Seen>
    ) throws {
      let seen = Seen(
        value: value.value(),
        list: list.get(),
        map: map.entries().map(\.value),
        sum: sum.get(),
        count: try count.get(),
        entries: context.stateSize.entries
      )
      output.collect(seen)
      value.update(element.f1)
      list.add(element.f1)
      map.put(element.f1, -element.f1)
      try sum.add(element.f1)
      try count.add(element.f1)
    }
  }

  private struct Seen: Equatable {
    var value: Int?
    var list: [Int] = []
    var map: [Int] = []
    var sum: Int?
    var count: Int?
    var entries = 0
  }

  private func context(_ clock: TaskClock, restored: RestoredState? = nil) -> OperatorContext {
    var context = OperatorContext.test(restored: restored)
    context.clock = clock
    return context
  }

  private let factory = StreamOperatorFactory.keyedProcess(by: KeySelector(\Event.f0)) {
    try Everything($0)
  }

  private func feed(_ events: [Event], to operation: any StreamOperator) throws {
    try operation.inputs[0].acceptErased(try keyedBatch(events) { $0.f0 })
  }

  @Test(arguments: [Int64(0), 1_700_000_000_000])
  func statesOfAFunctionExpireByVirtualTime(epoch: Int64) throws {
    let clock = TaskClock(epoch: epoch)
    let received = Received<Seen>()
    let operation = try factory.open(context(clock), [received.receiver()])
    try feed([Event("a", 1), Event("a", 2)], to: operation)
    #expect(operation.keyedStateSize.entries == 6)
    #expect(operation.keyedStateSize.bytes > 0)
    clock.now = .zero + .milliseconds(99)
    try feed([Event("a", 4)], to: operation)
    clock.now = .zero + .milliseconds(100)
    try feed([Event("a", 8)], to: operation)
    clock.now = .zero + .milliseconds(300)
    try feed([Event("a", 16)], to: operation)
    #expect(
      received.elements == [
        Seen(),
        Seen(value: 1, list: [1], map: [-1], sum: 1, count: 1, entries: 5),
        Seen(value: 2, list: [1, 2], map: [-1, -2], sum: 3, count: 2, entries: 6),
        // What was added at 0 ms has gone from list and map.
        Seen(value: 4, list: [4], map: [-4], sum: 7, count: 3, entries: 5),
        Seen(),
      ]
    )
  }

  @Test func whatIsRestoredExpiresWhenItWouldHave() throws {
    let clock = TaskClock()
    let first = try factory.open(context(clock), [])
    try feed([Event("a", 1)], to: first)
    clock.now = .zero + .milliseconds(60)
    try feed([Event("b", 1)], to: first)
    let state = try first.snapshot(CheckpointID(1)).restored()
    let later = TaskClock(now: .zero + .milliseconds(150))
    let received = Received<Seen>()
    let second = try factory.open(context(later, restored: state), [received.receiver()])
    #expect(second.keyedStateSize.entries == 5)
    try feed([Event("a", 2), Event("b", 2)], to: second)
    let kept = Seen(value: 1, list: [1], map: [-1], sum: 1, count: 1, entries: 10)
    #expect(received.elements == [Seen(entries: 5), kept])
  }

  @Test func timesToLiveAreWholeMilliseconds() throws {
    #expect(StateTimeToLive(.seconds(2)).milliseconds == 2_000)
    #expect(StateTimeToLive(.microseconds(1_999)).milliseconds == 1)
    #expect(StateTimeToLive(.microseconds(999)).milliseconds == 0)
  }
}
