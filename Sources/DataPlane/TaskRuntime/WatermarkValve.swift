package import StreamModel

/// Combines the watermarks of the channels of one input.
///
/// The input is as far as the slowest of its channels that are neither idle nor behind after having
/// been idle; such a channel counts again when it has caught up. Those that count are in a heap, so
/// that a watermark costs no look at all of them. *Source:* Flink `StatusWatermarkValve`.
package struct WatermarkValve {
  /// What the operator is told.
  package enum Output: Equatable, Sendable {
    /// A watermark that is later than the last one.
    case watermark(Watermark)
    /// All channels became idle, or one is active again.
    case status(isIdle: Bool)
  }

  struct Channel {
    fileprivate(set) var watermark = Watermark.none
    fileprivate(set) var isIdle = false
    fileprivate(set) var isAligned = true
  }

  private(set) var channels: [Channel]
  /// What the operator was told last.
  private(set) var last = Watermark.none
  private var isIdle = false
  /// The channels that count, the slowest first.
  private var aligned: WatermarkHeap
  private var activeChannels: Int
  /// The furthest watermark of any channel.
  private var furthest = Watermark.none

  /// Makes the valve of an input with so many channels.
  package init(channels: Int) {
    self.channels = Array(repeating: Channel(), count: channels)
    aligned = WatermarkHeap(channels: channels)
    activeChannels = channels
  }

  /// A watermark arrived on a channel.
  package mutating func watermark(_ watermark: Watermark, on channel: Int) -> [Output] {
    // A channel that is idle, or all of them, says nothing that counts.
    guard !isIdle, !channels[channel].isIdle, watermark > channels[channel].watermark else {
      return []
    }
    channels[channel].watermark = watermark
    furthest = max(furthest, watermark)
    guard channels[channel].isAligned || watermark >= last else { return [] }
    align(channel)
    return advance()
  }

  /// A channel became idle, or active again.
  package mutating func status(isIdle idle: Bool, on channel: Int) -> [Output] {
    guard channels[channel].isIdle != idle else { return [] }
    channels[channel].isIdle = idle
    activeChannels += idle ? -1 : 1
    return idle ? becomeIdle(channel) : becomeActive(channel)
  }

  private mutating func becomeIdle(_ channel: Int) -> [Output] {
    channels[channel].isAligned = false
    aligned.remove(channel)
    guard activeChannels > 0 else {
      // The last one went idle: what the furthest channel promised holds.
      var outputs: [Output] = []
      if channels[channel].watermark == last, furthest > last {
        last = furthest
        outputs.append(.watermark(furthest))
      }
      isIdle = true
      return outputs + [.status(isIdle: true)]
    }
    // Nobody waits for the channel any more that may have been the slowest.
    return channels[channel].watermark == last ? advance() : []
  }

  private mutating func becomeActive(_ channel: Int) -> [Output] {
    if channels[channel].watermark >= last { align(channel) }
    guard isIdle else { return [] }
    isIdle = false
    return [.status(isIdle: false)]
  }

  /// Lets a channel count.
  private mutating func align(_ channel: Int) {
    channels[channel].isAligned = true
    aligned.add(channel, at: channels[channel].watermark)
  }

  /// The slowest of the channels that count, if it is further than before.
  private mutating func advance() -> [Output] {
    guard let slowest = aligned.slowest(of: channels), slowest > last else { return [] }
    last = slowest
    return [.watermark(slowest)]
  }
}
