package import ClusterProtocol
package import SimulationKernel
package import StreamModel

/// How many slots a job needs.
///
/// *Source:* Flink `ResourceRequirements`.
package struct Requirement: Sendable, Equatable {
  /// The job.
  package let job: JobID
  /// Its JobMaster.
  package let jobMaster: Endpoint
  /// How many slots it needs in all.
  package internal(set) var slots = 0
  /// Since when there have been too few, or nil.
  package internal(set) var unmetSince: VirtualInstant?
}
