public import SimulationKernel

/// Which peers still live, as far as heartbeats tell.
///
/// A value: whoever owns it sends the requests and keeps the time. A peer is lost when requests to
/// it could not be delivered so many times in a row, or when it was silent for too long.
/// *Source:* Flink `HeartbeatManagerSenderImpl` and `HeartbeatMonitorImpl`.
public struct HeartbeatMonitor: Sendable {
  /// A watched peer.
  public struct Peer: Sendable, Equatable {
    /// Its process.
    public let process: ProcessID
    /// Its name.
    public let name: String
    /// When it was last heard of.
    public internal(set) var lastHeard: VirtualInstant
    /// How many requests in a row could not be delivered.
    public internal(set) var refusals = 0
  }

  /// The watched peers, in the order in which the watch began.
  public private(set) var peers: [Peer] = []
  private let timeout: VirtualDuration
  private let failureThreshold: Int

  /// Makes a monitor that watches nobody.
  public init(timeout: VirtualDuration, failureThreshold: Int) {
    self.timeout = timeout
    self.failureThreshold = failureThreshold
  }

  /// Begins to watch a peer, or to watch it anew.
  public mutating func watch(_ process: ProcessID, named name: String, at now: VirtualInstant) {
    forget(process)
    peers.append(Peer(process: process, name: name, lastHeard: now))
  }

  /// Watches a peer no more.
  public mutating func forget(_ process: ProcessID) {
    peers.removeAll { $0.process == process }
  }

  /// A peer gave a sign of life.
  public mutating func heard(from process: ProcessID, at now: VirtualInstant) {
    guard let index = index(of: process) else { return }
    peers[index].lastHeard = now
    peers[index].refusals = 0
  }

  /// A request to a peer could not be delivered.
  ///
  /// - Returns: Why the peer is lost, once that happened too often in a row.
  public mutating func refused(by process: ProcessID) -> ClusterError? {
    guard let index = index(of: process) else { return nil }
    peers[index].refusals += 1
    guard peers[index].refusals >= failureThreshold else { return nil }
    return .taskManagerUnreachable(name: peers[index].name)
  }

  /// The instant at which a peer is lost if it stays silent.
  public func deadline(of process: ProcessID) -> VirtualInstant? {
    index(of: process).map { peers[$0].lastHeard + timeout }
  }

  /// Why a peer is lost, if it has been silent for too long.
  public func verdict(on process: ProcessID, at now: VirtualInstant) -> ClusterError? {
    guard let index = index(of: process), now - peers[index].lastHeard >= timeout else {
      return nil
    }
    return .heartbeatTimeout(name: peers[index].name)
  }

  /// The peers whose silence would exceed what is endured before another `interval` is over.
  public func overdue(within interval: VirtualDuration, of now: VirtualInstant) -> [Peer] {
    peers.filter { $0.lastHeard + timeout <= now + interval }
  }

  private func index(of process: ProcessID) -> Int? {
    peers.firstIndex { $0.process == process }
  }
}
