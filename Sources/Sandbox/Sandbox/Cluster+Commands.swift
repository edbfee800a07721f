import ClusterProtocol
import Deployment
import JobGraphs
import SimulationKernel
import StreamModel

extension Cluster {
  /// Lets a command take effect.
  ///
  /// - Returns: Whether it found something to strike.
  func apply(_ command: Command, job: JobID?, graph: JobGraph) -> Bool {
    let processes = command.processes.map { simulation.process(named: $0) }
    switch command {
    case .restart(let name):
      guard processes.first == .some(nil), simulation.hasKnown(processNamed: name) else {
        return false
      }
      simulation.record(.command(command.text))
      startTaskManager(named: name)
    case .heal(let first, let second):
      // A link is healed between names: who bears them may be dead.
      guard command.processes.allSatisfy(simulation.hasKnown) else { return false }
      simulation.record(.command(command.text))
      simulation.heal(first, second)
    case .failTask(let name, let index):
      guard let job, let subtask = graph.subtask(named: name, index: index) else { return false }
      simulation.record(.command(command.text))
      fail(subtask, of: job)
    default:
      guard let first = processes.first ?? nil, processes.allSatisfy({ $0 != nil }) else {
        return false
      }
      simulation.record(.command(command.text))
      strike(command, first)
    }
    return true
  }

  private func strike(_ command: Command, _ process: ProcessID) {
    switch command {
    case .kill: simulation.kill(process)
    case .pause(_, let duration): simulation.pause(process, for: duration)
    case .slow(_, let percent, let duration):
      simulation.slow(process, percent: percent, for: duration)
    case .partition(let first, let second): simulation.cut(first, second)
    case .failTask, .restart, .heal: break
    }
  }
}
