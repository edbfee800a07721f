public import StreamModel

/// A piece of a source's input and how far it was read: what a checkpoint keeps.
public struct SplitPosition: Codable, Sendable, Equatable {
  /// Where the split begins: a byte of a file, or the number of an element.
  public var start: Int
  /// Where it ends, excluded.
  public var end: Int
  /// Where reading goes on.
  public var position: Int
  /// How many elements were emitted from it.
  public var emitted: Int
  /// How many of its rows were bad and skipped; nil when none was.
  public var setAside: Int?

  /// Makes a split that was not read yet.
  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
    position = start
    emitted = 0
  }

  /// The share of `subtask` in an input of that size, divided evenly.
  public static func share(of size: Int, subtask: Int, parallelism: Int) -> SplitPosition {
    SplitPosition(
      start: size / parallelism * subtask + size % parallelism * subtask / parallelism,
      end: size / parallelism * (subtask + 1) + size % parallelism * (subtask + 1) / parallelism
    )
  }
}

/// How the elements of a split are read; made by a source's factory, typed.
public protocol SplitFormat<Element> {
  /// What is read.
  associatedtype Element
  /// How large the whole input is, in the unit of ``SplitPosition/start``.
  var size: Int { get }
  /// Emits at most `limit` elements from the split and moves its position on; stops early when a
  /// buffer is full. Reading nothing means that the split is at its end.
  func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>
  ) throws
  /// The first few rows that an attempt skipped, each told once; how many there were says
  /// ``SplitPosition/setAside``.
  func takeSetAside() -> [SetAsideRow]
}

extension SplitFormat {
  /// None: the format skips nothing.
  public func takeSetAside() -> [SetAsideRow] { [] }
}
