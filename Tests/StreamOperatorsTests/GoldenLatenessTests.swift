import Foundation
import GoldenCases
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// An element of the recorded cases.
private struct Marble: Codable, Equatable {
  var key: String
  var id: Int
}

/// What a window operator does at one step, as the recordings tell it.
private struct Emission: Equatable, CustomStringConvertible {
  var key: String
  var window: TimeWindow?
  var values: [Int]
  var timestamp: Int64

  var description: String {
    window.map { "\(key) [\($0.start), \($0.end)) \(values) @\(timestamp)" }
      ?? "late \(key) \(values) @\(timestamp)"
  }
}

/// A window operator with everything that it emits.
private final class WindowUnderTest {
  private static let late = OutputTag<Marble>("late")
  private var emitted: [Emission] = []
  private let operation: any StreamOperator

  init(_ plan: WindowPlan<Marble>) throws {
    var context = OperatorContext.test()
    weak var box: WindowUnderTest?
    let lateReceiver = BatchReceiver<Marble>(operatorName: "late") { batch in
      for index in 0..<batch.count {
        let item = batch.values[index]
        box?.emitted.append(
          Emission(key: item.key, values: [item.id], timestamp: batch.timestamp(at: index))
        )
      }
    }
    context.sideOutputs = SideOutputs([(Self.late.id, [lateReceiver])])
    let receiver = BatchReceiver<Emission>(operatorName: "next") { batch in
      for index in 0..<batch.count {
        var emission = batch.values[index]
        emission.timestamp = batch.timestamp(at: index)
        box?.emitted.append(emission)
      }
    }
    var plan = plan
    plan.lateTag = Self.late
    let factory = PlannedWindowKind.process(by: KeySelector(\Marble.key), plan) {
      ProcessWindowClosure<String, [Marble], Emission> { key, items, context, output in
        output.collect(
          Emission(key: key, window: context.window, values: items.map(\.id), timestamp: 0)
        )
      }
    }
    operation = try factory.open(context, [receiver])
    box = self
  }

  func take(_ items: [(item: Marble, timestamp: Int64)]) throws {
    var builder = BatchBuilder<Marble>(capacity: 1, isKeyed: true)
    for (item, timestamp) in items {
      let hash = KeyGroupAssignment.murmur(ofHash: item.key.javaHash)
      withUnsafeTemporaryAllocation(of: Marble.self, capacity: 1) { place in
        guard let base = place.baseAddress else { return }
        base.initialize(to: item)
        builder.appendMoving(
          base,
          keyHash: UInt32(bitPattern: hash),
          timestamp: timestamp
        )
      }
    }
    if let batch = builder.seal() { try operation.inputs[0].acceptErased(batch) }
  }

  func advance(to watermark: Int64) throws {
    _ = try operation.advance(to: Watermark(watermark), input: 0)
  }

  func takeEmissions() -> [Emission] {
    defer { emitted = [] }
    return emitted
  }
}

/// Recorded lateness, merging and triggers: each case of `late.json`.
@Suite struct GoldenLatenessTests {
  private static let plans: [String: WindowPlan<Marble>] = [
    "tumbling_5s_lateness_0": plan(.tumblingEventTime(.seconds(5))),
    "tumbling_5s_lateness_5s": plan(.tumblingEventTime(.seconds(5)), lateness: 5000),
    "tumbling_5s_two_keys_lateness_2s": plan(.tumblingEventTime(.seconds(5)), lateness: 2000),
    "tumbling_5s_offset_1s": plan(.tumblingEventTime(.seconds(5), offset: .seconds(1))),
    "sliding_10s_5s_lateness_0": plan(.slidingEventTime(.seconds(10), slide: .seconds(5))),
    "sliding_10s_5s_lateness_3s": plan(
      .slidingEventTime(.seconds(10), slide: .seconds(5)),
      lateness: 3000
    ),
    "session_3s_lateness_0": plan(.eventTimeSession(gap: .seconds(3))),
    "session_3s_lateness_5s": plan(.eventTimeSession(gap: .seconds(3)), lateness: 5000),
    "session_3s_bridge_lateness_4s": plan(.eventTimeSession(gap: .seconds(3)), lateness: 4000),
    "session_3s_two_keys_boundaries": plan(.eventTimeSession(gap: .seconds(3))),
    "tumbling_5s_purging_lateness_5s": plan(.tumblingEventTime(.seconds(5)), lateness: 5000) {
      $0.trigger = { PurgingTrigger(EventTimeTrigger<Marble>()) }
    },
    "tumbling_10s_continuous_trigger_2s": plan(.tumblingEventTime(.seconds(10))) {
      $0.trigger = { ContinuousEventTimeTrigger<Marble>(.seconds(2)) }
    },
    "tumbling_5s_count_trigger_2": plan(.tumblingEventTime(.seconds(5))) {
      $0.trigger = { CountTrigger<Marble>(2) }
    },
    "tumbling_5s_count_evictor_2": plan(.tumblingEventTime(.seconds(5)), lateness: 5000) {
      $0.evictor = { CountEvictor<Marble>(2) }
    },
    "count_window_3": plan(.global) { $0.trigger = { PurgingTrigger(CountTrigger<Marble>(3)) } },
    "count_window_4_slide_2": plan(.global) {
      $0.trigger = { CountTrigger<Marble>(2) }
      $0.evictor = { CountEvictor<Marble>(4) }
    },
  ]

  private static func plan(
    _ assigner: WindowAssignment,
    lateness: Int64 = 0,
    _ change: (inout WindowPlan<Marble>) -> Void = { _ in }
  ) -> WindowPlan<Marble> {
    var plan = WindowPlan<Marble>(assigner)
    plan.allowedLateness = lateness
    change(&plan)
    return plan
  }

  private static func number(_ value: Any?) -> Int64? { (value as? NSNumber)?.int64Value }

  private static func emissions(of step: [String: Any]) throws -> [Emission] {
    try Golden.list("emits", in: step, canBeEmpty: true).map { item in
      let key = try #require(item["key"] as? String)
      if let id = item["late"] as? Int {
        return Emission(key: key, values: [id], timestamp: try #require(number(item["ts"])))
      }
      let bounds = (item["window"] as? [NSNumber])?.map(\.int64Value)
      return Emission(
        key: key,
        window: bounds.map { TimeWindow(start: $0[0], end: $0[1]) } ?? .global,
        values: try #require(item["values"] as? [Int]),
        timestamp: try #require(number(item["outputTimestamp"]))
      )
    }
  }

  /// The same at one moment may come in any order of the keys.
  private static func sorted(_ emissions: [Emission]) -> [Emission] {
    emissions.enumerated().sorted {
      ($0.element.timestamp, $0.element.key, $0.offset)
        < ($1.element.timestamp, $1.element.key, $1.offset)
    }.map(\.element)
  }

  /// Plays the steps of a recording through windows of a plan.
  private func play(_ plan: WindowPlan<Marble>, _ object: [String: Any]) throws {
    let name = try #require(object["name"] as? String)
    let windows = try WindowUnderTest(plan)
    for (index, step) in Golden.list("steps", in: object).enumerated() {
      if let watermark = Self.number(step["watermark"]) {
        try windows.advance(to: watermark)
      } else {
        let item = Marble(
          key: try #require(step["key"] as? String),
          id: try #require(step["element"] as? Int)
        )
        try windows.take([(item, try #require(Self.number(step["ts"])))])
      }
      let wanted = Self.sorted(try Self.emissions(of: step))
      #expect(Self.sorted(windows.takeEmissions()) == wanted, "\(name), step \(index + 1)")
    }
  }

  @Test func emitsAsRecorded() throws {
    for object in Golden.list("cases", in: try Golden.object("late.json")) {
      let name = try #require(object["name"] as? String)
      try play(try #require(Self.plans[name], "no plan for \(name)"), object)
    }
  }

  /// The operator of any trigger gives the same where the shorter one would have served.
  @Test func emitsAsRecordedByTheLongWayToo() throws {
    for object in Golden.list("cases", in: try Golden.object("late.json")) {
      let name = try #require(object["name"] as? String)
      guard var plan = Self.plans[name], plan.trigger == nil else { continue }
      plan.trigger = { EventTimeTrigger<Marble>() }
      try play(plan, object)
    }
  }

  /// Records that come together make what they make one by one.
  @Test func emitsTheSameInBatches() throws {
    for object in Golden.list("cases", in: try Golden.object("late.json")) {
      let name = try #require(object["name"] as? String)
      let windows = try WindowUnderTest(try #require(Self.plans[name]))
      var waiting: [(item: Marble, timestamp: Int64)] = []
      var wanted: [Emission] = []
      for step in Golden.list("steps", in: object) {
        wanted += try Self.emissions(of: step)
        if let watermark = Self.number(step["watermark"]) {
          try windows.take(waiting)
          try windows.advance(to: watermark)
          waiting = []
          #expect(Self.sorted(windows.takeEmissions()) == Self.sorted(wanted), "\(name)")
          wanted = []
        } else {
          let item = Marble(key: step["key"] as? String ?? "", id: step["element"] as? Int ?? 0)
          waiting.append((item, try #require(Self.number(step["ts"]))))
        }
      }
    }
  }
}
