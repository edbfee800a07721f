import StreamOperators
import DataStreamAPI
import OperatorTesting
import Testing

/// What an operator does that asks a service, as Flink's `AsyncWaitOperatorTest` asks about it.
@Suite struct AsyncWaitTests {
  /// Something that is asked for, and after how many milliseconds the reply is there.
  struct Question: Codable, Sendable {
    var name: String
    var latency: Int64

    init(_ name: String, _ latency: Int64) {
      self.name = name
      self.latency = latency
    }
  }

  struct Service: AsyncFunction {
    func asyncInvoke(_ question: Question, _ random: inout RandomStream) throws -> AsyncReply<
      String
    > {
      if question.name == "throw" { throw Mishap() }
      let latency = VirtualDuration.milliseconds(question.latency)
      if question.name == "fail" { return AsyncReply(failure: Mishap(), after: latency) }
      if question.name == "none" { return AsyncReply([], after: latency) }
      return AsyncReply([question.name], after: latency)
    }
  }

  struct Patient: AsyncFunction {
    func asyncInvoke(_ question: Question, _ random: inout RandomStream) -> AsyncReply<String> {
      AsyncReply([question.name], after: .milliseconds(question.latency))
    }
    func timeout(_ question: Question) -> [String] { ["no \(question.name)"] }
  }

  private func harness(
    _ order: AsyncSettings.Order,
    timeout: Int64? = nil,
    capacity: Int = 100,
    parallelism: Int = 1
  ) throws -> OperatorHarness<String> {
    try OperatorHarness(
      asking: AsyncSettings(
        order: order,
        timeout: timeout.map { .milliseconds($0) },
        capacity: capacity
      ),
      options: HarnessOptions(parallelism: parallelism)
    ) { Service() }
  }

  @Test func inOrderTheSlowKeepTheFastBack() throws {
    let harness = try harness(.ordered)
    try harness.send(Question("slow", 30), at: 1)
    try harness.send(Question("fast", 10), at: 2)
    try harness.advanceWatermark(to: 2)
    try harness.send(Question("faster", 5), at: 3)
    try harness.advanceProcessingTime(to: 29)
    #expect(harness.lines == [])
    try harness.advanceProcessingTime(to: 30)
    #expect(harness.lines == ["slow@1", "fast@2", "watermark 2", "faster@3"])
  }

  @Test func outOfOrderRepliesGoOnAsTheyCome() throws {
    let harness = try harness(.unordered)
    try harness.send(Question("slow", 30), at: 1)
    try harness.send(Question("fast", 10), at: 2)
    try harness.send(Question("none", 15), at: 3)
    try harness.send(Question("middle", 20), at: 4)
    try harness.advanceProcessingTime(to: 20)
    #expect(harness.lines == ["fast@2", "middle@4"])
    try harness.advanceProcessingTime(to: 30)
    #expect(harness.lines == ["fast@2", "middle@4", "slow@1"])
  }

  @Test func noReplyCrossesAWatermark() throws {
    let harness = try harness(.unordered)
    try harness.send(Question("slow", 30), at: 1)
    try harness.send(Question("fast", 10), at: 2)
    try harness.advanceWatermark(to: 2)
    try harness.send(Question("next", 5), at: 3)
    try harness.advanceWatermark(to: 3)
    try harness.send(Question("last", 1), at: 4)
    try harness.advanceProcessingTime(to: 29)
    #expect(harness.lines == ["fast@2"])
    try harness.advanceProcessingTime(to: 30)
    #expect(
      harness.lines == ["fast@2", "slow@1", "watermark 2", "next@3", "watermark 3", "last@4"]
    )
  }

  /// *Source:* Flink `UnorderedStreamElementQueue.Segment`, whose elements complete in that order.
  @Test func repliesBehindAWatermarkComeInTheOrderInWhichTheyCame() throws {
    let harness = try harness(.unordered)
    try harness.send(Question("slow", 30), at: 1)
    try harness.advanceWatermark(to: 1)
    try harness.send(Question("second", 20), at: 2)
    try harness.send(Question("first", 10), at: 3)
    try harness.advanceWatermark(to: 3)
    try harness.advanceProcessingTime(to: 30)
    #expect(harness.lines == ["slow@1", "watermark 1", "first@3", "second@2", "watermark 3"])
  }

  /// Replies that a busy task finds all at once go on in the order in which they came.
  @Test func aBusyTaskTakesRepliesInTheOrderInWhichTheyCame() throws {
    let unordered = try harness(.unordered)
    let ordered = try harness(.ordered)
    for harness in [unordered, ordered] {
      try harness.send(Question("slow", 30))
      try harness.send(Question("fast", 10))
      try harness.send(Question("middle", 20))
      try harness.send(Question("also fast", 10))
      try harness.advanceProcessingTimeWhileBusy(to: 50)
    }
    #expect(unordered.records == ["fast", "also fast", "middle", "slow"])
    #expect(ordered.records == ["slow", "fast", "middle", "also fast"])
  }

  @Test func aWatermarkPassesWhereNothingWaits() throws {
    let harness = try harness(.ordered)
    try harness.advanceWatermark(to: 5)
    try harness.send(Question("one", 0), at: 6)
    #expect(harness.lines == ["watermark 5", "one@6"])
  }

  // MARK: Time-outs and failures

  @Test func whatTakesTooLongFailsTheJob() throws {
    let harness = try harness(.ordered, timeout: 20)
    try harness.send(Question("in time", 20))
    try harness.advanceProcessingTime(to: 20)
    #expect(harness.records == ["in time"])
    try harness.send(Question("late", 21))
    try harness.advanceProcessingTime(to: 39)
    let failure = #expect(throws: OperatorFailure.self) {
      try harness.advanceProcessingTime(to: 40)
    }
    #expect(failure?.underlying is AsyncTimeout)
  }

  @Test(arguments: [AsyncSettings.Order.ordered, .unordered])
  func aFunctionCanSayWhatItMakesOfATimeout(order: AsyncSettings.Order) throws {
    let settings = AsyncSettings(order: order, timeout: .milliseconds(20), capacity: 10)
    let harness = try OperatorHarness(asking: settings) { Patient() }
    try harness.send(Question("late", 100), at: 7)
    try harness.send(Question("early", 10), at: 8)
    try harness.advanceProcessingTime(to: 20)
    let wanted = order == .ordered ? ["no late@7", "early@8"] : ["early@8", "no late@7"]
    #expect(harness.lines == wanted)
  }

  @Test(arguments: ["throw", "fail"])
  func aFailureIsTheJobs(name: String) throws {
    let harness = try harness(.ordered)
    let failure = #expect(throws: OperatorFailure.self) {
      try harness.send(Question(name, 10))
      try harness.advanceProcessingTime(to: 10)
    }
    #expect(failure?.underlying as? Mishap == Mishap())
  }

  // MARK: Back pressure

  @Test(arguments: [AsyncSettings.Order.ordered, .unordered])
  func whatThereIsNoRoomForWaits(order: AsyncSettings.Order) throws {
    let harness = try harness(order, capacity: 2)
    for number in 1...6 { try harness.send(Question("\(number)", 10), at: Int64(number)) }
    // Two are asked for, one has been taken in and waits, three wait outside.
    #expect(harness.waitingInputs == 3)
    try harness.advanceWatermark(to: 6)
    #expect(harness.waitingInputs == 4)
    try harness.advanceProcessingTime(to: 10)
    #expect(harness.records == ["1", "2"])
    #expect(harness.waitingInputs == 2)
    try harness.advanceProcessingTime(to: 20)
    #expect(harness.records == ["1", "2", "3", "4"])
    #expect(harness.waitingInputs == 0)
    try harness.advanceProcessingTime(to: 30)
    #expect(harness.lines.suffix(3) == ["5@5", "6@6", "watermark 6"])
  }

  /// As in Flink, a reply that may not go on yet takes room.
  @Test func aReplyThatWaitsForItsTurnTakesRoom() throws {
    let harness = try harness(.ordered, capacity: 2)
    try harness.send(Question("slow", 50))
    try harness.send(Question("fast", 10))
    try harness.send(Question("third", 10))
    try harness.advanceProcessingTime(to: 49)
    #expect(harness.records == [])
    try harness.advanceProcessingTime(to: 50)
    #expect(harness.records == ["slow", "fast"])
    try harness.advanceProcessingTime(to: 60)
    #expect(harness.records == ["slow", "fast", "third"])
  }

  @Test func theEndWaitsForEveryReply() throws {
    let harness = try harness(.ordered, capacity: 1)
    for number in 1...3 { try harness.send(Question("\(number)", 10), at: Int64(number)) }
    try harness.endOfInput()
    #expect(harness.lines == ["1@1", "2@2", "3@3", "watermark max", "end"])
    #expect(harness.processingTime == 30)
  }

  // MARK: Snapshots

  @Test(arguments: [AsyncSettings.Order.ordered, .unordered], [1, 2, 10])
  func whatWaitsIsAskedForAnew(order: AsyncSettings.Order, capacity: Int) throws {
    let harness = try harness(order, capacity: capacity)
    for number in 1...5 { try harness.send(Question("\(number)", 10), at: Int64(number)) }
    try harness.advanceProcessingTime(to: 5)
    let restored = try harness.restore(from: try harness.snapshot())
    try restored.advanceProcessingTime(to: 14)
    #expect(restored.records == [])
    try restored.endOfInput()
    #expect(restored.lines == ["1@1", "2@2", "3@3", "4@4", "5@5", "watermark max", "end"])
  }

  @Test func whatHasGoneOnIsNotAskedForAnew() throws {
    let harness = try harness(.unordered)
    try harness.send(Question("slow", 30))
    try harness.send(Question("fast", 10))
    try harness.advanceProcessingTime(to: 10)
    let restored = try harness.restore(from: try harness.snapshot())
    try restored.endOfInput()
    #expect(restored.records == ["slow"])
  }

  /// As in Flink, whose snapshots hold the watermarks between the elements.
  @Test(arguments: [AsyncSettings.Order.ordered, .unordered])
  func watermarksThatWaitAreKept(order: AsyncSettings.Order) throws {
    let harness = try harness(order)
    try harness.send(Question("slow", 30), at: 1)
    try harness.advanceWatermark(to: 2)
    try harness.send(Question("fast", 10), at: 3)
    try harness.advanceWatermark(to: 4)
    let once = try harness.restore(from: try harness.snapshot())
    let twice = try once.restore(from: try once.snapshot())
    try twice.advanceProcessingTime(to: 30)
    #expect(twice.lines == ["slow@1", "watermark 2", "fast@3", "watermark 4"])
  }

  @Test(arguments: [1, 2, 3])
  func othersInNumberAskForWhatWaits(parallelism: Int) throws {
    let harness = try harness(.ordered, capacity: 2, parallelism: 2)
    for number in 1...7 { try harness.send(Question("\(number)", 10)) }
    try harness.advanceProcessingTime(to: 10)
    let before = harness.records
    let restored = try harness.restore(from: try harness.snapshot(), parallelism: parallelism)
    try restored.endOfInput()
    #expect((before + restored.records).sorted() == ["1", "2", "3", "4", "5", "6", "7"])
  }

  @Test func aServiceTakesItsTimeByChanceOfTheSubtask() throws {
    struct Chancy: AsyncFunction {
      let service = SimulatedService(minLatency: .milliseconds(5), maxLatency: .milliseconds(9))
      func asyncInvoke(_ number: Int, _ random: inout RandomStream) -> AsyncReply<Int> {
        service.reply(number, &random)
      }
    }
    func replies(seed: UInt64) throws -> [Int] {
      var options = HarnessOptions()
      options.seed = seed
      let harness = try OperatorHarness(
        asking: AsyncSettings(order: .unordered, timeout: nil),
        options: options
      ) { Chancy() }
      for number in 0..<20 { try harness.send(number) }
      try harness.advanceProcessingTime(to: 4)
      #expect(harness.records == [])
      try harness.advanceProcessingTime(to: 9)
      return harness.records
    }
    #expect(try replies(seed: 1) == replies(seed: 1))
    #expect(try replies(seed: 1) != replies(seed: 2))
    #expect(try replies(seed: 2).sorted() == Array(0..<20))
  }
}
