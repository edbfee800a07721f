import DataStreamAPI
import Foundation
import GoldenCases
import Sandbox
import Testing
import Workloads

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
    try expect(fact, JobTrial(fact.job))
  }

  @Test(arguments: Fact.all.filter { $0.order == .free })
  func comesOutAtParallelism4(_ fact: Fact) throws {
    try expect(fact, JobTrial(fact.job, parallelism: 4))
  }

  @Test(arguments: Fact.all.filter { $0.order == .free })
  func comesOutAtParallelism4WithAKill(_ fact: Fact) throws {
    let trial = try JobTrial(fact.job, parallelism: 4, seconds: 4, faults: ["kill tm-2 at 2s"])
    #expect(trial.restarts > 0)
    try expect(fact, trial)
  }

  @Test(arguments: Fact.all.filter { $0.order == .byState })
  func comesOutOfStateWithAKill(_ fact: Fact) throws {
    let trial = try JobTrial(fact.job, seconds: 4, faults: ["kill tm-1 at 2s"])
    #expect(trial.restarts > 0)
    try expect(fact, trial)
  }

  /// Holds the last row of each place against the answer.
  private func expect(_ fact: Fact, _ trial: JobTrial) throws {
    #expect(trial.problem == nil)
    let facts = Golden.list("facts", in: try Golden.object("answers.json"))
    let answer = try #require(facts.first { $0["id"] as? String == fact.id })
    var wanted: [String: String] = [:]
    Self.flatten(try #require(answer["value"]), at: [], into: &wanted)
    var found: [String: String] = [:]
    for row in trial.rows {
      let fields = try CSVRecord.fields(of: row)
      found[fields[0]] = fields[1]
    }
    #expect(found == wanted)
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
