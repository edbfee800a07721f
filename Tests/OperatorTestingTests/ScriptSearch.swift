import OperatorTesting
import SimulationKernel
import TestSupport

/// Looks for a script under which an operator breaks a promise.
enum ScriptSearch {
  private typealias Manner = OperatorCase.Manner

  /// How many scripts each operator gets.
  static let runs = Draws.runs(byDay: 1, search: 20)

  /// A script whose output depends on how records come together; nil when none was found.
  static func failureInBatches(of operation: OperatorCase) -> String? {
    failure(of: operation, "batches", runs: runs * 3) { script, random in
      let whole = try operation.play(script, Manner())
      let batches = (0..<7).map { _ in random.below(5) + 1 }
      let batched = try operation.play(script, Manner(batches: batches))
      return difference(batched, whole, .exact, "in batches of \(batches)")
    }
  }

  /// A script whose output depends on whether the operator was lost, at points of it.
  static func failureWhenLost(_ operation: OperatorCase) -> String? {
    failure(of: operation, "lost", runs: runs) { script, _ in
      let whole = try operation.play(script, Manner())
      let cuts = Draws.cases(0...script.steps.count, byDay: 6)
      for (index, cut) in cuts.enumerated() {
        let manner = Manner(cut: cut, isLostTwice: index.isMultiple(of: 2))
        let cutShort = try operation.play(script, manner)
        let found = difference(cutShort, whole, operation.restored, "lost after \(cut) steps")
        if let found { return found }
      }
      return nil
    }
  }

  /// A script whose output depends on how many subtasks there are, before and after a restore.
  static func failureWhenRescaled(_ operation: OperatorCase) -> String? {
    failure(of: operation, "rescaled", runs: runs) { script, random in
      let whole = try operation.play(script, Manner())
      for (before, after) in [(1, 3), (3, 2), (2, 1), (3, 3)] {
        let manner = Manner(
          parallelism: before,
          cut: random.below(script.steps.count + 1),
          parallelismAfterwards: after,
          isLostTwice: random.chance(1, in: 3)
        )
        let rescaled = try operation.play(script, manner)
        if let found = difference(rescaled, whole, .rows, "\(manner)") { return found }
      }
      return nil
    }
  }

  /// A script under which two operators do not say the same.
  static func difference(between first: OperatorCase, and second: OperatorCase) -> String? {
    failure(of: first, "beside \(second.name)", runs: runs * 5) { script, _ in
      let one = try first.play(script, Manner())
      let other = try second.play(script, Manner())
      return difference(one, other, .byKey, "\(first.name) and \(second.name)")
    }
  }

  /// Draws scripts until one fails the check; says how the shortest does that was found to.
  static func failure(
    of operation: OperatorCase,
    _ purpose: String,
    runs: Int,
    _ check: (Script, inout RandomStream) throws -> String?
  ) -> String? {
    for seed in 0..<UInt64(runs) {
      var random = RandomStream(seed: seed, name: "\(operation.name) \(purpose)")
      let script = operation.shape.script(&random)
      let chance = random
      func failure(_ script: Script) -> String? {
        var random = chance
        do {
          return try check(script, &random)
        } catch {
          return "threw \(error)"
        }
      }
      guard failure(script) != nil else { continue }
      let short = shortened(script) { failure($0) != nil }
      return "\(operation.name), seed \(seed), \(failure(short) ?? "")\n\(short)"
    }
    return nil
  }

  /// The script without what it fails without.
  private static func shortened(_ script: Script, _ fails: (Script) -> Bool) -> Script {
    var script = script
    var index = script.steps.count - 1
    while index >= 0 {
      var without = script
      without.steps.remove(at: index)
      if fails(without) { script = without }
      index = min(index, script.steps.count) - 1
    }
    return script
  }

  private static func difference(
    _ found: Played,
    _ wanted: Played,
    _ likeness: Played.Likeness,
    _ manner: String
  ) -> String? {
    let (found, wanted) = (found.seen(as: likeness), wanted.seen(as: likeness))
    guard found != wanted else { return nil }
    return """
      \(manner):
      found  \(found.joined(separator: " | "))
      wanted \(wanted.joined(separator: " | "))
      """
  }
}
