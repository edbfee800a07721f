public import SimulationKernel

/// A context of the kernel as the cluster uses it.
public typealias ClusterProcessContext = ProcessContext<ClusterMessage, JournalEntry>

/// A role: it owns its state, reacts to messages, and speaks only through its context.
public protocol ClusterRole: AnyObject {
  /// The process that hosts the role began to live.
  func start(in context: RoleContext)
  /// A message arrived, or a timer of the role's own.
  func receive(_ payload: ClusterMessage.Payload, from sender: Endpoint, in context: RoleContext)
  /// A message of the role's could not be delivered: nobody lives at that address.
  func undeliverable(
    _ payload: ClusterMessage.Payload,
    to receiver: Endpoint,
    in context: RoleContext
  )
  /// A process with which the role's process had a connection has died.
  func connectionLost(to peer: ProcessID, in context: RoleContext)
}

extension ClusterRole {
  /// Does nothing: most roles only react.
  public func start(in context: RoleContext) {}

  /// Does nothing: the role sends nothing whose loss would matter.
  public func undeliverable(
    _ payload: ClusterMessage.Payload,
    to receiver: Endpoint,
    in context: RoleContext
  ) {}

  /// Does nothing: the role keeps no connections.
  public func connectionLost(to peer: ProcessID, in context: RoleContext) {}
}

/// What a role can do while it reacts.
public struct RoleContext {
  /// The context of the process that hosts the role.
  public let process: ClusterProcessContext
  /// The role's own address.
  public let endpoint: Endpoint

  /// Makes the context of a role that lives in a process.
  @inlinable
  public init(process: ClusterProcessContext, role: Role) {
    self.process = process
    endpoint = Endpoint(process: process.id, role: role)
  }

  /// The present instant.
  @inlinable
  public var now: VirtualInstant { process.now }

  /// Sends a message of that size; within a process it arrives at once.
  @inlinable
  public func send(_ payload: ClusterMessage.Payload, to target: Endpoint, bytes: Int = 256) {
    process.send(
      ClusterMessage(sender: endpoint, receiver: target.role, payload: payload),
      to: target.process,
      bytes: bytes
    )
  }

  /// Hands this role a timer of its own after a delay.
  @inlinable
  public func after(_ delay: VirtualDuration, _ timer: ClusterTimer) {
    process.after(delay, toSelf(.timer(timer)))
  }

  /// Starts an operation on storage; `reply` makes the message to this role that says how it ended.
  ///
  /// - Parameters:
  ///   - operation: What is asked.
  ///   - charge: For how many bytes it takes its time; nil means for those that it moves.
  ///   - reply: Makes the message.
  public func store(
    _ operation: StorageOperation,
    charge: Int? = nil,
    reply: @escaping (Result<[UInt8], StorageError>) -> ClusterMessage.Payload
  ) {
    let context = self
    process.store(operation, charge: charge) { context.toSelf(reply($0)) }
  }

  /// Starts an operation on something outside of every process; see ``SimulationKernel``.
  ///
  /// - Parameters:
  ///   - bytes: It takes the time that storage takes for so many bytes; nil for no time.
  ///   - earliest: It does not complete before.
  ///   - operation: Is called with the instant of completion, and makes the message to this role.
  /// - Returns: When it will be complete, unless the process is paused.
  public func operate(
    bytes: Int?,
    notBefore earliest: VirtualInstant,
    _ operation: @escaping (VirtualInstant) -> ClusterMessage.Payload
  ) -> VirtualInstant {
    let context = self
    return process.operate(bytes: bytes, notBefore: earliest) { context.toSelf(operation($0)) }
  }

  /// Adds an entry to the journal.
  public func record(_ entry: JournalEntry) {
    process.record(entry)
  }

  @inlinable
  func toSelf(_ payload: ClusterMessage.Payload) -> ClusterMessage {
    ClusterMessage(sender: endpoint, receiver: endpoint.role, payload: payload)
  }
}
