import DataStreamAPI
import Datasets
import Foundation
import Proofs
import RecordFormats
import ReferenceJobs
import Testing

/// A few of the proofs of `drey prove jobs`, and what makes them worth something.
@Suite struct ReferenceJobTests {
  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func bytes(_ path: String) throws -> InputBytes {
    InputBytes(Array(try Data(contentsOf: root.appending(path: path))))
  }

  private static let shelf = Result {
    try DatasetShelf { try bytes("datasets/" + $0) }
  }
  private static let answers = Result {
    try Answers(parsing: bytes("datasets/answers.json"))
  }

  @Test func namesAndInputsAreKnown() {
    let programs = JobCatalogue.reference.programs
    #expect(Set(programs.map(\.name)).count == 14)
    for job in programs {
      #expect(job.inputs.allSatisfy { Dataset.named($0) != nil }, "\(job.name)")
      #expect(!job.summary.isEmpty && !job.columns.isEmpty, "\(job.name)")
      #expect(job.variants.allSatisfy { JobCatalogue.reference[$0.program] != nil })
    }
  }

  @Test(
    arguments: [
      "facts: every answer has a job", "fact by_carrier", "fact quakes_longest_gap",
      "rows of windowed word count", "rows of fraud",
    ]
  )
  func holds(_ name: String) throws {
    let proofs =
      try FactProof.all(Self.shelf.get(), Self.answers.get())
      + RowProof.all(Self.shelf.get(), Self.answers.get())
    let proof = try #require(proofs.first { $0.name == name })
    #expect(proof.outcome().problems == [])
  }

  /// A wrong answer is noticed, by the fact and by the rows.
  @Test func findsAWrongAnswer() throws {
    let file = Self.root.appending(path: "datasets/answers.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    let wrong = text.replacing(#/"UA": (?=[0-9])/#, with: "\"UA\": 1")
    try #require(wrong != text)
    let answers = try Answers(parsing: InputBytes(Array(wrong.utf8)))
    let proofs =
      FactProof.all(try Self.shelf.get(), answers) + RowProof.all(try Self.shelf.get(), answers)
    for name in ["fact by_carrier", "rows of carrier delay"] {
      let proof = try #require(proofs.first { $0.name == name })
      #expect(proof.outcome().problems.count == 1, "\(name)")
    }
  }

  @Test func answersWithoutFactsAreRefused() {
    #expect(throws: UnreadableInput.self) {
      _ = try Answers(parsing: InputBytes(Array(#"{"facts": []}"#.utf8)))
    }
  }
}
