/// A world of processes in virtual time: the same seed and the same calls give the same run.
///
/// It knows nothing of streams. It is one class owned by one thread: not `Sendable`, so that the
/// compiler keeps it there.
public final class Simulation<Message: Sendable, Entry: JournalRecord> {
  /// What the queue holds.
  @usableFromInline
  enum Event {
    case deliver(Message, from: ProcessID, to: ProcessID)
    case timer(Message, ProcessID)
    case undeliverable(Message, to: ProcessID, sender: ProcessID)
    case connectionLost(ProcessID, at: ProcessID)
    case started(ProcessID)
    case resume(ProcessID, pause: Int)
    case normalSpeed(ProcessID, change: Int)
    case storage(StorageOperation, ProcessID, (Result<[UInt8], StorageError>) -> Message)
    case operation((VirtualInstant) -> Message, ProcessID)

    /// The process that handles it, when it is not paused; nil for what is done to a process.
    @inlinable var handler: ProcessID? {
      switch self {
      case .deliver(_, _, let process), .timer(_, let process), .undeliverable(_, _, let process),
        .connectionLost(_, let process), .started(let process), .storage(_, let process, _),
        .operation(_, let process):
        process
      case .resume, .normalSpeed: nil
      }
    }
  }

  /// One life of a process as the kernel sees it.
  @usableFromInline
  struct ProcessRecord {
    @usableFromInline let name: String
    @usableFromInline let handler: any SimulatedProcess<Message, Entry>
    @usableFromInline var isAlive = true
    @usableFromInline var pauses = 0
    @usableFromInline var isPaused = false
    @usableFromInline var cpuPercent: Int64 = 100
    @usableFromInline var speedChanges = 0
    @usableFromInline var deferred: [Event] = []
    /// The processes to which it has a connection; its links tell the same, to be asked quickly.
    @usableFromInline var peers: [ProcessID] = []
    @usableFromInline var links: [Link] = []
  }

  /// The seed of every random stream of the run.
  public let seed: UInt64

  /// The present instant.
  @inlinable
  public var now: VirtualInstant { clock }

  @usableFromInline var clock: VirtualInstant

  /// What the run told about itself so far.
  public var journal: Journal<Entry> { records }

  @usableFromInline var records: Journal<Entry>

  /// The storage that every process can reach.
  public internal(set) var storage: SimulatedStorage

  /// When the run last came nearer to its end; see ``StopReason/stuck``.
  @usableFromInline var lastProgress: VirtualInstant

  /// How many events have been handled.
  @inlinable
  public var handledEvents: Int { eventCount }

  @usableFromInline var eventCount = 0

  @usableFromInline var processes: [ProcessRecord] = []
  @usableFromInline var pending = PendingEvents<Event>()
  @usableFromInline var networkRandom: RandomStream
  @usableFromInline let network: NetworkOptions
  /// The names between which links are cut, whoever bears them.
  @usableFromInline var cuts: Set<NamePair> = []
  /// Messages that wait at a cut link, in order of sending.
  @usableFromInline var held: [(event: Event, from: ProcessID, to: ProcessID, bytes: Int)] = []

  /// Makes an empty world.
  ///
  /// - Parameters:
  ///   - seed: The seed of every random stream.
  ///   - start: The first instant; before zero where a world is set up before its run begins.
  ///   - network: How long messages take.
  ///   - storage: How long storage takes.
  ///   - backend: Where objects are kept.
  public init(
    seed: UInt64,
    startingAt start: VirtualInstant = .zero,
    network: NetworkOptions = NetworkOptions(),
    storage: StorageOptions = StorageOptions(),
    backend: any StorageBackend = MemoryStorage()
  ) {
    self.seed = seed
    clock = start
    lastProgress = start
    self.network = network
    self.storage = SimulatedStorage(backend: backend, options: storage)
    records = Journal(seed: seed)
    networkRandom = RandomStream(seed: seed, name: "network")
  }

  /// How many events are pending.
  public var pendingEvents: Int { pending.count }

  /// Starts a process; its first event is ``ProcessEvent/started``.
  @discardableResult
  public func start(
    _ handler: any SimulatedProcess<Message, Entry>,
    named name: String
  ) -> ProcessID {
    let id = ProcessID(index: processes.count)
    processes.append(ProcessRecord(name: name, handler: handler))
    let incarnation = incarnation(of: id)
    records.append(.kernel(.processStarted(name: name, incarnation: incarnation)), at: now)
    enqueue(.started(id), at: now)
    return id
  }

  /// The living process of that name.
  public func process(named name: String) -> ProcessID? {
    processes.indices.last { processes[$0].isAlive && processes[$0].name == name }
      .map { ProcessID(index: $0) }
  }

  /// Whether a process lives.
  public func isAlive(_ process: ProcessID) -> Bool { processes[process.index].isAlive }

  /// How many processes of the same name were started before.
  func incarnation(of process: ProcessID) -> Int {
    let name = processes[process.index].name
    return (0..<process.index).count { processes[$0].name == name }
  }

  /// Whether a process of that name ever lived.
  public func hasKnown(processNamed name: String) -> Bool {
    processes.indices.contains { processes[$0].name == name }
  }

  /// The names of the living processes in order of starting.
  public var livingProcessNames: [String] { processes.filter(\.isAlive).map(\.name) }

  /// Begins to wait anew before a run counts as stuck: somebody outside has done something.
  public func restartPatience() {
    lastProgress = max(lastProgress, now)
  }

  /// Adds an entry that comes from outside of the world, such as a command.
  public func record(_ entry: Entry) {
    records.append(entry, at: now)
  }

  /// Hands a living process a message as if it sent it to itself; how commands enter the world.
  @inlinable
  public func inject(_ message: Message, into process: ProcessID) {
    enqueue(.timer(message, process), at: now)
  }

  @inlinable
  func enqueue(_ event: consuming Event, at instant: VirtualInstant) {
    pending.insert(event, at: instant)
  }

  @inlinable
  func send(_ message: Message, from sender: ProcessID, to target: ProcessID, bytes: Int) {
    let event = Event.deliver(message, from: sender, to: target)
    if sender == target {
      enqueue(event, at: now)
    } else {
      transmit(event, from: sender, to: target, bytes: bytes)
    }
  }

  @inlinable
  func transmit(_ event: Event, from sender: ProcessID, to target: ProcessID, bytes: Int) {
    prepareLink(from: sender, to: target)
    if processes[sender.index].links[target.index].isCut {
      held.append((event, sender, target, bytes))
      return
    }
    let arrival = processes[sender.index].links[target.index].arrival(
      now: now,
      bytes: bytes,
      options: network,
      random: &networkRandom
    )
    enqueue(event, at: arrival)
  }

  @inlinable
  func prepareLink(from sender: ProcessID, to target: ProcessID) {
    if processes[sender.index].links.count <= target.index {
      prepareLinks(from: sender, to: target)
    }
  }

  @usableFromInline
  func prepareLinks(from sender: ProcessID, to target: ProcessID) {
    while processes[sender.index].links.count <= target.index {
      var link = Link()
      if !cuts.isEmpty {
        let peer = processes[processes[sender.index].links.count].name
        link.isCut = cuts.contains(NamePair(processes[sender.index].name, peer))
      }
      processes[sender.index].links.append(link)
    }
  }
}
