/// A list for each key: for the key of the record that is being processed.
///
/// ```swift
/// let degrees = try context.listState(named: "degrees", of: Int.self)
/// degrees.addAll([14, 15])
/// degrees.update(degrees.get().filter { $0 > 14 })
/// ```
///
/// A list that is empty is no list: its key takes no room. With a time to live each element expires
/// by itself.
///
/// *Source:* Flink `ListState`.
public final class ListState<Element> {
  @usableFromInline let read: () -> [Element]
  @usableFromInline let append: (Element) -> Void
  @usableFromInline let appendAll: ([Element]) -> Void
  @usableFromInline let write: ([Element]) -> Void

  @inlinable
  init(
    read: @escaping () -> [Element],
    append: @escaping (Element) -> Void,
    appendAll: @escaping ([Element]) -> Void,
    write: @escaping ([Element]) -> Void
  ) {
    self.read = read
    self.append = append
    self.appendAll = appendAll
    self.write = write
  }

  /// The elements of the current key, in the order in which they were added.
  @inlinable
  public func get() -> [Element] { read() }

  /// Adds an element at the end of the current key's list.
  ///
  /// - Complexity: O(1) amortised; O(*n*) once in a list that a snapshot holds too.
  @inlinable
  public func add(_ element: Element) { append(element) }

  /// Adds elements at the end of the current key's list.
  @inlinable
  public func addAll(_ elements: some Sequence<Element>) {
    let elements = Array(elements)
    if !elements.isEmpty { appendAll(elements) }
  }

  /// Gives the current key a list in place of the one that it has.
  @inlinable
  public func update(_ elements: [Element]) { write(elements) }

  /// Forgets the list of the current key.
  @inlinable
  public func clear() { write([]) }
}
