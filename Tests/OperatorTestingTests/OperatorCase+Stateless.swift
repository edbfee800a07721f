import Connectors
import OperatorTesting
import StreamModel
import StreamOperators

extension OperatorCase {
  private static let timeless = {
    var shape = ScriptShape()
    shape.hasTimelessRecords = true
    return shape
  }()

  private static func stateless(
    _ name: String,
    _ factory: StreamOperatorFactory
  ) -> OperatorCase {
    OperatorCase(
      name,
      factory,
      [.inTurn(Item.self)],
      timeless,
      element: { $0 },
      row: { (item: Item) in Row(item) }
    )
  }

  static let stateless: [OperatorCase] = [
    stateless(
      "map",
      .map { (item: Item) in Item(item.key, item.id, value: item.value + 1) }
    ),
    stateless("filter", .filter { (item: Item) in !item.value.isMultiple(of: 3) }),
    stateless(
      "flatMap",
      .flatMap { (item: Item, output: inout Collector<Item>) in
        for copy in 0..<item.value % 3 { output.collect(Item(item.key, item.id, value: copy)) }
      }
    ),
    OperatorCase(
      "reduce",
      .reduce(by: KeySelector(\Item.key)) { Item($0.key, $1.id, value: $0.value * 3 + $1.value) },
      [.keyed(by: \Item.key)],
      timeless,
      element: { $0 },
      row: { (item: Item) in Row(item) }
    ),
    OperatorCase(
      "sum of records with other fields",
      .sum(\Item.value, by: KeySelector(\.key)) { $0 &+ $1 },
      [.keyed(by: \Item.key)],
      timeless,
      element: { $0 },
      row: { (item: Item) in Row(item) }
    ),
    OperatorCase(
      "sum of pairs",
      .sum(\Tuple2<String, Int>.f1, by: KeySelector(\.f0)) { $0 &+ $1 },
      [.keyed(by: \Tuple2<String, Int>.f0)],
      timeless,
      element: { Tuple2($0.key, $0.value) },
      row: { (pair: Tuple2<String, Int>) in Row(pair.f0, "\(pair.f1)") }
    ),
  ]

  static let sinks: [OperatorCase] = [SinkVisibility.onCheckpoint, .immediate].map { visibility in
    OperatorCase(
      "sink, visible \(visibility)",
      .sink(visibility: visibility) { _ in
        LineSerializer<Item> { item, bytes in bytes += "\(item)".utf8 }
      },
      [.inTurn(Item.self)],
      timeless,
      restored: .rowsInOrder,
      element: { $0 },
      row: { (item: Item) in Row(item) }
    )
  }
}
