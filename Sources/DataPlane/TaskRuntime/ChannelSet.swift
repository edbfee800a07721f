/// A set of channels by number, a bit each.
///
/// A task has a thousand channels in a wide job, and a thousand tasks take turns: what is known of
/// channels must lie close together.
struct ChannelSet {
  private var words: [UInt64]
  /// How many channels are in it.
  private(set) var count = 0

  /// Makes the empty set of channels below a number.
  init(below channels: Int) {
    words = Array(repeating: 0, count: (channels + 63) / 64)
  }

  /// Whether a channel is in it.
  func contains(_ channel: Int) -> Bool {
    words[channel >> 6] & 1 << UInt64(channel & 63) != 0
  }

  /// Adds a channel; says whether it was not in it.
  @discardableResult
  mutating func insert(_ channel: Int) -> Bool {
    guard !contains(channel) else { return false }
    words[channel >> 6] |= 1 << UInt64(channel & 63)
    count += 1
    return true
  }

  /// Adds a channel or takes it out.
  mutating func set(_ channel: Int, to isMember: Bool) {
    guard contains(channel) != isMember else { return }
    words[channel >> 6] ^= 1 << UInt64(channel & 63)
    count += isMember ? 1 : -1
  }

  /// Takes all channels out.
  mutating func removeAll() {
    guard count > 0 else { return }
    for place in words.indices { words[place] = 0 }
    count = 0
  }

  /// The first member that is not before a channel.
  func first(from channel: Int) -> Int? {
    guard count > 0, channel >> 6 < words.count else { return nil }
    var place = channel >> 6
    var word = words[place] & UInt64.max << UInt64(channel & 63)
    while word == 0 {
      place += 1
      guard place < words.count else { return nil }
      word = words[place]
    }
    return place << 6 + word.trailingZeroBitCount
  }
}
