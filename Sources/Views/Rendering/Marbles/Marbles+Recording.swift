package import StreamModel

/// What happens in a run, taken down as it happens.
///
/// Windows are called by their keys and extents here, and get their places as they are mentioned.
/// One whose state is gone is not meant again: the next of its key and extent is another.
extension Marbles {
  /// A record arrives, and those windows of its key take it.
  ///
  /// - Complexity: O(*n*) in the number of events for each window.
  package mutating func arrives(_ record: Record, into extents: [Window.Extent] = []) {
    let number = events.count { if case .record = $0 { true } else { false } }
    events.append(.record(record))
    for extent in extents { windows[window(extent, of: record.key)].holds.append(number) }
  }

  /// A watermark of an input arrives.
  package mutating func advances(to time: EventTime, input: Int = 0) {
    events.append(.watermark(time, input: input))
  }

  /// A window of a key gives a result.
  package mutating func fires(_ extent: Window.Extent, of key: String, result: String) {
    events.append(.fires(window: window(extent, of: key), result: result))
  }

  /// The state of a window of a key is dropped.
  package mutating func clears(_ extent: Window.Extent, of key: String) {
    events.append(.clears(window: window(extent, of: key)))
  }

  /// Sessions of a key become one, which holds what they held, in the order of arrival.
  package mutating func joins(
    _ extents: [Window.Extent],
    into extent: Window.Extent,
    of key: String
  ) {
    let parts = extents.filter { $0 != extent }.map { window($0, of: key) }
    let whole = window(extent, of: key)
    for part in parts {
      events.append(.joins(window: part, into: whole))
      windows[whole].holds += windows[part].holds
    }
    windows[whole].holds.sort()
  }

  /// Takes for granted that each window holds what ``MarbleNotation`` takes it to hold where it is
  /// not said.
  package mutating func fillWindows() {
    for window in windows.indices { windows[window].holds = recordsByDefault(of: window) }
  }

  /// The place of a window whose state is still there; the first time that it is mentioned there is
  /// one more.
  private mutating func window(_ extent: Window.Extent, of key: String) -> Int {
    let ended = Set(
      events.compactMap { event -> Int? in
        switch event {
        case .clears(let window), .joins(let window, _): window
        case .record, .watermark, .combined, .idle, .active, .fires: nil
        }
      }
    )
    if let known = windows.indices.last(where: {
      windows[$0].extent == extent && windows[$0].key == key && !ended.contains($0)
    }) {
      return known
    }
    windows.append(Window(key: key, extent: extent))
    return windows.count - 1
  }
}
