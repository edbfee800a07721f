package import RecordFormats
package import ClusterProtocol
package import DataStreamAPI
package import JobGraphs
package import SimulationKernel
package import StreamModel

/// A job of a session.
package struct SessionJob: Sendable {
  /// The name under which it was submitted.
  package let name: String
  /// What the user said of it.
  package let submission: JobSubmission
  /// The program that it runs.
  package let program: Program
  /// The program before chaining.
  package let streamGraph: StreamGraph
  /// The program as it was submitted.
  package let graph: JobGraph
  /// What it reads.
  package let input: InputBytes
  /// What it reads beside that, by the names of datasets.
  let otherInputs: [String: SessionInput]
  /// What the user calls its inputs.
  package let inputNames: InputNames
  /// When it was submitted.
  package let submittedAt: VirtualInstant
  /// Its id, once the cluster has accepted it.
  package internal(set) var id: JobID?
  /// What the journal says of it so far.
  package internal(set) var history: JobHistory
  /// The rows that became visible, as lines; empty where a session does not keep them.
  package private(set) var rows: [String] = []
  /// The last value of the last column, by the first column.
  var counts: [String: Int?] = [:]

  /// The last value of the last column of the rows that begin with a key; nil where there is none.
  package func lastCount(of key: String) -> Int? {
    counts[key] ?? nil
  }

  /// How many different keys the rows begin with.
  package var distinctKeys: Int { counts.count }

  /// Adds rows that became visible.
  mutating func add(_ lines: [String]) {
    rows += lines
    for line in lines {
      let fields = (try? CSVRecord.fields(of: line)) ?? [line]
      counts[fields[0]] = .some(fields.count > 1 ? fields.last.flatMap { Int($0) } : nil)
    }
  }

  /// Whether it has reached a state in which it stays.
  package var isOver: Bool { history.jobState.isTerminal }
}
