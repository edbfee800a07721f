import StreamModel
import ExternalSystems
import ClusterProtocol
import Deployment
import SimulationKernel
import StreamOperators

/// What became visible in one place that jobs write to.
package struct SinkContents: Sendable, Equatable {
  /// What kind of place it is.
  package enum Place: String, Sendable {
    /// The rows of a sink, each as often as it was written, sorted.
    case rows
    /// A table: a row for each key, the last one written, in the order of the keys.
    case table
    /// A topic: what readers of committed records see, partition by partition.
    case topic
  }

  /// The name of the sink, of the table or of the topic.
  package let name: String
  /// What kind of place it is.
  package let place: Place
  /// What is there, as lines.
  package let lines: [String]

  /// Describes a place.
  package init(name: String, place: Place, lines: [String]) {
    self.name = name
    self.place = place
    self.lines = lines
  }
}

extension JobRun {
  /// What became visible so far.
  ///
  /// - Parameter commits: The bytes of each commit, in order, as they were handed to `onCommit`.
  /// - Returns: Sinks, tables and topics, each in the order of their names.
  package func contents(commits: [[UInt8]]) -> [SinkContents] {
    let sinks = cluster.simulation.journal.items.compactMap { item -> String? in
      guard case .rowsCommitted(_, let sink, let path, _, _) = item.entry else { return nil }
      return SinkPlace.contains(path) ? sink : ""
    }
    var lines: [String: [String]] = [:]
    for (sink, bytes) in zip(sinks, commits) where !sink.isEmpty {
      lines[sink, default: []] += bytes.split(separator: 0x0A).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    let external = cluster.external
    return lines.sorted { $0.key < $1.key }
      .map { SinkContents(name: $0.key, place: .rows, lines: $0.value.sorted()) }
      + external.tableNames.map {
        SinkContents(name: $0, place: .table, lines: external.rows(ofTable: $0))
      }
      + external.topicNames.map {
        SinkContents(name: $0, place: .topic, lines: external.lines(ofTopic: $0))
      }
  }
}
