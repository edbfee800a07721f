import SimulationKernel

/// The channels of an edge with a checkpoint's barriers at one instant, by producer and consumer.
///
/// Each is worked out when it is asked for, since a wide edge has a million of them.
package struct BarrierTracks: RandomAccessCollection, Sendable {
  private let channels: EdgeChannels
  private let trail: CheckpointTrail?
  private let instant: VirtualInstant
  private let isHolding: Bool

  /// The first.
  package var startIndex: Int { 0 }
  /// Behind the last.
  package let endIndex: Int

  init(
    _ channels: EdgeChannels,
    trail: CheckpointTrail?,
    at instant: VirtualInstant,
    isHolding: Bool
  ) {
    self.channels = channels
    self.trail = trail
    self.instant = instant
    self.isHolding = isHolding
    endIndex = channels.count
  }

  /// A channel, and where the barrier is on it.
  package subscript(position: Int) -> BarrierTrack {
    let (producer, consumer) = channels.ends(of: position)
    let place = trail?.place(
      onChannel: channels.number(from: producer, to: consumer),
      ofLane: channels.firstConsumer + consumer,
      from: channels.firstProducer + producer,
      at: instant,
      isHolding: isHolding
    )
    return BarrierTrack(producer: producer, consumer: consumer, place: place ?? .absent)
  }

  /// How many barriers are where.
  var tally: TrackTally {
    guard trail != nil else { return TrackTally(absent: count) }
    return TrackTally(of: self)
  }
}

extension BarrierTracks: Equatable {
  /// Whether the barriers are at the same places of the same channels.
  package static func == (left: BarrierTracks, right: BarrierTracks) -> Bool {
    left.elementsEqual(right)
  }
}

/// How many barriers are where on some channels.
struct TrackTally: Sendable, Equatable {
  /// How many channels there are.
  private(set) var count = 0
  /// How many barriers were sent.
  private(set) var sent = 0
  /// How many of them arrived on channels that are held.
  private(set) var held = 0
  /// How many were sent that have so many thousandths of their way behind them.
  private var places: [Int] = []

  /// Channels on which no barrier was sent.
  init(absent count: Int) {
    self.count = count
  }

  /// Counts what is on some channels.
  init(of tracks: some Sequence<BarrierTrack>) {
    places = Array(repeating: 0, count: 1001)
    for track in tracks {
      count += 1
      guard let thousandths = track.place.thousandths else { continue }
      sent += 1
      places[thousandths] += 1
      if track.place == .held { held += 1 }
    }
  }

  /// How many have arrived.
  var arrived: Int { places.last ?? 0 }

  /// How many are on their way.
  var underWay: Int { sent - arrived }

  /// The columns on which barriers are, when the way ends in the last; in order.
  func columns(endingAt last: Int) -> [Int] {
    places.indices.filter { places[$0] > 0 }.map { $0 * last / 1000 }
  }
}
