/// Makes one result of many elements by way of an accumulator.
///
/// *Source:* Flink `AggregateFunction`.
public protocol AggregateFunction<Input, Output> {
  /// What is taken in.
  associatedtype Input
  /// What is kept on the way.
  associatedtype Accumulator: Codable
  /// What comes of it.
  associatedtype Output

  /// The accumulator of no element.
  func makeAccumulator() -> Accumulator
  /// Takes an element in.
  func add(_ element: Input, to accumulator: inout Accumulator) throws
  /// What the accumulator amounts to.
  func result(of accumulator: Accumulator) throws -> Output
  /// Takes in what another accumulator took in; only merging windows ask for it.
  func merge(_ other: Accumulator, into accumulator: inout Accumulator) throws
}
