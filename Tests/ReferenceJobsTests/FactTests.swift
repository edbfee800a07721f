import RecordFormats
import DataStreamAPI
import Foundation
import GoldenCases
import Sandbox
import Testing

/// The facts about the datasets come out of jobs that run on a cluster.
///
/// | what a fact depends on | parallelism 1 | parallelism 4 | with a kill |
/// |---|---|---|---|
/// | nothing but the records | yes | yes | at parallelism 4 |
/// | their order, kept in state | yes | no: the file is read in four places at once | at 1 |
/// | the watermark at each record | yes | no | no: no checkpoint holds a watermark |
@Suite struct FactTests {
  @Test func eachFactHasAJob() throws {
    let facts = Golden.list("facts", in: try Golden.object("answers.json"))
    #expect(facts.compactMap { $0["id"] as? String }.sorted() == Fact.all.map(\.id).sorted())
  }

  @Test(arguments: Fact.all)
  func comesOutAtParallelism1(_ fact: Fact) throws {
    try expect([fact], JobTrial(fact.job))
  }

  /// Without a failure, then with one in the middle: some datasets are read to their end by then,
  /// others are not.
  @Test func allComeOutAtParallelism4AndWithAKill() throws {
    let job = Fact.job(of: Self.free)
    let quiet = try JobTrial(job, parallelism: 4, checkpointInterval: .milliseconds(100))
    #expect(quiet.restarts == 0)
    try expect(Self.free, quiet)
    let trial = try JobTrial(
      job,
      parallelism: 4,
      checkpointInterval: .milliseconds(100),
      faults: ["kill tm-2 at \(quiet.milliseconds / 2)ms"]
    )
    #expect(trial.restarts > 0)
    try expect(Self.free, trial)
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["DREY_SEARCH_RUNS"] != nil),
    arguments: free
  )
  func eachComesOutAtParallelism4WithAKill(_ fact: Fact) throws {
    let trial = try JobTrial(fact.job, parallelism: 4, seconds: 4, faults: ["kill tm-2 at 2s"])
    #expect(trial.restarts > 0)
    try expect([fact], trial)
  }

  @Test func allComeOutOfStateWithAKill() throws {
    let facts = Fact.all.filter { $0.order == .byState }
    let trial = try JobTrial(Fact.job(of: facts), seconds: 4, faults: ["kill tm-1 at 2s"])
    #expect(trial.restarts > 0)
    try expect(facts, trial)
  }

  private static let free = Fact.all.filter { $0.order == .free }

  /// Holds the last row of each place against the answers.
  private func expect(_ facts: [Fact], _ trial: JobTrial) throws {
    #expect(trial.problem == nil)
    var found: [String: [String: String]] = [:]
    for row in trial.rows {
      let fields = try CSVRecord.fields(of: row)
      let parts = fields[0].split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
      found[String(parts[0]), default: [:]][String(parts[1])] = fields[1]
    }
    let answers = Golden.list("facts", in: try Golden.object("answers.json"))
    for fact in facts {
      let answer = try #require(answers.first { $0["id"] as? String == fact.id })
      var wanted: [String: String] = [:]
      Self.flatten(try #require(answer["value"]), at: [], into: &wanted)
      #expect(found[fact.id] == wanted, "\(fact.id)")
    }
  }

  /// The values of an answer by their places.
  private static func flatten(_ value: Any, at place: [String], into places: inout [String: String])
  {
    switch value {
    case let object as [String: Any]:
      for (name, value) in object { flatten(value, at: place + [name], into: &places) }
    case let list as [Any]:
      for (index, value) in list.enumerated() {
        flatten(value, at: place + [String(index)], into: &places)
      }
    default: places[place.joined(separator: "/")] = "\(value)"
    }
  }
}
