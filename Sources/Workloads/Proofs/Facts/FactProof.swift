import DataStreamAPI
import RecordFormats

/// The facts about the datasets come out of jobs that run on a cluster.
///
/// | what a fact depends on | parallelism 1 | parallelism 4 | with a kill |
/// |---|---|---|---|
/// | nothing but the records | yes | yes | at parallelism 4 |
/// | their order, kept in state | yes | no: the file is read in four places at once | at 1 |
/// | the watermark at each record | yes | no | no: no checkpoint holds a watermark |
package enum FactProof {
  /// The proofs of all facts.
  ///
  /// - Parameters:
  ///   - shelf: The datasets.
  ///   - answers: What is known of them.
  ///   - each: Whether each fact that depends on nothing is also tried alone with a kill.
  /// - Returns: A proof for each fact, and some for several together.
  package static func all(
    _ shelf: DatasetShelf,
    _ answers: Answers,
    each: Bool = false
  ) -> [Proof] {
    [everyAnswerHasAJob(answers), wideAndKilled(shelf, answers), killedInOrder(shelf, answers)]
      + Fact.all.map { fact in
        Proof("fact \(fact.id)") {
          Proof.Outcome(
            "parallelism 1",
            problems: try problems(of: [fact], JobTrial(fact.job, shelf), answers)
          )
        }
      } + (each ? free.map { alone($0, shelf, answers) } : [])
  }

  private static let free = Fact.all.filter { $0.order == .free }

  private static func everyAnswerHasAJob(_ answers: Answers) -> Proof {
    Proof("facts: every answer has a job") {
      let known = answers.facts.keys.sorted()
      let found = Fact.all.map(\.id).sorted()
      return Proof.Outcome(
        "\(known.count) answers",
        problems: known == found ? [] : ["jobs for \(found), answers for \(known)"]
      )
    }
  }

  /// Without a failure, then with one in the middle: some datasets are read to their end by then,
  /// others are not.
  private static func wideAndKilled(_ shelf: DatasetShelf, _ answers: Answers) -> Proof {
    Proof("facts: all at parallelism 4, and with a kill") {
      let job = Fact.job(of: free)
      let quiet = try JobTrial(job, shelf, parallelism: 4, checkpointInterval: .milliseconds(100))
      let killed = try JobTrial(
        job,
        shelf,
        parallelism: 4,
        checkpointInterval: .milliseconds(100),
        faults: ["kill tm-2 at \(quiet.milliseconds / 2)ms"]
      )
      return Proof.Outcome(
        "\(free.count) facts, \(killed.restarts) restarts",
        problems: try problems(of: free, quiet, answers) + problems(of: free, killed, answers)
          + (quiet.restarts == 0 && killed.restarts > 0 ? [] : ["restarts where none were meant"])
      )
    }
  }

  private static func killedInOrder(_ shelf: DatasetShelf, _ answers: Answers) -> Proof {
    Proof("facts: those kept in state, with a kill") {
      let facts = Fact.all.filter { $0.order == .byState }
      let trial = try JobTrial(Fact.job(of: facts), shelf, seconds: 4, faults: ["kill tm-1 at 2s"])
      return Proof.Outcome(
        "\(facts.count) facts, \(trial.restarts) restarts",
        problems: try problems(of: facts, trial, answers)
          + (trial.restarts > 0 ? [] : ["the kill restarted nothing"])
      )
    }
  }

  private static func alone(_ fact: Fact, _ shelf: DatasetShelf, _ answers: Answers) -> Proof {
    Proof("fact \(fact.id), with a kill") {
      let trial = try JobTrial(
        fact.job,
        shelf,
        parallelism: 4,
        seconds: 4,
        faults: ["kill tm-2 at 2s"]
      )
      return Proof.Outcome(
        "parallelism 4, \(trial.restarts) restarts",
        problems: try problems(of: [fact], trial, answers)
          + (trial.restarts > 0 ? [] : ["the kill restarted nothing"])
      )
    }
  }

  /// Holds the last row of each place against the answers.
  static func problems(
    of facts: [Fact],
    _ trial: JobTrial,
    _ answers: Answers
  ) throws -> [String] {
    if let problem = trial.problem { return [problem] }
    var found: [String: [String: String]] = [:]
    for row in trial.rows {
      let fields = try CSVRecord.fields(of: row)
      let parts = fields[0].split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
      found[String(parts[0]), default: [:]][String(parts[1])] = fields[1]
    }
    return facts.flatMap { fact in
      let (seen, wanted) = (found[fact.id] ?? [:], answers.facts[fact.id] ?? [:])
      let places = Set(seen.keys).union(wanted.keys).sorted()
      return places.filter { seen[$0] != wanted[$0] }.prefix(3).map { place in
        "\(fact.id) at \"\(place)\": \(seen[place] ?? "nothing"),"
          + " where \(wanted[place] ?? "nothing") is right"
      }
    }
  }
}
