import StreamOperators
import DataStreamAPI
import OperatorTesting

extension OperatorCase {
  private typealias Either = TaggedUnion<Item, Item>

  private static let lateLeft = OutputTag<Item>("late-left")
  private static let lateRight = OutputTag<Item>("late-right")

  /// The bounds of an interval join, in milliseconds.
  struct Bounds: Sendable {
    var lower: Int64
    var upper: Int64
  }

  static let intervalBounds: [Bounds] =
    [(-20, 30), (10, 40), (-40, -10), (0, 0), (-15, 0), (0, 25)].map {
      Bounds(lower: $0, upper: $1)
    }

  static let joins: [OperatorCase] = intervalBounds.map { intervalJoin($0) } + windowJoins

  static func intervalJoin(_ bounds: Bounds) -> OperatorCase {
    var join = IntervalJoin<Item, Item>(lowerBound: bounds.lower, upperBound: bounds.upper)
    join.lateLeft = lateLeft
    join.lateRight = lateRight
    var shape = ScriptShape()
    // A partner whose time is that of the watermark may come before or after what is forgotten.
    shape.meetsWatermarks = false
    shape.keys = 2
    return OperatorCase(
      "interval join from \(bounds.lower) to \(bounds.upper)",
      .intervalJoin(join, by: KeySelector(\Item.key), KeySelector(\Item.key)) {
        left,
        right,
        context,
        output in
        let times = "\(context.leftTimestamp) \(context.rightTimestamp)"
        output.collect(Row(left.key, "\(left.id) \(right.id) at \(times)"))
      },
      [.keyed(by: \Item.key), .keyed(by: \Item.key)],
      shape,
      sides: [lateLeft, lateRight],
      element: { $0 },
      row: { (row: Row) in row }
    )
  }

  private static let windowJoins: [OperatorCase] = [
    met("window join") { first, second in
      first.join(second).where(\.key).equalTo(\.key)
        .window(.tumblingEventTime(.milliseconds(40))).allowedLateness(.milliseconds(20))
        .apply { Row($0.key, "\($0.id) meets \($1.id)") }
    },
    met("window co-group") { first, second in
      first.coGroup(second).where(\.key).equalTo(\.key)
        .window(.slidingEventTime(.milliseconds(60), slide: .milliseconds(20)))
        .apply(emitting: Row.self) { first, second, output in
          let key = (first + second).first?.key ?? "?"
          output.collect(Row(key, "\(first.map(\.id)) \(second.map(\.id))"))
        }
    },
    met("window join by sessions") { first, second in
      first.join(second).where(\.key).equalTo(\.key)
        .window(.eventTimeSession(gap: .milliseconds(25)))
        .apply { Row($0.key, "\($0.id) meets \($1.id)") }
    },
  ]

  /// The operator at the end of a program of two streams; what is even comes from the first.
  private static func met(
    _ name: String,
    _ program: (DataStream<Item>, DataStream<Item>) -> DataStream<Row>
  ) -> OperatorCase {
    let environment = StreamExecutionEnvironment()
    _ = program(environment.fromData([]), environment.fromData([]))
    let factory = environment.streamGraph(named: name).nodes.last?.factory
    return OperatorCase(
      name,
      factory as? StreamOperatorFactory ?? StreamOperatorFactory { _, _ in throw Mishap() },
      [.keyed(by: { (either: Either) in either.first?.key ?? either.second?.key ?? "?" })],
      restored: .byKey,
      element: { $0.id.isMultiple(of: 2) ? Either.first($0) : Either.second($0) },
      row: { (row: Row) in row }
    )
  }
}

extension OperatorCase.Bounds {
  /// What the join of a script's records comes to, sorted, by definition: pairs with the same key
  /// whose times are within the bounds, of records that were not late when they came.
  func pairs(in script: Script) -> [String] {
    var combined = CombinedWatermark(inputs: 2)
    var isIdle = [false, false]
    var inTime: [(item: Item, time: Int64, input: Int)] = []
    for step in script.steps {
      switch step {
      case .record(let item, let time?, let input):
        let isLate = combined.watermark > .none && time < combined.watermark.timestamp
        if !isLate { inTime.append((item, time, input)) }
      case .watermark(let time, let input):
        // An idle input's promises are not heard.
        if !isIdle[input] { _ = combined.advance(input, to: Watermark(time)) }
      case .status(let idle, let input):
        isIdle[input] = idle
        _ = combined.setIdle(input, idle)
      default: break
      }
    }
    let pairs = inTime.filter { $0.input == 0 }.flatMap { left in
      inTime.filter { right in
        right.input == 1 && right.item.key == left.item.key
          && (left.time + lower...left.time + upper).contains(right.time)
      }.map { right -> String in
        let times = "\(left.time) \(right.time)"
        let row = Row(left.item.key, "\(left.item.id) \(right.item.id) at \(times)")
        return "\(TimedRecord(row, at: max(left.time, right.time)))"
      }
    }
    return pairs.sorted()
  }
}
