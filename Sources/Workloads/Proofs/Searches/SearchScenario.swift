import Checkers
package import ClusterProtocol
package import RunFarm
import Sandbox

/// A search for a run that goes wrong: a job, faults, and what must hold.
package struct SearchScenario: Sendable {
  /// What it is about.
  package let name: String
  /// The search; a mistake can be planted that it must find.
  package let search: @Sendable (_ plantedBugs: Set<PlantedBug>) throws -> SeedSearch
  /// What is wrong with an outcome as a whole: a search whose faults strike nothing proves nothing.
  package let findDoubt: @Sendable (SeedSearch.Outcome) -> String?

  /// Describes a scenario.
  package init(
    _ name: String,
    search: @escaping @Sendable (_ plantedBugs: Set<PlantedBug>) throws -> SeedSearch,
    findDoubt: @escaping @Sendable (SeedSearch.Outcome) -> String?
  ) {
    self.name = name
    self.search = search
    self.findDoubt = findDoubt
  }

  /// Every scenario.
  package static let all = exactlyOnce + delivery + batch

  /// The search as a proof.
  ///
  /// - Parameters:
  ///   - first: The first seed.
  ///   - runs: How many seeds are tried.
  /// - Returns: The proof.
  package func proof(first: UInt64, runs: Int) -> Proof {
    Proof("search \(name)") {
      let outcome = try search([]).run(first: first, count: runs, input: "TEXT")
      let doubt = runs >= 20 ? findDoubt(outcome) : nil
      return Proof.Outcome(
        "\(outcome.runs) runs, \(outcome.struckFaults) faults struck, \(outcome.restarts)"
          + " restarts, \(outcome.violations.count) violations"
          + outcome.deliveries.map { "\n    \($0)" }.joined(),
        problems: outcome.violations.map { "\($0.findings) \($0.replay)" }
          + (doubt.map { [$0] } ?? [])
      )
    }
  }

  /// The first run that goes wrong in a way of that name; nil when none of so many does.
  package func firstViolation(
    of property: String? = nil,
    from first: Int = 1,
    within most: Int,
    plantedBugs: Set<PlantedBug>
  ) throws -> SeedSearch.Violation? {
    let search = try search(plantedBugs)
    // A few at a time: whoever finds it early need not try them all.
    for first in stride(from: first, through: most, by: 2) {
      let outcome = try search.run(first: UInt64(first), count: 2, input: "TEXT")
      let found = outcome.violations.first { violation in
        property == nil || violation.findings.contains { $0.property == property }
      }
      if let found { return found }
    }
    return nil
  }
}
