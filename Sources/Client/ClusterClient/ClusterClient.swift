package import ClusterProtocol
package import JobGraphs
package import StreamModel

/// The role that submits jobs for a user and remembers what became of them.
///
/// *Source:* Flink `RestClusterClient`.
package final class ClusterClient: ClusterRole {
  /// A job of the user's.
  package struct Job: Sendable {
    /// Its name.
    package let name: String
    /// Its id, once the Dispatcher gave it one.
    package internal(set) var id: JobID?
    /// The state in which it stays, once it has reached one.
    package internal(set) var outcome: JobState?
    /// What ended it, if a failure did.
    package internal(set) var error: ClusterError?
  }

  /// The jobs, in the order in which they were submitted.
  package private(set) var jobs: [Job] = []
  /// Whether a message did not reach the Dispatcher.
  package private(set) var isDispatcherUnreachable = false

  private let dispatcher: Endpoint

  /// Makes the role.
  package init(dispatcher: Endpoint) {
    self.dispatcher = dispatcher
  }

  /// The job of that id.
  package func job(_ id: JobID) -> Job? {
    jobs.first { $0.id == id }
  }

  /// Reacts to a command of the user's, or to what the Dispatcher says.
  package func receive(
    _ payload: ClusterMessage.Payload,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    guard case .client(let message) = payload else { return }
    switch message {
    case .submit(let graph):
      jobs.append(Job(name: graph.name))
      context.send(.dispatcher(.submitJob(graph)), to: dispatcher, bytes: 4096)
    case .cancel(let job):
      context.send(.dispatcher(.cancelJob(job)), to: dispatcher)
    case .submitted(let id):
      // Messages keep their order: the reply is to the oldest submission without one.
      guard let index = jobs.firstIndex(where: { $0.id == nil }) else { return }
      jobs[index].id = id
    case .terminated(let id, let state, let error):
      guard let index = jobs.firstIndex(where: { $0.id == id }) else { return }
      jobs[index].outcome = state
      jobs[index].error = error
    }
  }

  /// Remembers that the Dispatcher is gone.
  package func undeliverable(
    _ payload: ClusterMessage.Payload,
    to receiver: Endpoint,
    in context: RoleContext
  ) {
    isDispatcherUnreachable = true
  }
}
