package import StreamModel

/// Combines the watermarks of the channels of one input.
///
/// The input is as far as the slowest of its channels that are neither idle nor behind after having
/// been idle; such a channel counts again when it has caught up. *Source:* Flink
/// `StatusWatermarkValve`.
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

  /// Makes the valve of an input with so many channels.
  package init(channels: Int) {
    self.channels = Array(repeating: Channel(), count: channels)
  }

  /// A watermark arrived on a channel.
  package mutating func watermark(_ watermark: Watermark, on channel: Int) -> [Output] {
    // A channel that is idle, or all of them, says nothing that counts.
    guard !isIdle, !channels[channel].isIdle, watermark > channels[channel].watermark else {
      return []
    }
    channels[channel].watermark = watermark
    if channels[channel].isAligned {
      return advance()
    }
    if watermark >= last {
      channels[channel].isAligned = true
      return advance()
    }
    return []
  }

  /// A channel became idle, or active again.
  package mutating func status(isIdle idle: Bool, on channel: Int) -> [Output] {
    guard channels[channel].isIdle != idle else { return [] }
    channels[channel].isIdle = idle
    return idle ? becomeIdle(channel) : becomeActive(channel)
  }

  private mutating func becomeIdle(_ channel: Int) -> [Output] {
    channels[channel].isAligned = false
    guard channels.contains(where: { !$0.isIdle }) else {
      // The last one went idle: what the furthest channel promised holds.
      var outputs: [Output] = []
      if channels[channel].watermark == last {
        let furthest = channels.map(\.watermark).max() ?? last
        if furthest > last {
          last = furthest
          outputs.append(.watermark(furthest))
        }
      }
      isIdle = true
      return outputs + [.status(isIdle: true)]
    }
    // Nobody waits for the channel any more that may have been the slowest.
    return channels[channel].watermark == last ? advance() : []
  }

  private mutating func becomeActive(_ channel: Int) -> [Output] {
    if channels[channel].watermark >= last { channels[channel].isAligned = true }
    guard isIdle else { return [] }
    isIdle = false
    return [.status(isIdle: false)]
  }

  /// The slowest of the channels that count, if it is further than before.
  private mutating func advance() -> [Output] {
    var slowest: Watermark?
    for channel in channels where channel.isAligned {
      slowest = min(slowest ?? channel.watermark, channel.watermark)
    }
    guard let slowest, slowest > last else { return [] }
    last = slowest
    return [.watermark(slowest)]
  }
}
