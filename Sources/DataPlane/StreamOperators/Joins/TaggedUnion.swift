/// An element of one of two streams.
///
/// *Source:* Flink `CoGroupedStreams.TaggedUnion`.
public struct TaggedUnion<First: Codable, Second: Codable>: Codable {
  /// The element, if it is of the first stream.
  public let first: First?
  /// The element, if it is of the second stream.
  public let second: Second?

  /// An element of the first stream.
  @inlinable
  public static func first(_ element: First) -> Self { Self(first: element, second: nil) }

  /// An element of the second stream.
  @inlinable
  public static func second(_ element: Second) -> Self { Self(first: nil, second: element) }

  @inlinable
  init(first: First?, second: Second?) {
    self.first = first
    self.second = second
  }
}

extension TaggedUnion: SendableMetatype where First: SendableMetatype, Second: SendableMetatype {}
