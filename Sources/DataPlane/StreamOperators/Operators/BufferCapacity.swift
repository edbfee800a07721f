/// How many records make a full buffer.
public enum BufferCapacity {
  /// The most records in a buffer, however small they are: a task does nothing else while it works
  /// on one, so that larger ones would be felt.
  public static let mostRecords = 1024

  /// How many records of a type fill so many bytes, from 1 to ``mostRecords``.
  @inlinable
  public static func records<Element>(of type: Element.Type, bytes: Int) -> Int {
    min(mostRecords, max(1, bytes / max(1, MemoryLayout<Element>.stride)))
  }
}
