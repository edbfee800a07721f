import DreyCluster
import Examples

// The examples of doc comments and documents about join: compiled here, held against them by
// DocumentedExamples.swift.

func joins(_ orders: DataStream<Reading>, _ deliveries: DataStream<Reading>) {
  orders.join(deliveries).where { $0.room }.equalTo { $0.room }
    .window(.tumblingEventTime(.minutes(1)))
    .apply { Tuple2($0.degrees, $1.degrees) }
    .print()

  orders.join(deliveries).where { $0.room }.equalTo { $0.room }
    .window(.global).trigger(EventTimeTrigger())
    .apply { Tuple2($0.degrees, $1.degrees) }
    .print()

  orders.join(deliveries).where { $0.room }.equalTo { $0.room }
    .window(.tumblingEventTime(.minutes(1))).evictor(CountEvictor(10))
    .apply { Tuple2($0.degrees, $1.degrees) }
    .print()

  orders.join(deliveries).where { $0.room }.equalTo { $0.room }
    .window(.tumblingEventTime(.minutes(1))).allowedLateness(.seconds(10))
    .apply { Tuple2($0.degrees, $1.degrees) }
    .print()

  orders.coGroup(deliveries).where { $0.room }.equalTo { $0.room }
    .window(.tumblingEventTime(.minutes(1)))
    .apply(emitting: Tuple2<Int, Int>.self) { orders, deliveries, rows in
      rows.collect(Tuple2(orders.count, deliveries.count))
    }
    .print()

  orders.keyBy(\.room)
    .intervalJoin(deliveries.keyBy(\.room), between: .seconds(-5), and: .hours(1))
    .process(emitting: Tuple2<Int, Int64>.self) { order, _, context, rows in
      rows.collect(Tuple2(order.degrees, context.rightTimestamp - context.leftTimestamp))
    }
    .print()

  orders.keyBy(\.room)
    .intervalJoin(deliveries.keyBy(\.room), between: .zero, and: .hours(1))
    .lowerBoundExclusive().upperBoundExclusive()
    .process(emitting: Int.self) { order, _, _, rows in rows.collect(order.degrees) }
    .print()

  let lateOrders = OutputTag<Reading>("late orders")
  let lateDeliveries = OutputTag<Reading>("late deliveries")
  let pairs = orders.keyBy(\.room)
    .intervalJoin(deliveries.keyBy(\.room), between: .zero, and: .hours(1))
    .sideOutputLeftLateData(lateOrders).sideOutputRightLateData(lateDeliveries)
    .process(emitting: Int.self) { order, _, _, rows in rows.collect(order.degrees) }
  pairs.getSideOutput(lateOrders).union(pairs.getSideOutput(lateDeliveries)).print()
}
