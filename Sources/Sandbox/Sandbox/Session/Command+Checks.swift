import DataStreamAPI
import Deployment
package import JobGraphs
package import StreamModel

extension ClusterShape {
  /// Checks the numbers.
  ///
  /// - Throws: ``UsageError`` with the first that cannot be.
  func check() throws(UsageError) {
    if let taskManagers, !(1...4096).contains(taskManagers) {
      throw UsageError(.taskManagersOutOfRange(taskManagers))
    }
    if let slots, !(1...4096).contains(slots) { throw UsageError(.slotsOutOfRange(slots)) }
    if kind == .local, let taskManagers, taskManagers != 1 {
      throw UsageError(.localHasOneTaskManager(taskManagers))
    }
  }
}

extension Command {
  /// Checks that the processes which a fault names are there to be struck.
  ///
  /// - Throws: ``UsageError`` when one can never be.
  func check(
    against layout: ClusterLayout,
    taskManagers: [String],
    line: String? = nil
  ) throws(UsageError) {
    let line = line ?? text
    let known = layout.kind == .local ? ["local"] : taskManagers + [Cluster.jobManagerName]
    for process in processes {
      if layout.kind == .local { throw UsageError(.localHasNoProcess(process, line: line)) }
      guard known.contains(process) else {
        throw UsageError(.noSuchProcess(process, among: known, line: line))
      }
    }
    switch self {
    case .kill(Cluster.jobManagerName), .restart(Cluster.jobManagerName):
      throw UsageError(.jobManagerCannotDie(line: line))
    case .partition(let first, let second) where first == second,
      .heal(let first, let second) where first == second:
      throw UsageError(.linkNeedsTwoEnds(line: line))
    default: break
    }
  }
}

extension JobGraph {
  /// The subtask that a user means: by the name of its vertex or of an operator in it.
  package func subtask(named name: String, index: Int) -> SubtaskID? {
    let wanted = name.lowercased()
    let vertex =
      vertices.firstIndex { $0.name.lowercased() == wanted }
      ?? vertices.firstIndex { vertex in
        vertex.chain.contains { $0.node.shortNames.contains(wanted) }
      }
    guard let vertex, index < vertices[vertex].parallelism else { return nil }
    return SubtaskID(vertex: vertex, index: index)
  }

  /// The subtask that a user means.
  ///
  /// - Throws: ``UsageError`` that says what there is instead.
  func existingSubtask(
    named name: String,
    index: Int,
    _ line: String
  ) throws(UsageError) -> SubtaskID {
    if let subtask = subtask(named: name, index: index) { return subtask }
    guard subtask(named: name, index: 0) == nil else {
      throw UsageError(.noSuchTask(name, index, line: line))
    }
    throw UsageError(.noSuchOperator(name, among: operatorNames, line: line))
  }

  /// What a user calls a task: the first of its operators, and its index.
  package func shortName(of subtask: SubtaskID) -> String {
    let name = vertices[subtask.vertex].chain.first?.node.shortNames.last ?? ""
    return TaskName(name: name, index: subtask.index).text
  }

  /// What a user may call the operators.
  package var operatorNames: [String] {
    vertices.flatMap(\.chain).compactMap(\.node.shortNames.last)
  }
}

extension StreamNode {
  /// What a user may call the operator: its whole name, and the name without what Flink adds.
  var shortNames: [String] {
    var short = name.lowercased()
    if short.hasPrefix("source: ") { short.removeFirst(8) }
    if short.hasSuffix(": writer") { short.removeLast(8) }
    return [name.lowercased(), short]
  }
}
