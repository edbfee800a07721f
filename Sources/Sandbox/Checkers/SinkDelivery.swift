package import Sandbox

/// What faults did to the rows of one place: how many are missing and how many are there too often.
package struct SinkDelivery: Sendable, Equatable {
  /// The place's name.
  package let name: String
  /// How many rows of the failure-free run are missing.
  package let lost: Int
  /// How many rows are there that the failure-free run does not have, or not as often.
  package let duplicated: Int

  /// Compares a place with that of the failure-free run; nil where nothing was ever written.
  package init(of contents: SinkContents?, failureFree: SinkContents) {
    name = failureFree.name
    let seen = (contents?.lines ?? []).sorted()
    let wanted = failureFree.lines.sorted()
    var (lost, duplicated, left, right) = (0, 0, 0, 0)
    while left < seen.count || right < wanted.count {
      if right == wanted.count || left < seen.count && seen[left] < wanted[right] {
        duplicated += 1
        left += 1
      } else if left == seen.count || wanted[right] < seen[left] {
        lost += 1
        right += 1
      } else {
        left += 1
        right += 1
      }
    }
    self.lost = lost
    self.duplicated = duplicated
  }
}

/// What a place promises of its rows under faults.
package enum SinkPromise: String, Sendable {
  /// None is missing, and none is there too often.
  case exactlyOnce = "exactly once"
  /// None is missing.
  case atLeastOnce = "at least once"
  /// Nothing.
  case nothing = "nothing"

  /// Whether rows that were found so keep the promise.
  package func isKept(by delivery: SinkDelivery) -> Bool {
    switch self {
    case .exactlyOnce: delivery.lost == 0 && delivery.duplicated == 0
    case .atLeastOnce: delivery.lost == 0
    case .nothing: true
    }
  }
}

extension RunRecord {
  /// What faults did to each place that the failure-free run wrote to.
  package func deliveries(failureFree: RunRecord) -> [SinkDelivery] {
    failureFree.contents.map { wanted in
      SinkDelivery(of: contents.first { $0.name == wanted.name }, failureFree: wanted)
    }
  }
}

extension Property {
  /// Each place keeps its promise; one that is not named promises nothing.
  package static func delivers(_ promises: [(name: String, promise: SinkPromise)]) -> Property {
    Property("delivers") { run, failureFree in
      let deliveries = run.deliveries(failureFree: failureFree)
      for (name, promise) in promises {
        guard let delivery = deliveries.first(where: { $0.name == name }) else {
          return "nothing was ever written to \(name)"
        }
        if !promise.isKept(by: delivery) {
          return "\(name) promises \(promise.rawValue): \(delivery.lost) rows are missing, "
            + "\(delivery.duplicated) are there too often"
        }
      }
      return nil
    }
  }
}
