/// How values are aggregated into an accumulator, and what the accumulator stands for.
///
/// Aggregating state keeps an accumulator for each key, windows one for each key and window; both
/// keep it in checkpoints, so it can be encoded.
///
///     struct Average: AggregateFunction {
///       func createAccumulator() -> Tuple2<Int, Int> { Tuple2(0, 0) }
///       func add(_ value: Int, to accumulator: inout Tuple2<Int, Int>) {
///         accumulator = Tuple2(accumulator.f0 + value, accumulator.f1 + 1)
///       }
///       func getResult(_ accumulator: Tuple2<Int, Int>) -> Double {
///         Double(accumulator.f0) / Double(accumulator.f1)
///       }
///       func merge(_ other: Tuple2<Int, Int>, into accumulator: inout Tuple2<Int, Int>) {
///         accumulator = Tuple2(accumulator.f0 + other.f0, accumulator.f1 + other.f1)
///       }
///     }
///
/// *Source:* Flink `AggregateFunction`.
public protocol AggregateFunction<Input, Output> {
  /// What is added.
  associatedtype Input
  /// What is kept meanwhile.
  associatedtype Accumulator: Codable
  /// What comes of it.
  associatedtype Output

  /// An accumulator to which nothing has been added.
  func createAccumulator() -> Accumulator
  /// Adds a value.
  func add(_ value: Input, to accumulator: inout Accumulator) throws
  /// What the accumulator stands for; it may be asked for again and again.
  func getResult(_ accumulator: Accumulator) throws -> Output
  /// Adds everything that has been added to another accumulator; only windows that grow together
  /// ask for it.
  func merge(_ other: Accumulator, into accumulator: inout Accumulator) throws
}

extension AggregateFunction {
  /// The accumulator of one value.
  @inlinable
  func first(_ value: Input) throws -> Accumulator {
    var accumulator = createAccumulator()
    try add(value, to: &accumulator)
    return accumulator
  }
}
