package import ClusterProtocol
package import JobGraphs
package import StreamModel

/// The role that accepts jobs, gives them their ids, and starts a JobMaster for each.
///
/// *Source:* Flink `Dispatcher`.
package final class Dispatcher: ClusterRole {
  /// A job that was submitted.
  package struct Submission: Sendable {
    /// Its id.
    package let job: JobID
    /// Its name.
    package let name: String
    /// Who submitted it.
    package let client: Endpoint
    /// The state in which it stays, once it has reached one.
    package internal(set) var outcome: JobState?
    /// What ended it, if a failure did.
    package internal(set) var error: ClusterError?
  }

  /// Starts the JobMaster of a job in the Dispatcher's process, under `Role.jobMaster` of that id;
  /// the endpoint is the Dispatcher's, the context the one that it reacts in.
  package typealias StartJobMaster = (JobID, JobGraph, Endpoint, RoleContext) -> Void

  /// The jobs, in the order in which they were submitted.
  package private(set) var submissions: [Submission] = []

  private let seed: UInt64
  private let startJobMaster: StartJobMaster

  /// Makes the role.
  ///
  /// - Parameters:
  ///   - seed: The run's seed, from which the jobs' ids follow.
  ///   - startJobMaster: How a JobMaster is started in this process.
  package init(seed: UInt64, startJobMaster: @escaping StartJobMaster) {
    self.seed = seed
    self.startJobMaster = startJobMaster
  }

  /// Reacts to a message.
  package func receive(
    _ payload: ClusterMessage.Payload,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    guard case .dispatcher(let message) = payload else { return }
    switch message {
    case .submitJob(let graph): submit(graph, for: sender, in: context)
    case .cancelJob(let job): cancel(job, for: sender, in: context)
    case .jobTerminated(let job, let state, let error):
      terminated(job, state, error, in: context)
    }
  }

  private func submit(_ graph: JobGraph, for client: Endpoint, in context: RoleContext) {
    let job = JobID(seed: seed, submission: submissions.count + 1)
    submissions.append(Submission(job: job, name: graph.name, client: client))
    context.record(.jobSubmitted(job, name: graph.name))
    context.send(.client(.submitted(job)), to: client)
    startJobMaster(job, graph, context.endpoint, context)
  }

  private func cancel(_ job: JobID, for client: Endpoint, in context: RoleContext) {
    guard let submission = submissions.first(where: { $0.job == job }) else { return }
    if let outcome = submission.outcome {
      context.send(.client(.terminated(job, outcome, submission.error)), to: client)
      return
    }
    let jobMaster = Endpoint(process: context.endpoint.process, role: .jobMaster(job))
    context.send(.jobMaster(.cancel), to: jobMaster)
  }

  private func terminated(
    _ job: JobID,
    _ state: JobState,
    _ error: ClusterError?,
    in context: RoleContext
  ) {
    guard let index = submissions.firstIndex(where: { $0.job == job }) else { return }
    submissions[index].outcome = state
    submissions[index].error = error
    context.send(.client(.terminated(job, state, error)), to: submissions[index].client)
  }
}
