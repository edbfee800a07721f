import SimulationKernel

/// One channel of an edge, from a producer's lane to a consumer's, and where the barrier is on it.
package struct BarrierTrack: Sendable, Equatable {
  /// Where a barrier is.
  package enum Place: Sendable, Equatable {
    /// It has not been sent.
    case absent
    /// It is on its way: so many thousandths of it lie behind it, never all of them.
    case travelling(Int)
    /// It has arrived, and what follows it waits until the other channels' have arrived too.
    case held
    /// It has arrived.
    case arrived

    /// How much of the way lies behind it, in thousandths; nil where it has not been sent.
    package var thousandths: Int? {
      switch self {
      case .absent: nil
      case .travelling(let thousandths): thousandths
      case .held, .arrived: 1000
      }
    }
  }

  /// The producer's lane, counted from zero within its vertex.
  package let producer: Int
  /// The consumer's lane, counted from zero within its vertex.
  package let consumer: Int
  /// Where the barrier is.
  package let place: Place
}

extension CheckpointTrail {
  /// The time in which a barrier whose arrival is not known yet is drawn half of its way.
  private static let halfway = VirtualDuration.microseconds(100)

  /// Where the barrier of a channel is at an instant.
  ///
  /// Where both ends of its way are known its place lies exactly between them. While it is under
  /// way nobody can know when it will arrive: it then comes ever closer to the end, and never back.
  func place(
    onChannel channel: Int,
    ofLane lane: Int,
    from producer: Int,
    at instant: VirtualInstant,
    isHolding: Bool
  ) -> BarrierTrack.Place {
    let hasTaken = parts[lane].taken.map { $0 <= instant } ?? false
    let channels = parts[lane].arrivals.count
    let arrival = channel < channels ? parts[lane].arrivals[channel] : nil
    if let arrival, arrival <= instant {
      return isHolding && !hasTaken && channels > 1 ? .held : .arrived
    }
    guard let left = parts[producer].left, left <= instant else { return .absent }
    if hasTaken { return .arrived }
    let elapsed = instant - left
    let way = arrival.map { $0 - left } ?? (elapsed + Self.halfway)
    guard way > .zero else { return .travelling(0) }
    let (product, isTooLong) = elapsed.nanoseconds.multipliedReportingOverflow(by: 1000)
    return .travelling(isTooLong ? 999 : min(999, Int(product / way.nanoseconds)))
  }
}
