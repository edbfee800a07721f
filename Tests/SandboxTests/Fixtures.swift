import RecordFormats
import Connectors
import ClusterProtocol
import DataStreamAPI
import Deployment
import JobGraphs
import ReferenceJobs
import Sandbox
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// Texts and runs that several suites use.
enum Fixture {
  /// So many lines of ten words of a vocabulary of some hundred.
  static func text(lines: Int) -> InputBytes {
    var text: [UInt8] = []
    for line in 0..<lines {
      let words = (0..<10).map { "w\((line &* 7 &+ $0 &* $0 &* 13) % 113)" }
      text += Array((words.joined(separator: " ") + "\n").utf8)
    }
    return InputBytes(text)
  }

  /// The word count on so many lines, at parallelism 2.
  static func options(lines: Int, rate: Int? = nil) throws -> RunOptions {
    var options = RunOptions(job: try #require(JobCatalogue.reference["word-count"]))
    options.input = text(lines: lines)
    options.parallelism = 2
    options.rate = rate.map { SourceRate(elementsPerSecond: $0) }
    return options
  }
}

/// A run with what became visible of it.
final class ObservedRun {
  let run: JobRun
  private let rows = Rows()

  private final class Rows {
    var lines: [String] = []
  }

  /// Makes a run and lets it end.
  init(_ options: RunOptions) throws {
    let rows = rows
    run = try JobRun(options) { bytes, _ in
      rows.lines += bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
    try run.finish()
  }

  /// The committed rows as lines, in the order of becoming visible.
  var lines: [String] { rows.lines }

  /// The entries of the journal with their instants in milliseconds.
  var journal: [(milliseconds: Double, entry: JournalEntry)] {
    run.cluster.simulation.journal.items.map {
      (Double($0.instant.nanoseconds) / 1e6, $0.entry)
    }
  }

  /// The instants, in milliseconds, of the entries for which `isWanted` holds.
  func instants(_ isWanted: (JournalEntry) -> Bool) -> [Double] {
    journal.filter { isWanted($0.entry) }.map(\.milliseconds)
  }

  /// The failures of tasks, in order.
  var failures: [ClusterError] {
    journal.compactMap {
      if case .taskFailed(_, _, _, let error) = $0.entry { error } else { nil }
    }
  }
}
