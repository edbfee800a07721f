public import DreyCluster

extension Program {
  /// Two streams with the same keys: an order and its payment meet in state, whichever comes first.
  public static let payments = Program(
    "examples-payments",
    columns: ["order", "what"]
  ) { environment in
    let orders = environment.fromData(
      Order(id: 1, cents: 500),
      Order(id: 2, cents: 120),
      Order(id: 3, cents: 80)
    )
    let payments = environment.fromData(
      Payment(order: 2, cents: 120),
      Payment(order: 1, cents: 450)
    )
    orders.keyBy(\.id)
      .connect(payments.keyBy(\.order))
      .process(Settlement.init)
      .sinkTo(FileSink.csv())
  }
}

/// Something that was ordered.
struct Order: Codable, Sendable {
  var id: Int
  var cents: Int
}

/// Money that came for an order.
struct Payment: Codable, Sendable {
  var order: Int
  var cents: Int
}

/// Waits until an order and its payment are there.
struct Settlement: KeyedCoProcessFunction {
  private let ordered: ValueState<Int>
  private let paid: ValueState<Int>

  init(_ context: KeyedFunctionContext<Int>) throws {
    ordered = try context.valueState(named: "ordered")
    paid = try context.valueState(named: "paid")
  }

  func processElement1(
    _ order: Order,
    _ context: KeyedFunctionContext<Int>,
    _ output: inout Collector<Tuple2<Int, String>>
  ) {
    ordered.update(order.cents)
    settle(order.id, &output)
  }

  func processElement2(
    _ payment: Payment,
    _ context: KeyedFunctionContext<Int>,
    _ output: inout Collector<Tuple2<Int, String>>
  ) {
    paid.update(payment.cents)
    settle(payment.order, &output)
  }

  private func settle(_ order: Int, _ output: inout Collector<Tuple2<Int, String>>) {
    guard let owed = ordered.value(), let got = paid.value() else { return }
    output.collect(Tuple2(order, got < owed ? "\(owed - got) cents short" : "settled"))
    ordered.clear()
    paid.clear()
  }
}
