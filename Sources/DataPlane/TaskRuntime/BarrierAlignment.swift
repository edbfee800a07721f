package import StreamModel

/// Decides, from the barriers that arrive on a task's channels, when its snapshot is due.
///
/// Exactly once: a channel whose barrier has arrived is held until the others' have, so that the
/// snapshot holds what came before every barrier and nothing else. At least once: nothing is held.
/// One state machine with a mode; what is missing is counted, so that a barrier costs no look at
/// the other channels. *Source:* Flink `SingleCheckpointBarrierHandler` and its states.
package struct BarrierAlignment {
  /// What is to be done about a barrier or a closed channel.
  package struct Decision: Equatable {
    /// A checkpoint that is given up because a later one overtook it.
    package var subsumed: CheckpointID?
    /// Whether the channel is to be held.
    package var holdsChannel = false
    /// The checkpoint whose snapshot is due; every held channel is to be released first.
    package var ready: CheckpointID?
  }

  /// How barriers are treated.
  package enum Mode: Sendable {
    /// Channels are held: exactly once.
    case aligned
    /// Barriers are only counted: at least once.
    case counted
    /// The first barrier decides: a mistake that tests must find.
    case skipsAlignment
  }

  private enum State {
    /// No checkpoint is under way.
    case idle
    /// Barriers of a checkpoint are still to come.
    case waiting(CheckpointID)
  }

  private let mode: Mode
  private var state = State.idle
  /// The open channels on which the barrier of the checkpoint under way has arrived.
  private var arrived: ChannelSet
  private var closed: ChannelSet
  private let channels: Int
  /// Barriers of this checkpoint and of those before mean nothing any more.
  private var last = CheckpointID(0)

  /// Makes the alignment of so many channels.
  package init(mode: Mode, channels: Int) {
    self.mode = mode
    self.channels = channels
    arrived = ChannelSet(below: channels)
    closed = arrived
  }

  /// A barrier arrived.
  package mutating func barrier(_ checkpoint: CheckpointID, on channel: Int) -> Decision {
    guard checkpoint > last else { return Decision() }
    if mode == .skipsAlignment {
      last = checkpoint
      return Decision(ready: checkpoint)
    }
    var decision = Decision()
    if case .waiting(let current) = state {
      guard checkpoint >= current else { return Decision() }
      if checkpoint > current { decision.subsumed = current }
    }
    if decision.subsumed != nil { arrived.removeAll() }
    if !closed.contains(channel) { arrived.insert(channel) }
    state = .waiting(checkpoint)
    decision.ready = takeReady()
    decision.holdsChannel = mode == .aligned && decision.ready == nil
    return decision
  }

  /// A channel will bring nothing any more: it counts as if every barrier had arrived on it.
  package mutating func close(_ channel: Int) -> Decision {
    closed.insert(channel)
    arrived.set(channel, to: false)
    return Decision(ready: takeReady())
  }

  /// A checkpoint will never be complete: its barriers mean nothing any more.
  ///
  /// - Returns: Whether it was under way, so that held channels are to be released.
  package mutating func abort(_ checkpoint: CheckpointID) -> Bool {
    last = max(last, checkpoint)
    guard case .waiting(let current) = state, current <= checkpoint else { return false }
    state = .idle
    arrived.removeAll()
    return true
  }

  private mutating func takeReady() -> CheckpointID? {
    guard case .waiting(let checkpoint) = state, arrived.count + closed.count == channels else {
      return nil
    }
    state = .idle
    arrived.removeAll()
    last = checkpoint
    return checkpoint
  }
}
