extension InputBytes {
  /// Calls `body` with each line that is not empty, as a source reads it; for looking at a whole
  /// input outside of a run.
  public func forEachLine(_ body: (String) -> Void) {
    var start = markLength
    while start < count {
      let end = buffer[start...].firstIndex(of: 0x0A)
      var line = buffer[start..<(end ?? count)]
      if end != nil, line.last == 0x0D { line.removeLast() }
      if !line.isEmpty { body(String(decoding: line, as: UTF8.self)) }
      start = (end ?? count) + 1
    }
  }

  /// How many bytes a UTF-8 byte order mark takes at the start: 3, or 0 without one.
  var markLength: Int { buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}
