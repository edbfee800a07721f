import ExternalSystems
import ClusterProtocol
import Deployment
import JobGraphs
import SimulationKernel
import StreamOperators

/// What is typed at the other end of the socket that a job reads.
extension SandboxSession {
  /// Whether a job waits for somebody to type: time may pass without anything happening then.
  var awaitsTypist: Bool {
    guard let cluster, !cluster.external.socket.isClosed else { return false }
    return jobs.contains { $0.submission.socket != nil && !$0.isOver }
  }

  /// Types a text, or hangs up.
  ///
  /// - Throws: ``UsageError`` when no job reads a socket, or when nothing can be typed any more.
  func type(_ command: Command) throws(UsageError) -> CommandReply {
    let cluster = try deployedCluster(command)
    guard let job = jobs.first(where: { $0.submission.socket != nil }) else {
      throw UsageError(.nobodyReadsSocket(line: command.text))
    }
    guard !job.isOver else {
      throw UsageError(.jobIsOver(job.name, state: job.history.jobState.rawValue))
    }
    guard !cluster.external.socket.isClosed else {
      throw UsageError(.socketIsClosed(line: command.text))
    }
    cluster.simulation.record(.command(command.text))
    cluster.simulation.restartPatience()
    if case .sendToSocket(let text) = command {
      cluster.external.socket.send(text)
    } else {
      cluster.external.socket.close()
    }
    return .done(command)
  }

  /// Makes sure that no other job reads the socket already.
  ///
  /// - Throws: ``UsageError`` when one does.
  func checkSocket(of submission: JobSubmission) throws(UsageError) {
    guard submission.socket != nil else { return }
    if let other = jobs.first(where: { $0.submission.socket != nil }) {
      throw UsageError(.socketTaken(by: other.name))
    }
  }
}
