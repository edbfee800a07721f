public import SimulationKernel
public import StreamModel

/// The elements of an array.
///
/// *Source:* Flink `fromData`.
public struct CollectionFormat<Element: Sendable>: SplitFormat {
  private let elements: [Element]

  /// Reads an array.
  public init(_ elements: [Element]) {
    self.elements = elements
  }

  /// How many elements there are.
  public var size: Int { elements.count }

  /// Emits the next elements of the split.
  public func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>
  ) {
    let end = min(split.end, split.position + limit)
    for index in split.position..<end { collector.collect(elements[index]) }
    split.position = end
  }
}

/// Elements made from their number and a random stream of its own for each: reading can begin
/// anywhere, and gives the same elements at any parallelism.
///
/// *Source:* Flink `DataGeneratorSource`.
public struct GeneratorFormat<Element>: SplitFormat {
  private let generate: @Sendable (Int, inout RandomStream) -> Element
  private let seed: UInt64

  /// How many elements there are.
  public let size: Int

  /// Makes `count` elements.
  public init(
    count: Int,
    seed: UInt64,
    _ generate: @escaping @Sendable (Int, inout RandomStream) -> Element
  ) {
    size = count
    self.seed = seed
    self.generate = generate
  }

  /// Emits the next elements of the split.
  public func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>
  ) {
    let end = min(split.end, split.position + limit)
    for index in split.position..<end {
      var random = RandomStream(seed: seed ^ Digest.mix(UInt64(index)), name: "generator")
      collector.collect(generate(index, &random))
    }
    split.position = end
  }
}
