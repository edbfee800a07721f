import Foundation
import GoldenCases
import GraphTranslation
import JobGraphs

/// A program's vertices as Flink 2.3.0 made them, read from `chaining.json`.
///
/// Ids, plan JSON and co-location are Flink's own and are not compared.
struct ChainingCase: Decodable, Sendable {
  struct Vertex: Decodable, Sendable {
    let name: String
    let parallelism: Int
    let maxParallelism: Int
    let slotSharingGroup: String
    let operatorPrettyName: String
    let inputs: [Input]
  }

  struct Input: Decodable, Sendable, Equatable {
    let from: String
    let strategy: String
    let pattern: String

    enum CodingKeys: String, CodingKey {
      case from
      case strategy = "ship_strategy"
      case pattern = "distributionPattern"
    }
  }

  private struct File: Decodable {
    let cases: [ChainingCase]
  }

  let name: String
  let program: String
  let vertices: [Vertex]
  let slotsNeeded: Int
  let subtasks: Int

  /// The recorded cases; none where they cannot be read, which a test of its own tells.
  static let recorded: [ChainingCase] = (try? read()) ?? []

  /// Reads the recorded cases; nil where they may be missing.
  static func read() throws -> [ChainingCase]? {
    guard let text = try Recordings.chosen(file: #filePath).bytes("chaining.json") else {
      return nil
    }
    return try JSONDecoder().decode(File.self, from: text).cases
  }
}

extension ChainingCase {
  /// Where a job graph differs from the recorded one, in sentences; empty where it does not.
  func differences(from graph: JobGraph) -> [String] {
    var found = Difference()
    found.compare("vertices", graph.vertices.map(\.name), vertices.map(\.name))
    found.compare("slots needed", graph.slotsNeeded, slotsNeeded)
    found.compare("subtasks", graph.subtaskCount, subtasks)
    for (vertex, expected) in zip(graph.vertices, vertices) {
      found.place = expected.name
      found.compare("parallelism", vertex.parallelism, expected.parallelism)
      found.compare(
        "max parallelism",
        vertex.configuredMaxParallelism ?? -1,
        expected.maxParallelism
      )
      let group = (graph.slotSharingGroups.firstIndex(of: vertex.slotSharingGroup) ?? -1) + 1
      found.compare(
        "slot sharing group",
        "group\(group) (\(vertex.slotSharingGroup))",
        expected.slotSharingGroup
      )
      found.compare(
        "inputs",
        vertex.inputs.map { Input(of: graph.edges[$0], in: graph) },
        expected.inputs
      )
      found.compareTrees(vertex.operatorPrettyName, expected.operatorPrettyName)
    }
    return found.sentences
  }
}

extension ChainingCase.Input {
  fileprivate init(of edge: JobEdge, in graph: JobGraph) {
    from = graph.vertices[edge.source].name
    strategy = edge.strategy.rawValue
    pattern = edge.strategy.distributionPattern.rawValue
  }
}

/// Differences as they are found.
private struct Difference {
  var place = "graph"
  var sentences: [String] = []

  mutating func compare<Value: Equatable>(_ what: String, _ ours: Value, _ expected: Value) {
    if ours != expected { sentences.append("\(place): \(what) \(ours), Flink has \(expected)") }
  }

  /// Compares trees line by line; where Flink describes a window instead of naming it, any does.
  mutating func compareTrees(_ ours: String, _ expected: String) {
    let ourLines = ours.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    compare("lines of the tree", ourLines.count, expectedLines.count)
    for (our, expected) in zip(ourLines, expectedLines) where !expected.contains("Window(") {
      compare("tree", our, expected)
    }
  }
}
