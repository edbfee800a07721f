package import Checkers
import ClusterProtocol
package import Sandbox

/// A search over seeds for a run that violates a property.
///
/// Each seed draws its own fault schedule and its own interleaving; a violation is printed as the
/// command that makes it again.
package struct SeedSearch: Sendable {
  /// A seed whose run violates a property.
  package struct Violation: Sendable {
    /// The seed.
    package let seed: UInt64
    /// What was violated.
    package let findings: [Finding]
    /// The command that makes the run again.
    package let replay: String
  }

  /// What a search came to.
  package struct Outcome: Sendable {
    /// How many runs were made.
    package let runs: Int
    /// The violations, in the order of the seeds.
    package let violations: [Violation]
    /// How often jobs were restarted, over all runs.
    package let restarts: Int
    /// How many faults found something to strike, over all runs.
    package let struckFaults: Int
    /// How many operations of replaced attempts the log refused, over all runs.
    package let fencedOperations: Int
    /// What became of the rows of each place, over all runs.
    package let deliveries: [DeliveryTally]
  }

  /// The run without faults; seed and faults are replaced.
  package var options: RunOptions
  /// How faults are drawn.
  package var faults: FaultPlan
  /// What must hold.
  package var properties: [Property]

  /// Describes a search.
  package init(options: RunOptions, faults: FaultPlan, properties: [Property]) {
    self.options = options
    self.faults = faults
    self.properties = properties
  }

  /// Tries `count` seeds from `first` on, on all cores.
  ///
  /// - Parameters:
  ///   - first: The first seed.
  ///   - count: How many seeds are tried.
  ///   - input: The name of the text in the replay command.
  /// - Returns: What the search came to.
  /// - Throws: `UsageError` when the options contradict each other.
  package func run(first: UInt64 = 1, count: Int, input: String) throws -> Outcome {
    var calm = options
    calm.faults = []
    calm.cluster.plantedBugs = []
    let failureFree = try RunRecord(running: calm)
    let trials = RunFarm.map(count) { number in
      trial(seed: first + UInt64(number), failureFree: failureFree, input: input)
    }
    let deliveries = failureFree.contents.map { place in
      DeliveryTally(
        name: place.name,
        trials.flatMap(\.deliveries).filter { $0.name == place.name }
      )
    }
    return Outcome(
      runs: count,
      violations: trials.compactMap(\.violation),
      restarts: trials.reduce(0) { $0 + $1.restarts },
      struckFaults: trials.reduce(0) { $0 + $1.struck },
      fencedOperations: trials.reduce(0) { $0 + $1.fenced },
      deliveries: deliveries
    )
  }

  /// What one run came to.
  private struct Trial {
    var violation: Violation?
    var restarts = 0
    var struck = 0
    var fenced = 0
    var deliveries: [SinkDelivery] = []
  }

  private func trial(seed: UInt64, failureFree: RunRecord, input: String) -> Trial {
    var options = options
    options.seed = seed
    options.faults = faults.faults(seed: seed)
    let replay = options.commandLine(input: input)
    do {
      let record = try RunRecord(running: options)
      let findings = Property.judge(record, by: properties, failureFree: failureFree)
      let violation =
        findings.isEmpty ? nil : Violation(seed: seed, findings: findings, replay: replay)
      return Trial(
        violation: violation,
        restarts: record.restarts,
        struck: options.faults.count - record.unstruck,
        fenced: record.fencedOperations,
        deliveries: record.deliveries(failureFree: failureFree)
      )
    } catch {
      let finding = Finding(property: "runs", milliseconds: 0, evidence: "\(error)")
      return Trial(violation: Violation(seed: seed, findings: [finding], replay: replay))
    }
  }
}
