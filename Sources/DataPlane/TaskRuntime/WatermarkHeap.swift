import StreamModel

/// Some of an input's channels, of which the one with the least watermark is known.
///
/// A heap that knows the place of each channel. Watermarks only grow, so that a channel stays where
/// it is until it is the first and its watermark turns out to be a later one.
/// *Source:* Flink `HeapPriorityQueue`, as `StatusWatermarkValve` uses it.
struct WatermarkHeap {
  private struct Entry {
    /// The channel's watermark when it was looked at last.
    var watermark: Watermark
    var channel: Int32
  }

  private var entries: [Entry]
  /// For each channel its place among the entries; negative where it has none.
  private var places: [Int32]

  /// Makes the heap of so many channels, of which none has promised anything.
  init(channels: Int) {
    entries = (0..<channels).map { Entry(watermark: .none, channel: Int32($0)) }
    places = (0..<channels).map { Int32($0) }
  }

  /// The least watermark, of those that all channels have; nil when no channel is in.
  mutating func slowest(of channels: [WatermarkValve.Channel]) -> Watermark? {
    while let first = entries.first {
      let watermark = channels[Int(first.channel)].watermark
      if watermark == first.watermark { return watermark }
      settle(Entry(watermark: watermark, channel: first.channel), at: 0)
    }
    return nil
  }

  /// Adds a channel that has that watermark, unless it is in.
  mutating func add(_ channel: Int, at watermark: Watermark) {
    guard places[channel] < 0 else { return }
    let entry = Entry(watermark: watermark, channel: Int32(channel))
    entries.append(entry)
    settle(entry, at: entries.count - 1)
  }

  /// Takes a channel out, if it is in.
  mutating func remove(_ channel: Int) {
    let place = Int(places[channel])
    guard place >= 0, let last = entries.popLast() else { return }
    places[channel] = -1
    if place < entries.count { settle(last, at: place) }
  }

  /// Puts an entry where there is room for it and lets it rise or sink to its place.
  private mutating func settle(_ entry: Entry, at hole: Int) {
    var place = hole
    while place > 0, entry.watermark < entries[(place - 1) / 2].watermark {
      move(from: (place - 1) / 2, to: place)
      place = (place - 1) / 2
    }
    while let child = slowerChild(of: place), entries[child].watermark < entry.watermark {
      move(from: child, to: place)
      place = child
    }
    entries[place] = entry
    places[Int(entry.channel)] = Int32(place)
  }

  private func slowerChild(of place: Int) -> Int? {
    let left = place * 2 + 1
    guard left < entries.count else { return nil }
    let right = left + 1
    return right < entries.count && entries[right].watermark < entries[left].watermark
      ? right : left
  }

  private mutating func move(from place: Int, to target: Int) {
    entries[target] = entries[place]
    places[Int(entries[target].channel)] = Int32(target)
  }
}
