import SimulationKernel
import Testing

/// What the processes of these tests tell: the kernel's own events, and lines of text.
enum Note: JournalRecord, Equatable {
  case kernel(KernelEvent)
  case text(String)

  func write(to line: inout JournalLine) {
    switch self {
    case .kernel(let event): line.add("kernel", "\(event)")
    case .text(let text): line.add("text", text)
    }
  }
}

typealias TestContext = ProcessContext<String, Note>

/// A process whose behaviour is a closure.
final class ScriptedProcess: SimulatedProcess {
  private let react: (ProcessEvent<String>, TestContext) -> Void

  init(_ react: @escaping (ProcessEvent<String>, TestContext) -> Void) {
    self.react = react
  }

  func handle(_ event: ProcessEvent<String>, in context: TestContext) {
    react(event, context)
  }
}

/// A simulation, and a log of what its processes felt with the instants.
final class World {
  struct Line: Equatable {
    var instant: VirtualInstant
    var text: String
  }

  let simulation: Simulation<String, Note>
  private(set) var lines: [Line] = []

  init(
    seed: UInt64 = 1,
    startingAt start: VirtualInstant = .zero,
    network: NetworkOptions = NetworkOptions(),
    storage: StorageOptions = StorageOptions()
  ) {
    simulation = Simulation(seed: seed, startingAt: start, network: network, storage: storage)
  }

  /// What was felt, without the instants.
  var log: [String] { lines.map(\.text) }

  /// The instants of the lines with that text.
  func instants(of text: String) -> [VirtualInstant] {
    lines.filter { $0.text == text }.map(\.instant)
  }

  /// The instant of the only line with that text.
  func instant(
    of text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> VirtualInstant {
    let found = instants(of: text)
    try #require(found.count == 1, "\(text): \(log)", sourceLocation: sourceLocation)
    return found[0]
  }

  func write(_ text: String) {
    lines.append(Line(instant: simulation.now, text: text))
  }

  /// Starts a process that logs every event and then reacts to it.
  @discardableResult
  func start(
    _ name: String,
    _ react: @escaping (ProcessEvent<String>, TestContext) -> Void = { _, _ in }
  ) -> ProcessID {
    let handler = ScriptedProcess { [unowned self] event, context in
      switch event {
      case .started: write("\(name) started")
      case .message(let message, _): write("\(name) got \(message)")
      case .undeliverable(let message, let peer):
        write("\(name) could not send \(message) to \(context.name(of: peer))")
      case .connectionLost(let peer): write("\(name) lost \(context.name(of: peer))")
      }
      react(event, context)
    }
    return simulation.start(handler, named: name)
  }

  /// Starts a process that sends these messages when it starts.
  @discardableResult
  func start(_ name: String, sending messages: [String], to target: ProcessID) -> ProcessID {
    start(name) { event, context in
      guard case .started = event else { return }
      for message in messages { context.send(message, to: target) }
    }
  }

  /// Runs for so long.
  @discardableResult
  func run(_ duration: VirtualDuration) -> StopReason {
    simulation.run(until: simulation.now + duration)
  }
}

extension VirtualInstant {
  static func milliseconds(_ count: Int64) -> VirtualInstant { .zero + .milliseconds(count) }
}
