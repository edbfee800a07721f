import SimulationKernel

/// How many events a second the kernel handles, by how many are pending.
struct KernelBenchmark {
  let events: Int

  func run() {
    print("kernel, timers of processes, \(events) events each")
    for pending in [10, 1000, 100_000] {
      let simulation = Simulation<Int, KernelRecord>(seed: 1)
      for index in 0..<10 {
        simulation.start(TimerProcess(timers: pending / 10), named: "p\(index)")
      }
      _ = simulation.run(until: .zero)
      let figure = BesideLoop(rounds: 3) {
        let start = simulation.handledEvents
        _ = simulation.run(until: .distantFuture, stuckAfter: .minutes(1_000_000)) {
          simulation.handledEvents - start < events / 3
        }
        return simulation.handledEvents - start
      }
      print("  \(simulation.pendingEvents) pending: \(figure.text(of: "events"))")
    }
  }
}

/// A process that keeps so many timers going, of different lengths.
private final class TimerProcess: SimulatedProcess {
  private let timers: Int

  init(timers: Int) {
    self.timers = timers
  }

  func handle(_ event: ProcessEvent<Int>, in context: ProcessContext<Int, KernelRecord>) {
    switch event {
    case .started:
      for timer in 0..<timers { context.after(.microseconds(Int64(timer % 97 + 1)), timer) }
    case .message(let timer, _):
      context.after(.microseconds(Int64((timer &* 31) % 97 + 1)), timer &+ 1)
    default: break
    }
  }
}

/// A journal that says nothing of interest.
private struct KernelRecord: JournalRecord {
  static func kernel(_ event: KernelEvent) -> KernelRecord { KernelRecord() }

  func write(to line: inout JournalLine) {}
}
