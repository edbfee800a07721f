/// The address of one life of a process.
///
/// A process that is killed and started again gets a new address: a message to the old one can
/// never reach the new one, as no connection outlives the process at its end.
public struct ProcessID: Hashable, Sendable, Comparable {
  @usableFromInline let narrowIndex: Int32

  /// The position in the order of starting.
  @inlinable
  public var index: Int { Int(narrowIndex) }

  /// Makes the address of the process that was started `index`th; kernel and tests only.
  @inlinable
  public init(index: Int) {
    narrowIndex = Int32(index)
  }

  /// Orders by the order of starting.
  @inlinable
  public static func < (left: ProcessID, right: ProcessID) -> Bool { left.index < right.index }
}

/// What happens to a process.
public enum ProcessEvent<Message> {
  /// It begins to live; it knows nothing but what it was made with.
  case started
  /// A message arrives, from another process or from itself.
  case message(Message, from: ProcessID)
  /// A message could not be delivered because the process at that address is dead.
  case undeliverable(Message, to: ProcessID)
  /// A process with which a connection was open has died.
  case connectionLost(ProcessID)
}

/// One operating-system process: it owns its state and reacts to events, one at a time.
///
/// A handler runs to completion, touches only its own state, and speaks only through its context.
public protocol SimulatedProcess<Message, Entry>: AnyObject {
  /// What travels between processes.
  associatedtype Message: Sendable
  /// What the run tells about itself.
  associatedtype Entry: JournalRecord

  /// Reacts to an event.
  func handle(_ event: ProcessEvent<Message>, in context: ProcessContext<Message, Entry>)
}

/// What a process can do while it handles an event.
public struct ProcessContext<Message: Sendable, Entry: JournalRecord> {
  @usableFromInline let simulation: Simulation<Message, Entry>

  /// The process's own address.
  public let id: ProcessID

  @inlinable
  init(simulation: Simulation<Message, Entry>, id: ProcessID) {
    self.simulation = simulation
    self.id = id
  }

  /// The present instant.
  @inlinable
  public var now: VirtualInstant { simulation.now }

  /// How long work takes here, in percent of the normal time (a slowed process has more than 100).
  public var cpuPercent: Int64 { simulation.processes[id.index].cpuPercent }

  /// The name of a process, dead or alive.
  public func name(of process: ProcessID) -> String { simulation.processes[process.index].name }

  /// How many processes of the same name were started before a process, dead or alive.
  public func incarnation(of process: ProcessID) -> Int { simulation.incarnation(of: process) }

  /// Sends a message of that size; it arrives after latency and transfer, in order of sending.
  @inlinable
  public func send(_ message: Message, to target: ProcessID, bytes: Int = 256) {
    simulation.send(message, from: id, to: target, bytes: bytes)
  }

  /// Hands this process a message of its own after a delay, unless it dies before.
  ///
  /// - Precondition: `delay` is not negative: nothing happens in the past.
  @inlinable
  public func after(_ delay: VirtualDuration, _ message: Message) {
    invariant(delay >= .zero, "a delay of \(delay) was asked for")
    simulation.enqueue(.timer(message, id), at: simulation.now + delay)
  }

  /// Opens a connection: each end is told when the other one dies.
  @inlinable
  public func connect(to peer: ProcessID) {
    simulation.connect(id, peer)
  }

  /// Adds an entry to the journal.
  @inlinable
  public func record(_ entry: Entry) {
    simulation.records.append(entry, at: simulation.now)
  }

  /// Folds a word into the journal's digest: what a buffer of rows contributes.
  @inlinable
  public func contribute(_ word: UInt64) {
    simulation.records.contribute(word)
  }

  /// Says that the run came nearer to its end: an offset advanced, a checkpoint completed.
  @inlinable
  public func noteProgress() {
    simulation.lastProgress = simulation.now
  }

  /// A random stream of this run by name.
  public func randomStream(named name: String) -> RandomStream {
    RandomStream(seed: simulation.seed, name: name)
  }
}
