public import StreamModel

/// Elements made from their numbers: reading can begin anywhere, and gives the same elements at any
/// parallelism.
///
/// *Source:* Flink `NumberSequenceSource`.
public struct SequenceFormat<Element>: SplitFormat {
  @usableFromInline let make: @Sendable (Int) -> Element
  /// How many elements there are.
  public let size: Int

  /// Makes the elements 0 up to, and without, `count`.
  @inlinable
  public init(count: Int, _ make: @escaping @Sendable (Int) -> Element) {
    size = count
    self.make = make
  }

  /// Emits the next elements of the split.
  @inlinable
  public func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>
  ) {
    let end = min(split.end, split.position + limit)
    for index in split.position..<end { collector.collect(make(index)) }
    split.position = end
  }
}
