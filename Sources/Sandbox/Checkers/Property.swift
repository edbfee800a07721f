import JobGraphs
import Sandbox

/// Something that must hold of every run, by name.
package struct Property: Sendable {
  /// The name that a finding is reported under.
  package let name: String
  /// What is wrong with a run beside the failure-free one, in words; nil when nothing is.
  package let evidence: @Sendable (RunRecord, _ failureFree: RunRecord) -> String?

  /// Makes a property.
  package init(
    _ name: String,
    evidence: @escaping @Sendable (RunRecord, _ failureFree: RunRecord) -> String?
  ) {
    self.name = name
    self.evidence = evidence
  }
}

/// A property that a run violated.
package struct Finding: Sendable, Equatable {
  /// The property's name.
  package let property: String
  /// When it was noticed, in milliseconds of virtual time.
  package let milliseconds: Int64
  /// What was seen.
  package let evidence: String

  /// Makes a finding.
  package init(property: String, milliseconds: Int64, evidence: String) {
    self.property = property
    self.milliseconds = milliseconds
    self.evidence = evidence
  }
}

extension Property {
  /// The run ends, and its job is FINISHED.
  package static let finishes = Property("finishes") { run, _ in
    run.ending == .job(.finished)
      ? nil : "ended \(run.ending.name)" + (run.error.map { ": \($0)" } ?? "")
  }

  /// The committed rows are those of the failure-free run, as a multiset.
  package static let sameRows = Property("same rows") { run, failureFree in
    difference(run.rows, failureFree.rows)
  }

  /// The state of the last checkpoint is that of the failure-free run.
  package static let sameState = Property("same state") { run, failureFree in
    run.state == failureFree.state
      ? nil
      : "\(run.state.count) entries, not the \(failureFree.state.count) of the failure-free run,"
        + " or other values in them"
  }

  /// What exactly-once promises of a confluent job.
  package static let exactlyOnce = [finishes, sameRows, sameState]

  /// Judges a run by properties, in order.
  package static func judge(
    _ run: RunRecord,
    by properties: [Property],
    failureFree: RunRecord
  ) -> [Finding] {
    properties.compactMap { property in
      property.evidence(run, failureFree).map {
        Finding(property: property.name, milliseconds: run.milliseconds, evidence: $0)
      }
    }
  }

  /// The first line at which two sorted lists of lines part, in words.
  private static func difference(_ seen: [String], _ wanted: [String]) -> String? {
    guard seen != wanted else { return nil }
    let position =
      zip(seen, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(seen.count, wanted.count)
    let found = position < seen.count ? seen[position] : "the end"
    let expected = position < wanted.count ? wanted[position] : "the end"
    return "\(seen.count) rows where \(wanted.count) were expected; sorted, row \(position + 1) is"
      + " \"\(found)\" and should be \"\(expected)\""
  }
}
