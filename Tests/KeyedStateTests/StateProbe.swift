import KeyedState
import StreamModel

/// A state of any kind, used with whole numbers in a way that all kinds share.
struct StateProbe {
  /// What the current key has to show: a value, a list, the values of a map, a sum, or a sum and a
  /// count.
  let seen: () throws -> [Int]
  /// Takes a number in: as the value, at the end of the list, under its rest by 5 in the map, into
  /// the sum.
  let add: (Int) throws -> Void
  /// Forgets what the current key has.
  let clear: () -> Void
  /// The value of a key of a map; of other kinds all that there is to see.
  let pick: (Int) throws -> [Int]
  /// Removes a key of a map; of other kinds all that there is.
  let drop: (Int) -> Void
  /// Puts a list in place of the one that there is; adds the numbers to other kinds.
  let replace: ([Int]) throws -> Void
}

/// A sum and a count of what is added.
struct SumAndCount: AggregateFunction {
  func createAccumulator() -> Tuple2<Int, Int> { Tuple2(0, 0) }

  func add(_ value: Int, to accumulator: inout Tuple2<Int, Int>) throws {
    if value == .min { throw Refusal() }
    accumulator = Tuple2(accumulator.f0 + value, accumulator.f1 + 1)
  }

  func getResult(_ accumulator: Tuple2<Int, Int>) -> [Int] { [accumulator.f0, accumulator.f1] }

  func merge(_ other: Tuple2<Int, Int>, into accumulator: inout Tuple2<Int, Int>) {
    accumulator = Tuple2(accumulator.f0 + other.f0, accumulator.f1 + other.f1)
  }
}

/// What functions throw in these tests when they are given the least number.
struct Refusal: Error {}

extension StateKind {
  /// The kinds that speak of the current key.
  static let ofKeys: [StateKind] = [.value, .list, .map, .reducing, .aggregating]

  /// Asks a store for a state of the kind.
  func probe(
    _ store: KeyedStateStore<Int>,
    named name: String = "state",
    timeToLive: StateTimeToLive? = nil
  ) throws -> StateProbe {
    switch self {
    case .value: .of(try store.valueState(named: name, timeToLive: timeToLive))
    case .list: .of(try store.listState(named: name, timeToLive: timeToLive))
    case .map: .of(try store.mapState(named: name, timeToLive: timeToLive))
    case .reducing:
      .of(
        try store.reducingState(named: name, timeToLive: timeToLive) {
          if $1 == .min { throw Refusal() }
          return $0 + $1
        }
      )
    case .aggregating:
      .of(try store.aggregatingState(named: name, timeToLive: timeToLive, by: SumAndCount()))
    case .table: fatalError("tables know no current key")
    }
  }
}

extension StateProbe {
  static func of(_ state: ValueState<Int>) -> StateProbe {
    let seen = { state.value().map { [$0] } ?? [] }
    return StateProbe(
      seen: seen,
      add: { state.update($0) },
      clear: { state.clear() },
      pick: { _ in seen() },
      drop: { _ in state.clear() },
      replace: { for number in $0 { state.update(number) } }
    )
  }

  static func of(_ state: ListState<Int>) -> StateProbe {
    StateProbe(
      seen: { state.get() },
      add: { state.add($0) },
      clear: { state.clear() },
      pick: { _ in state.get() },
      drop: { _ in state.clear() },
      replace: { state.update($0) }
    )
  }

  static func of(_ state: MapState<Int, Int>) -> StateProbe {
    StateProbe(
      seen: { state.entries().map(\.value) },
      add: { state.put($0 % 5, $0) },
      clear: { state.clear() },
      pick: { key in state.get(key).map { [$0] } ?? [] },
      drop: { state.remove($0) },
      replace: { for number in $0 { state.put(number % 5, number) } }
    )
  }

  static func of(_ state: ReducingState<Int>) -> StateProbe {
    let seen = { state.get().map { [$0] } ?? [] }
    return StateProbe(
      seen: seen,
      add: { try state.add($0) },
      clear: { state.clear() },
      pick: { _ in seen() },
      drop: { _ in state.clear() },
      replace: { for number in $0 { try state.add(number) } }
    )
  }

  static func of(_ state: AggregatingState<Int, [Int]>) -> StateProbe {
    StateProbe(
      seen: { try state.get() ?? [] },
      add: { try state.add($0) },
      clear: { state.clear() },
      pick: { _ in try state.get() ?? [] },
      drop: { _ in state.clear() },
      replace: { for number in $0 { try state.add(number) } }
    )
  }
}
