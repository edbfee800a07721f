/// Why ``Simulation/run(until:stuckAfter:while:)`` came back.
public enum StopReason: Sendable, Equatable {
  /// The instant was reached.
  case reached
  /// Nothing is left that could ever happen.
  case idle
  /// No progress was noted for too long: periodic timers and restarts are not progress.
  case stuck
  /// The caller's condition no longer held.
  case stopped
}

extension Simulation {
  /// Handles events in order up to and including `limit`.
  ///
  /// Afterwards ``now`` is the limit, also in a world in which nothing is left to happen; or the
  /// instant at which the run was stopped or found stuck. A world that is let run until the
  /// distant future stays at its last event.
  ///
  /// - Parameters:
  ///   - limit: The last instant whose events are handled.
  ///   - patience: How long no progress is endured.
  ///   - condition: Asked before each event; false stops the run.
  /// - Returns: Why the run came back.
  @inlinable
  public func run(
    until limit: VirtualInstant,
    stuckAfter patience: VirtualDuration = .minutes(10),
    while condition: () -> Bool = { true }
  ) -> StopReason {
    while condition() {
      guard let instant = pending.nextInstant, instant <= limit else {
        // What is done to an idle world afterwards happens at the limit too.
        if limit < .distantFuture { clock = max(clock, limit) }
        return pending.count == 0 ? .idle : .reached
      }
      clock = instant
      if instant - lastProgress > patience { return .stuck }
      guard let event = pending.takeNext() else { continue }
      eventCount += 1
      dispatch(event)
    }
    return .stopped
  }

  /// Lets an event happen: its process handles it, or keeps it while it is paused, or is dead and
  /// hears nothing.
  @inlinable
  func dispatch(_ event: consuming Event) {
    if let process = event.handler, processes[process.index].isPaused,
      processes[process.index].isAlive
    {
      // Of storage, effect and reply are one: were the effect seen without its process's knowledge,
      // that process could die before it tells anybody.
      return processes[process.index].deferred.append(event)
    }
    switch consume event {
    case .deliver(let message, let sender, let target):
      if processes[target.index].isAlive {
        handle(.message(message, from: sender), at: target)
      } else {
        refuse(message, to: target, sender: sender)
      }
    case .timer(let message, let process): handle(.message(message, from: process), at: process)
    case .undeliverable(let message, let target, let sender):
      handle(.undeliverable(message, to: target), at: sender)
    case .connectionLost(let peer, let process): handle(.connectionLost(peer), at: process)
    case .started(let process): handle(.started, at: process)
    case .resume(let process, let pause): resume(process, pause: pause)
    case .normalSpeed(let process, let change): restoreSpeed(process, change: change)
    case .storage(let operation, let process, let reply):
      completeStorage(operation, for: process, reply: reply)
    case .operation(let body, let process):
      guard processes[process.index].isAlive else { return }
      handle(.message(body(now), from: process), at: process)
    }
  }

  /// Lets a process handle an event, if it lives.
  @inlinable
  func handle(_ event: consuming ProcessEvent<Message>, at process: ProcessID) {
    guard processes[process.index].isAlive else { return }
    let handler = processes[process.index].handler
    handler.handle(event, in: ProcessContext(simulation: self, id: process))
  }

  @usableFromInline
  func refuse(_ message: Message, to target: ProcessID, sender: ProcessID) {
    let delay = networkRandom.duration(in: network.refusalDelay)
    enqueue(.undeliverable(message, to: target, sender: sender), at: now + delay)
  }

  @usableFromInline
  func completeStorage(
    _ operation: StorageOperation,
    for process: ProcessID,
    reply: (Result<[UInt8], StorageError>) -> Message
  ) {
    guard processes[process.index].isAlive else { return }
    let result = Result { () throws(StorageError) in try storage.perform(operation) }
    handle(.message(reply(result), from: process), at: process)
  }
}

extension ProcessContext {
  /// Starts an operation on something that lies outside of every process, as storage does.
  ///
  /// It happens as a whole at the instant of its completion, and its message to this process with
  /// it. A process that dies before leaves no trace; one that is paused goes on with it later.
  ///
  /// - Parameters:
  ///   - bytes: It takes the time that storage takes for so many bytes; nil for no time.
  ///   - earliest: It does not complete before, so that operations can keep an order.
  ///   - operation: Is called with the instant of completion, and makes the message.
  /// - Returns: When it will be complete, unless the process is paused.
  @discardableResult
  public func operate(
    bytes: Int?,
    notBefore earliest: VirtualInstant,
    _ operation: @escaping (VirtualInstant) -> Message
  ) -> VirtualInstant {
    let duration = bytes.map { simulation.storage.duration(bytes: $0) } ?? .zero
    let completion = max(earliest, simulation.now + duration)
    simulation.enqueue(.operation(operation, id), at: completion)
    return completion
  }

  /// Starts an operation on storage; `reply` makes the message that tells this process how it
  /// ended.
  ///
  /// A process that dies before the operation completes leaves no trace in storage.
  ///
  /// - Parameters:
  ///   - operation: What is asked.
  ///   - charge: For how many bytes it takes its time; nil means for those that it moves.
  ///   - reply: Makes the message that says how it ended.
  public func store(
    _ operation: StorageOperation,
    charge: Int? = nil,
    reply: @escaping (Result<[UInt8], StorageError>) -> Message
  ) {
    var bytes = charge ?? operation.byteCount
    if case .read(let path) = operation, charge == nil {
      bytes = (try? simulation.storage.read(path).count) ?? 0
    }
    let duration = simulation.storage.duration(bytes: bytes)
    simulation.enqueue(.storage(operation, id, reply), at: simulation.now + duration)
  }

  /// The paths in storage that begin with `prefix`, sorted by their bytes.
  public func listStorage(_ prefix: String) throws(StorageError) -> [String] {
    try simulation.storage.list(prefix)
  }
}
