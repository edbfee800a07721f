import DataStreamAPI

/// Counts what is added, whatever it is.
package struct RecordCount<Input>: AggregateFunction, Sendable {
  /// Makes the function.
  package init() {}

  /// None.
  package func makeAccumulator() -> Int { 0 }
  /// One more.
  package func add(_ value: Input, to accumulator: inout Int) { accumulator += 1 }
  /// The number.
  package func result(of accumulator: Int) -> Int { accumulator }
  /// The sum of two numbers.
  package func merge(_ other: Int, into accumulator: inout Int) { accumulator += other }
}
