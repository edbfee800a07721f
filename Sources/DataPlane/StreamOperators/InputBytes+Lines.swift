extension InputBytes {
  /// Calls `body` with each line that is not empty, without its end; for looking at a whole input
  /// outside of a run.
  public func forEachLine(_ body: (String) -> Void) {
    for line in buffer.split(separator: 0x0A) {
      body(String(decoding: line, as: UTF8.self))
    }
  }
}
