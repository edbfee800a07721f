import Checkers
import ClusterProtocol
import Proofs
import RunFarm
import Testing

/// The searches with few seeds; with many they are `drey prove searches`.
@Suite(.serialized) struct SearchTests {
  @Test(arguments: SearchScenario.exactlyOnce.map(\.name))
  func exactlyOnceHoldsAtEveryInstant(_ name: String) throws { try holds(name) }

  @Test(arguments: ["delivery, crashes", "delivery, torrent"])
  func eachSinkKeepsItsPromise(_ name: String) throws { try holds(name) }

  @Test(arguments: ["delivery, hiccups", "delivery, zombies"])
  func eachSinkKeepsItsPromiseThroughSilence(_ name: String) throws { try holds(name) }

  @Test(arguments: SearchScenario.batch.map(\.name))
  func batchHoldsAtEveryInstant(_ name: String) throws { try holds(name) }

  private func holds(_ name: String) throws {
    let scenario = try Self.scenario(name)
    let outcome = scenario.proof(first: 1, runs: 3).outcome()
    #expect(outcome.problems == [])
    #expect(!outcome.summary.contains(" 0 faults struck"))
  }

  @Test func findsATaskThatDoesNotAlign() throws {
    let found = try Self.scenario("exactly once, trickle").firstViolation(
      within: 200,
      plantedBugs: [.skipsAlignment]
    )
    let violation = try #require(found)
    #expect(violation.replay.contains("--seed \(violation.seed)"))
  }

  @Test func findsASinkThatCommitsBeforeItsCheckpointIsComplete() throws {
    let found = try Self.scenario("delivery, torrent").firstViolation(
      of: "delivers",
      from: 4,
      within: 200,
      plantedBugs: [.commitsEarly]
    )
    let violation = try #require(found)
    #expect(violation.replay.contains("--seed \(violation.seed)"))
  }

  /// What the searches find is planted: without it they find nothing in the same runs.
  @Test func findsNothingWhereNothingIsPlanted() throws {
    let scenario = try Self.scenario("exactly once, trickle")
    #expect(try scenario.firstViolation(within: 20, plantedBugs: []) == nil)
  }

  /// A search whose faults strike nothing is doubted.
  @Test func doubtsASearchThatStrikesNothing() throws {
    let scenario = try Self.scenario("exactly once, trickle")
    var search = try scenario.search([])
    search.faults.taskManagers = ["tm-9"]
    search.faults.tasks = []
    let outcome = try search.run(count: 3, input: "TEXT")
    #expect(scenario.findDoubt(outcome) != nil)
  }

  private static func scenario(_ name: String) throws -> SearchScenario {
    try #require(SearchScenario.all.first { $0.name == name })
  }
}
