/// How long state lives after it was last accessed, in processing time.
///
/// ```swift
/// let session = try context.valueState(
///   named: "session",
///   of: String.self,
///   timeToLive: StateTimeToLive(milliseconds: 60_000, updateType: .onReadAndWrite)
/// )
/// session.update("open")
/// ```
///
/// A value, an element of a list or an entry of a map has expired once its last access lies as far
/// back as its lifetime: `lastAccess + lifetime <= now`. What has expired is removed when it is met
/// by an access; besides, every access lets a few entries of the state be looked at, one after the
/// other in a circle, so that keys that never come back do not stay for ever.
///
/// A snapshot holds the time of each last access, in milliseconds since 1970, and everything that
/// has not been removed yet, expired or not. So a restore neither lengthens nor shortens a life;
/// what has expired by then is left out.
///
/// State that was stored without a time to live is not restored with one, nor the other way round.
///
/// *Source:* Flink `StateTtlConfig`, with its incremental clean-up of 5 entries for each access.
/// *Simplified:* Flink looks at them before the access and not behind it, leaves what has expired
/// to its first access after a restore, can also look at them for every record or clean up when a
/// full snapshot is taken, and since 2.2 it restores state across a change between with and
/// without.
public struct StateTimeToLive: Equatable, Sendable {
  /// What counts as an access.
  public enum UpdateType: Equatable, Sendable {
    /// Nothing: the state does not expire, and is stored as one without a time to live.
    case disabled
    /// Making and changing it.
    case onCreateAndWrite
    /// Making, changing and reading it.
    case onReadAndWrite
  }

  /// Whether what has expired may be seen.
  public enum Visibility: Equatable, Sendable {
    /// It is as if it were not there.
    case neverReturnExpired
    /// It is shown as long as it has not been removed; being shown removes it.
    case returnExpiredIfNotCleanedUp
  }

  /// How long state lives after an access, in milliseconds.
  public let milliseconds: Int64
  /// What counts as an access.
  public let updateType: UpdateType
  /// Whether what has expired may be seen.
  public let visibility: Visibility

  /// A time to live of so many milliseconds.
  ///
  /// A state refuses one that is not above 0.
  public init(
    milliseconds: Int64,
    updateType: UpdateType = .onCreateAndWrite,
    visibility: Visibility = .neverReturnExpired
  ) {
    self.milliseconds = milliseconds
    self.updateType = updateType
    self.visibility = visibility
  }
}

/// A time to live with the clock that it goes by.
@frozen
@usableFromInline
struct Expiry {
  @usableFromInline let timeToLive: StateTimeToLive
  @usableFromInline let clock: any StateClock
  /// Whether being read counts as an access.
  @usableFromInline let isRenewedByReading: Bool
  /// Whether what has expired is shown when it is met.
  @usableFromInline let showsExpired: Bool

  /// Takes the time to live of a state; nil when nothing expires.
  ///
  /// - Throws: `StateCodecError` when the lifetime is not above 0.
  @usableFromInline
  init?(
    _ timeToLive: StateTimeToLive?,
    of name: String,
    _ clock: any StateClock
  ) throws(StateCodecError) {
    guard let timeToLive, timeToLive.updateType != .disabled else { return nil }
    guard timeToLive.milliseconds > 0 else {
      throw StateCodecError(
        .unsupported,
        expected: "a time to live above 0 ms",
        found: "\(timeToLive.milliseconds) ms",
        place: "state \"\(name)\""
      )
    }
    self.timeToLive = timeToLive
    self.clock = clock
    isRenewedByReading = timeToLive.updateType == .onReadAndWrite
    showsExpired = timeToLive.visibility == .returnExpiredIfNotCleanedUp
  }

  /// The present instant, in milliseconds.
  @inlinable var now: Int64 { clock.milliseconds }

  /// Whether what was last accessed at an instant has expired at another; what would expire behind
  /// the last instant that there is never does.
  ///
  /// *Source:* Flink `TtlUtils.expired`.
  @inlinable
  func isExpired(_ lastAccess: Int64, at now: Int64) -> Bool {
    let (end, isBeyond) = lastAccess.addingReportingOverflow(timeToLive.milliseconds)
    return !isBeyond && end <= now
  }
}
