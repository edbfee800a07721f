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
    case .failTask(let name, let index):
      guard let job, let subtask = graph.subtask(named: name, index: index) else { return false }
      simulation.record(.command(command.text))
      fail(subtask, of: job)
    default:
      let living = processes.compactMap { $0 }
      guard living.count == processes.count, let first = living.first, let last = living.last else {
        return false
      }
      simulation.record(.command(command.text))
      strike(command, first, last)
    }
    return true
  }

  private func strike(_ command: Command, _ first: ProcessID, _ last: ProcessID) {
    switch command {
    case .kill: simulation.kill(first)
    case .pause(_, let duration): simulation.pause(first, for: duration)
    case .slow(_, let percent, let duration):
      simulation.slow(first, percent: percent, for: duration)
    case .partition: simulation.cut(first, last)
    case .heal: simulation.heal(first, last)
    case .failTask, .restart: break
    }
  }
}
