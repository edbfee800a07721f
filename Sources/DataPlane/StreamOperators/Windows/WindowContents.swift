public import KeyedState

/// How a window keeps what came to it.
public protocol WindowContents<Element, Accumulator> {
  /// What comes.
  associatedtype Element
  /// What is kept.
  associatedtype Accumulator: Codable

  /// The accumulator of an empty window, which only an evictor can bring about; nil where such a
  /// window emits nothing.
  func ofNoElement() -> Accumulator?
  /// What is kept after the first element.
  func first(_ element: Element, timestamp: Int64) throws -> Accumulator
  /// Takes one more element in.
  func add(_ element: Element, timestamp: Int64, to accumulator: inout Accumulator) throws
  /// Whether nothing is left of what was kept; only an evictor can bring that about.
  func isEmpty(_ accumulator: Accumulator) -> Bool
  /// Takes in what another window kept.
  func merge(_ other: Accumulator, into accumulator: inout Accumulator) throws
}

extension WindowContents {
  /// Never.
  @inlinable
  public func isEmpty(_ accumulator: Accumulator) -> Bool { false }

  /// What is kept of some elements; nil where there are none and that is nothing.
  @inlinable
  func all(of elements: [TimestampedElement<Element>]) throws -> Accumulator? {
    guard let head = elements.first else { return ofNoElement() }
    var accumulator = try first(head.element, timestamp: head.timestamp)
    for next in elements.dropFirst() {
      try add(next.element, timestamp: next.timestamp, to: &accumulator)
    }
    return accumulator
  }
}

/// Keeps the elements combined two by two.
///
/// *Source:* Flink's windows over `ReducingState`.
public struct ReducedContents<Element: Codable>: WindowContents {
  @usableFromInline let combine: @Sendable (Element, Element) throws -> Element

  @inlinable
  init(_ combine: @escaping @Sendable (Element, Element) throws -> Element) {
    self.combine = combine
  }

  /// Nothing.
  @inlinable
  public func ofNoElement() -> Element? { nil }

  /// The element.
  @inlinable
  public func first(_ element: Element, timestamp: Int64) -> Element { element }

  /// The two combined.
  @inlinable
  public func add(
    _ element: Element,
    timestamp: Int64,
    to accumulator: inout Element
  ) throws {
    accumulator = try combine(accumulator, element)
  }

  /// The two combined.
  @inlinable
  public func merge(_ other: Element, into accumulator: inout Element) throws {
    accumulator = try combine(accumulator, other)
  }
}

extension ReducedContents: Sendable {}

/// Keeps the accumulator of an aggregate function.
///
/// *Source:* Flink's windows over `AggregatingState`.
public struct AggregatedContents<Function: AggregateFunction>: WindowContents {
  @usableFromInline let function: Function

  @inlinable
  init(_ function: Function) {
    self.function = function
  }

  /// A new accumulator.
  @inlinable
  public func ofNoElement() -> Function.Accumulator? { function.createAccumulator() }

  /// An accumulator with the element.
  @inlinable
  public func first(_ element: Function.Input, timestamp: Int64) throws -> Function.Accumulator {
    var accumulator = function.createAccumulator()
    try function.add(element, to: &accumulator)
    return accumulator
  }

  /// Adds the element.
  @inlinable
  public func add(
    _ element: Function.Input,
    timestamp: Int64,
    to accumulator: inout Function.Accumulator
  ) throws {
    try function.add(element, to: &accumulator)
  }

  /// Merges the accumulators.
  @inlinable
  public func merge(
    _ other: Function.Accumulator,
    into accumulator: inout Function.Accumulator
  ) throws {
    try function.merge(other, into: &accumulator)
  }
}

extension AggregatedContents: Sendable where Function: Sendable {}

/// Keeps every element.
///
/// *Source:* Flink's windows over `ListState`.
public struct ListedContents<Element: Codable>: WindowContents, Sendable {
  @inlinable
  init() {}

  /// An empty list.
  @inlinable
  public func ofNoElement() -> [Element]? { [] }

  /// A list of the element.
  @inlinable
  public func first(_ element: Element, timestamp: Int64) -> [Element] { [element] }

  /// Appends the element.
  @inlinable
  public func add(_ element: Element, timestamp: Int64, to accumulator: inout [Element]) {
    accumulator.append(element)
  }

  /// Appends the other list.
  @inlinable
  public func merge(_ other: [Element], into accumulator: inout [Element]) {
    accumulator += other
  }
}

/// An element with its event time, as evictors see it.
///
/// *Source:* Flink `TimestampedValue`.
public struct TimestampedElement<Element> {
  /// The element.
  public var element: Element
  /// Its event time in milliseconds since 1970, or `Watermark.noTimestamp`.
  public var timestamp: Int64

  /// Pairs an element with its time.
  @inlinable
  public init(_ element: Element, timestamp: Int64) {
    self.element = element
    self.timestamp = timestamp
  }
}

extension TimestampedElement: Encodable where Element: Encodable {}
extension TimestampedElement: Decodable where Element: Decodable {}

/// Keeps every element with its event time.
///
/// *Source:* Flink `EvictingWindowOperator`.
public struct TimedContents<Element: Codable>: WindowContents, Sendable {
  @inlinable
  init() {}

  /// An empty list.
  @inlinable
  public func ofNoElement() -> [TimestampedElement<Element>]? { [] }

  /// A list of the element.
  @inlinable
  public func first(
    _ element: Element,
    timestamp: Int64
  ) -> [TimestampedElement<Element>] {
    [TimestampedElement(element, timestamp: timestamp)]
  }

  /// Appends the element.
  @inlinable
  public func add(
    _ element: Element,
    timestamp: Int64,
    to accumulator: inout [TimestampedElement<Element>]
  ) {
    accumulator.append(TimestampedElement(element, timestamp: timestamp))
  }

  /// Whether the list is empty.
  @inlinable
  public func isEmpty(_ accumulator: [TimestampedElement<Element>]) -> Bool {
    accumulator.isEmpty
  }

  /// Appends the other list.
  @inlinable
  public func merge(
    _ other: [TimestampedElement<Element>],
    into accumulator: inout [TimestampedElement<Element>]
  ) {
    accumulator += other
  }
}
