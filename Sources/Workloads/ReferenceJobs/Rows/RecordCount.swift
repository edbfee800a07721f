import DataStreamAPI

/// Counts what is added, whatever it is.
package struct RecordCount<Input>: AggregateFunction, Sendable {
  /// Makes the function.
  package init() {}

  /// None.
  package func createAccumulator() -> Int { 0 }
  /// One more.
  package func add(_ value: Input, to accumulator: inout Int) { accumulator += 1 }
  /// The number.
  package func getResult(_ accumulator: Int) -> Int { accumulator }
  /// The sum of two numbers.
  package func merge(_ other: Int, into accumulator: inout Int) { accumulator += other }
}
