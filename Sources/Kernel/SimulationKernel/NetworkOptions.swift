/// How long messages take, and how fast the loss of a peer is felt.
///
/// Defaults describe processes on one machine, as in the recordings of Flink that Drey is held
/// against; the delays of a dead peer are the ranges seen there.
public struct NetworkOptions: Sendable {
  /// The least time from sending to arrival between two processes; also the simulation's lookahead.
  public var latency = VirtualDuration.microseconds(100)

  /// What chance may add to the latency.
  public var jitter = VirtualDuration.microseconds(50)

  /// Bytes that a link carries a second.
  public var bytesPerSecond: Int64 = 1_000_000_000

  /// How long until a peer feels that a killed process closed its connections.
  public var resetDelay = VirtualDuration.milliseconds(30)...VirtualDuration.milliseconds(45)

  /// How long until a sender learns that nobody lives at an address.
  public var refusalDelay = VirtualDuration.milliseconds(8)...VirtualDuration.milliseconds(30)

  /// Makes the default network.
  public init() {}
}

/// Two names of processes, in no order.
@usableFromInline
struct NamePair: Hashable {
  private let lower: String
  private let upper: String

  @usableFromInline
  init(_ first: String, _ second: String) {
    lower = min(first, second)
    upper = max(first, second)
  }
}

/// The state of one direction between two processes.
@usableFromInline
struct Link {
  /// When the last byte that was handed to the link will have left.
  @usableFromInline var free = VirtualInstant.distantPast
  /// When the last message will arrive: none overtakes it.
  @usableFromInline var lastArrival = VirtualInstant.distantPast
  /// Whether messages are held back.
  @usableFromInline var isCut = false
  /// Whether a connection is open.
  @usableFromInline var isConnected = false

  @usableFromInline
  init() {}

  /// The instant at which a message of `bytes` sent now arrives.
  @usableFromInline
  mutating func arrival(
    now: VirtualInstant,
    bytes: Int,
    options: NetworkOptions,
    random: inout RandomStream
  ) -> VirtualInstant {
    let start = max(now, free)
    free = start + .nanoseconds(Int64(bytes) * 1_000_000_000 / options.bytesPerSecond)
    let jitter = random.below(Int(options.jitter.nanoseconds) + 1)
    lastArrival = max(lastArrival, free + options.latency + .nanoseconds(Int64(jitter)))
    return lastArrival
  }
}
