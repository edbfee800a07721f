import StreamModel

extension TimeWindow {
  /// The windows in the order in which Flink goes through a set of them, that of Java's hash set:
  /// what merged windows held is put together in it.
  ///
  /// - Precondition: No two are the same.
  static func inOrderOfJavaSet(_ windows: [TimeWindow]) -> [TimeWindow] {
    var buckets = 16
    while windows.count * 4 > buckets * 3 { buckets *= 2 }
    func bucket(of window: TimeWindow) -> UInt32 {
      let hash = UInt32(bitPattern: window.javaHash)
      return (hash ^ (hash >> 16)) & UInt32(buckets - 1)
    }
    return windows.enumerated().sorted {
      (bucket(of: $0.element), $0.offset) < (bucket(of: $1.element), $1.offset)
    }.map(\.element)
  }
}

/// What becomes of the windows of a key when one more comes.
@usableFromInline
struct WindowMerge {
  /// The window that the new one is in now.
  @usableFromInline var result: TimeWindow
  /// Those that became it, the new one left out, in Flink's order; none where nothing merged.
  @usableFromInline var parts: [TimeWindow] = []
  /// The windows of the key afterwards.
  @usableFromInline var windows: [TimeWindow]

  /// Adds a window.
  ///
  /// *Source:* Flink `MergingWindowSet.addWindow`.
  @usableFromInline
  init(adding window: TimeWindow, to windows: [TimeWindow]) {
    result = window
    self.windows = windows
    guard !windows.contains(window) else { return }
    // The windows of a key never touch each other: what the new one meets is what becomes one.
    let met = windows.indices.filter { windows[$0].intersects(window) }
    guard met.count != 1 else {
      grow(met[0], by: window)
      return
    }
    for merged in TimeWindow.merged(windows + [window])
    where merged.parts.count > 1 && merged.parts.contains(window) {
      result = merged.window
      parts = TimeWindow.inOrderOfJavaSet(merged.parts.filter { $0 != window })
      break
    }
    // A window that swallows the new one stays what it is.
    if parts == [result] {
      parts = []
      return
    }
    self.windows.removeAll { parts.contains($0) }
    self.windows.append(result)
  }

  /// One window becomes larger, as with most events of a session; it stays what it is where it
  /// covers the new one.
  private mutating func grow(_ index: Int, by window: TimeWindow) {
    let known = windows[index]
    result = known.cover(window)
    guard result != known else { return }
    parts = [known]
    windows.remove(at: index)
    windows.append(result)
  }
}
