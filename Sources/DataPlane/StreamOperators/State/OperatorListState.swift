/// A list that a subtask keeps, not divided by key.
///
/// *Source:* Flink `ListState` of an `OperatorStateStore`.
public final class OperatorListState<Element> {
  /// The elements, in order.
  public var elements: [Element] = []

  init() {}

  /// Appends an element.
  public func add(_ element: Element) { elements.append(element) }

  /// Removes all elements.
  public func clear() { elements = [] }
}
