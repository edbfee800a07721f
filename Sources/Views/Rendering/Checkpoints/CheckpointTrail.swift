package import SimulationKernel
package import StreamModel

/// One checkpoint as the journal told it: where its barriers were when, and what the tasks did.
package struct CheckpointTrail: Sendable, Equatable {
  /// How far one task has come.
  package enum Stage: Int, Sendable, Comparable {
    /// The barrier has not arrived on any channel.
    case untouched
    /// The barrier has arrived on a channel; the task waits for the others.
    case reached
    /// The task has taken its snapshot and passed the barrier on.
    case taken
    /// The snapshot is durable, and the JobMaster knows.
    case saved

    /// Orders by progress.
    package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
  }

  /// What one lane did for the checkpoint.
  package struct Part: Sendable, Equatable {
    /// The offset at which a source put the barrier into its stream.
    package var offset: Int?
    /// When a source put the barrier into its stream.
    package var injected: VirtualInstant?
    /// When the barrier arrived on each of its channels.
    package private(set) var arrivals: [VirtualInstant?]
    /// On how many channels the barrier has arrived.
    package private(set) var arrivedCount: Int
    /// When it took its snapshot.
    package var taken: VirtualInstant?
    /// The entries of state that its snapshot holds.
    package var entries = 0
    /// When its snapshot was durable and acknowledged.
    package var saved: VirtualInstant?
    /// The bytes of its snapshot.
    package var bytes = 0

    /// When the barrier left for its consumers.
    package var left: VirtualInstant? { injected ?? taken }
    /// How far it has come.
    package var stage: Stage {
      if saved != nil { return .saved }
      if taken != nil { return .taken }
      return arrivedCount > 0 ? .reached : .untouched
    }

    /// Makes the part of a lane that did nothing yet but wait, for what has not arrived so far.
    init(arrivals: [VirtualInstant?]) {
      self.arrivals = arrivals
      arrivedCount = arrivals.count { $0 != nil }
    }

    /// The barrier arrived on a channel; it does once.
    mutating func arrive(on channel: Int, at instant: VirtualInstant) {
      guard arrivals.indices.contains(channel), arrivals[channel] == nil else { return }
      arrivals[channel] = instant
      arrivedCount += 1
    }

    /// What was known of it at an instant.
    package func seen(at instant: VirtualInstant) -> Part {
      func known(_ moment: VirtualInstant?) -> VirtualInstant? {
        moment.flatMap { $0 <= instant ? $0 : nil }
      }
      var part = Part(arrivals: arrivals.map(known))
      part.injected = known(injected)
      part.taken = known(taken)
      part.saved = known(saved)
      part.offset = part.left == nil ? nil : offset
      part.entries = part.taken == nil ? 0 : entries
      part.bytes = part.saved == nil ? 0 : bytes
      return part
    }
  }

  /// How a checkpoint ended.
  package enum Ending: Sendable, Equatable {
    /// It can be recovered from.
    case completed(bytes: Int, duration: VirtualDuration)
    /// It was given up.
    case givenUp(reason: String)
  }

  /// The checkpoint.
  package let id: CheckpointID
  /// When it was begun.
  package let begun: VirtualInstant
  /// What each lane did.
  package internal(set) var parts: [Part]
  /// How it ended; nil while it is under way.
  package internal(set) var ending: Ending?
  /// When it ended.
  package internal(set) var ended: VirtualInstant?

  init(id: CheckpointID, begun: VirtualInstant, channelCounts: [Int]) {
    self.id = id
    self.begun = begun
    parts = channelCounts.map { Part(arrivals: Array(repeating: nil, count: $0)) }
  }

  /// How far each lane has come.
  package var stages: [Stage] { parts.map(\.stage) }

  mutating func arrive(at lane: Int, channel: Int, at instant: VirtualInstant) {
    parts[lane].arrive(on: channel, at: instant)
  }

  mutating func inject(at lane: Int, offset: Int, at instant: VirtualInstant) {
    parts[lane].offset = offset
    parts[lane].injected = parts[lane].injected ?? instant
  }

  mutating func take(at lane: Int, entries: Int, at instant: VirtualInstant) {
    parts[lane].taken = parts[lane].taken ?? instant
    parts[lane].entries = entries
  }

  mutating func save(at lane: Int, bytes: Int, at instant: VirtualInstant) {
    parts[lane].taken = parts[lane].taken ?? instant
    parts[lane].saved = parts[lane].saved ?? instant
    parts[lane].bytes = bytes
  }

  mutating func end(_ ending: Ending, at instant: VirtualInstant) {
    self.ending = ending
    ended = instant
  }

  /// How many lanes have come that far, or further.
  package func count(atLeast stage: Stage) -> Int {
    parts.count { $0.stage >= stage }
  }
}
