/// How values are aggregated into an accumulator, and what the accumulator stands for.
///
/// Aggregating state keeps an accumulator for each key, windows one for each key and window; both
/// keep it in checkpoints, so it can be encoded.
///
/// ```swift
/// struct MeanDegrees: AggregateFunction {
///   func createAccumulator() -> Tuple2<Int, Int> { Tuple2(0, 0) }
///   func add(_ reading: Reading, to sum: inout Tuple2<Int, Int>) {
///     sum = Tuple2(sum.f0 + reading.degrees, sum.f1 + 1)
///   }
///   func getResult(_ sum: Tuple2<Int, Int>) -> Double { Double(sum.f0) / Double(sum.f1) }
///   func merge(_ other: Tuple2<Int, Int>, into sum: inout Tuple2<Int, Int>) {
///     sum = Tuple2(sum.f0 + other.f0, sum.f1 + other.f1)
///   }
/// }
/// ```
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
