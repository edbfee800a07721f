import KeyedState
import OperatorTesting
import SimulationKernel
import StreamModel
import StreamOperators

/// Lists what a window holds, and counts how often it fired and how many of the key's have.
private struct Listing: ProcessWindowFunction {
  typealias Key = String

  mutating func process(
    _ key: String,
    _ items: [Item],
    _ context: WindowContext<String>,
    _ output: inout Collector<Row>
  ) throws {
    let firings = try context.windowState(named: "firings", of: Int.self)
    let all = try context.globalState(named: "all", of: Int.self)
    firings.update((firings.value() ?? 0) + 1)
    all.update((all.value() ?? 0) + 1)
    let bounds =
      context.window == .global ? "all" : "\(context.window.start)-\(context.window.end)"
    let counts = "\(firings.value() ?? 0) of \(all.value() ?? 0)"
    output.collect(Row(key, "\(bounds) \(items.map(\.id)) \(counts)"))
  }

  mutating func clear(_ context: WindowContext<String>) throws {
    try context.windowState(named: "firings", of: Int.self).clear()
  }
}

/// Adds values up, and counts.
private struct Mean: AggregateFunction, Sendable {
  typealias Input = Item
  typealias Accumulator = [Int]
  typealias Output = String

  func createAccumulator() -> [Int] { [0, 0] }

  func add(_ item: Item, to accumulator: inout [Int]) {
    accumulator[0] += item.value
    accumulator[1] += 1
  }

  func getResult(_ accumulator: [Int]) -> String { "\(accumulator[0]) of \(accumulator[1])" }

  func merge(_ other: [Int], into accumulator: inout [Int]) {
    accumulator[0] += other[0]
    accumulator[1] += other[1]
  }
}

extension OperatorCase {
  private static let late = OutputTag<Item>("late")

  private static let punctual = {
    var shape = ScriptShape()
    shape.hasLateRecords = false
    return shape
  }()

  private static func plan(
    _ assigner: WindowAssignment,
    lateness: Int64 = 0,
    _ change: (inout WindowPlan<Item>) -> Void = { _ in }
  ) -> WindowPlan<Item> {
    var plan = WindowPlan<Item>(assigner)
    plan.allowedLateness = lateness
    plan.lateTag = late
    change(&plan)
    return plan
  }

  private static let selector = KeySelector(\Item.key)

  /// Windows that list what they hold; those that serve all keys at once fire keys in any order
  /// after a restore.
  private static func listing(
    _ name: String,
    _ plan: WindowPlan<Item>,
    _ shape: ScriptShape = ScriptShape()
  ) -> OperatorCase {
    .keyed(
      name,
      PlannedWindowKind.process(by: selector, plan) { Listing() },
      shape,
      restored: plan.trigger == nil ? .byKey : .exact,
      sides: [late]
    )
  }

  private static func tumbling(_ lateness: Int64 = 0) -> WindowPlan<Item> {
    plan(.tumblingEventTime(.milliseconds(40)), lateness: lateness)
  }

  private static func sliding(_ lateness: Int64 = 0) -> WindowPlan<Item> {
    plan(
      .slidingEventTime(.milliseconds(60), slide: .milliseconds(20)),
      lateness: lateness
    )
  }

  private static func triggered(
    _ plan: WindowPlan<Item>,
    _ make: @escaping @Sendable () -> any WindowTrigger<Item>
  ) -> WindowPlan<Item> {
    var plan = plan
    plan.trigger = make
    return plan
  }

  private static func evicting(
    _ plan: WindowPlan<Item>,
    _ make: @escaping @Sendable () -> any WindowEvictor<Item>
  ) -> WindowPlan<Item> {
    var plan = plan
    plan.evictor = make
    return plan
  }

  private static let session = plan(.eventTimeSession(gap: .milliseconds(25)))
  private static let lateSession = plan(.eventTimeSession(gap: .milliseconds(25)), lateness: 30)

  static let windows: [OperatorCase] = timedWindows + triggeredWindows + reducedWindows

  private static let alignedPlans: [WindowPlan<Item>] = [
    tumbling(), tumbling(30), sliding(), sliding(30),
    plan(.slidingEventTime(.milliseconds(20), slide: .milliseconds(50))),
    plan(.tumblingEventTime(.milliseconds(40), offset: .milliseconds(-15)), lateness: 30),
  ]

  /// Windows that the operator for aligned ones serves.
  static let alignedWindows: [OperatorCase] = alignedPlans.enumerated().map {
    listing("aligned \($0)", $1)
  }

  /// The same windows, in the same order, by the operator that serves any.
  static let sameWindowsAnyTrigger: [OperatorCase] = alignedPlans.enumerated().map {
    listing("any trigger \($0)", triggered($1) { EventTimeTrigger() })
  }

  private static let timedWindows: [OperatorCase] = [
    listing("tumbling windows", tumbling()),
    listing("tumbling windows with lateness", tumbling(30)),
    listing(
      "tumbling windows with an offset",
      plan(.tumblingEventTime(.milliseconds(40), offset: .milliseconds(-15)))
    ),
    listing("sliding windows", sliding()),
    listing("sliding windows with lateness", sliding(30)),
    listing(
      "sliding windows with gaps",
      plan(.slidingEventTime(.milliseconds(20), slide: .milliseconds(50)))
    ),
    listing("session windows", session),
    listing("session windows with lateness", lateSession),
    listing(
      "tumbling windows of processing time",
      plan(.tumblingProcessingTime(.milliseconds(40)))
    ),
    listing(
      "sliding windows of processing time",
      plan(.slidingProcessingTime(.milliseconds(60), slide: .milliseconds(20)))
    ),
    listing(
      "session windows of processing time",
      plan(.processingTimeSession(gap: .milliseconds(25)))
    ),
  ]

  private static let triggeredWindows: [OperatorCase] = [
    listing("tumbling windows, any trigger", triggered(tumbling()) { EventTimeTrigger() }),
    listing(
      "tumbling windows with lateness, any trigger",
      triggered(tumbling(30)) { EventTimeTrigger() }
    ),
    listing("sliding windows, any trigger", triggered(sliding(30)) { EventTimeTrigger() }),
    listing(
      "purged windows",
      triggered(tumbling(30)) { PurgingTrigger(EventTimeTrigger<Item>()) }
    ),
    listing("counting windows", triggered(plan(.global)) { PurgingTrigger(CountTrigger<Item>(3)) }),
    listing(
      "sliding counting windows",
      evicting(triggered(plan(.global)) { CountTrigger<Item>(2) }) { CountEvictor(4) }
    ),
    listing("windows that count", triggered(tumbling(30)) { CountTrigger(2) }),
    listing("sessions that count", triggered(lateSession) { CountTrigger(2) }),
    listing("windows that never fire", plan(.global)),
    listing(
      "windows with a span",
      evicting(triggered(tumbling(30)) { EventTimeTrigger() }) { TimeEvictor(.milliseconds(15)) }
    ),
    listing(
      "sessions with a difference",
      evicting(triggered(lateSession) { EventTimeTrigger() }) {
        DeltaEvictor(threshold: 3) { Double(abs($0.value - $1.value)) }
      }
    ),
    listing(
      "windows that fire again and again",
      triggered(tumbling(30)) { ContinuousEventTimeTrigger(.milliseconds(15)) },
      punctual
    ),
    listing(
      "sessions that fire again and again",
      triggered(session) { ContinuousEventTimeTrigger(.milliseconds(15)) },
      punctual
    ),
    listing(
      "windows of processing time that fire again and again",
      triggered(plan(.tumblingProcessingTime(.milliseconds(40)))) {
        ContinuousProcessingTimeTrigger(.milliseconds(15))
      }
    ),
    listing(
      "one window that fires again and again",
      triggered(plan(.global)) { ContinuousProcessingTimeTrigger(.milliseconds(15)) }
    ),
  ]

  private static func reducing(_ name: String, _ plan: WindowPlan<Item>) -> OperatorCase {
    .keyed(
      name,
      PlannedWindowKind.reduce(
        by: selector,
        plan,
        { Item($0.key, $1.id, value: $0.value * 3 + $1.value) },
        { ProcessWindowClosure { $3.collect(Row($0, "\($2.window.start) \($1)")) } }
      ),
      restored: plan.trigger == nil ? .byKey : .exact,
      sides: [late]
    )
  }

  private static func aggregating(_ name: String, _ plan: WindowPlan<Item>) -> OperatorCase {
    .keyed(
      name,
      PlannedWindowKind.aggregate(by: selector, plan, Mean()) {
        ProcessWindowClosure { $3.collect(Row($0, "\($2.window.start) \($1)")) }
      },
      restored: plan.trigger == nil ? .byKey : .exact,
      sides: [late]
    )
  }

  private static let reducedWindows: [OperatorCase] = [
    reducing("reduced tumbling windows", tumbling(30)),
    reducing("reduced sliding windows, any trigger", triggered(sliding()) { EventTimeTrigger() }),
    reducing("reduced sessions", lateSession),
    reducing("reduced windows with a limit", evicting(tumbling(30)) { CountEvictor(2) }),
    aggregating("aggregated tumbling windows", tumbling()),
    aggregating("aggregated sliding windows", sliding(30)),
    aggregating("aggregated sessions", session),
    aggregating("aggregated windows with a limit", evicting(sliding()) { CountEvictor(2) }),
  ]
}
