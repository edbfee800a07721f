import JobGraphs
import StreamModel

extension RunPicture {
  /// The picture in words, one sentence or two in each text: what a screen reader is given.
  package func describe() -> [String] {
    guard let jobState else { return [TwinPhrase.notSubmitted(name: graph.name).english] }
    var texts = [
      TwinPhrase.job(name: graph.name, state: jobState, status, at: now).english,
      TwinPhrase.figures(
        restarts: restarts,
        rows: rowsCommitted,
        completed: checkpoints.completed,
        failed: checkpoints.failed
      ).english,
    ]
    for vertex in graph.vertices.indices {
      texts.append(sentence(ofVertex: vertex))
      texts += lanes(ofVertex: vertex).map(sentence(ofLane:))
    }
    texts += taskManagers.map { taskManager in
      TwinPhrase.taskManager(
        taskManager,
        isUsed: lanes.contains { $0.taskManager == taskManager.name && !$0.state.isTerminal }
      ).english
    }
    texts += checkpointPhrases.map { TwinPhrase.checkpoint($0).english }
    texts += news.items.map { TwinPhrase.news($0.at, $0.phrase).english }
    return texts
  }

  private var checkpointPhrases: [RunPhrase] {
    guard graph.settings.checkpoints != nil || checkpoints.latest != nil else {
      return [.checkpointsOff, .recoveryImpossible]
    }
    let current = checkpoints.current.map {
      RunPhrase.checkpointUnderWay($0, tasks: lanes.count)
    }
    let latest = checkpoints.latest.map { RunPhrase.recoveryStartsFrom($0) }
    return [current ?? .noCheckpointUnderWay, latest ?? .recoveryStartsAfresh]
  }

  private func sentence(ofVertex vertex: Int) -> String {
    let position = graph.vertices[vertex]
    let inputs = position.inputs.map { edge in
      (graph.edges[edge].strategy, graph.vertices[graph.edges[edge].source].name)
    }
    return TwinPhrase.vertex(
      name: position.name,
      lanes: position.parallelism,
      inputs: inputs
    ).english
  }

  private func sentence(ofLane lane: Int) -> String {
    let parallelism = graph.vertices[lanes[lane].id.vertex].parallelism
    let text = TwinPhrase.lane(
      lanes[lane],
      of: parallelism,
      isOnDead: taskManager(ofLane: lane)?.isGone ?? false
    ).english
    guard let trail = checkpoints.current else { return text }
    let barrier = TwinPhrase.barrier(
      trail.id,
      trail.stages[lane],
      arrived: trail.arrivals[lane].count,
      of: channels[lane].count
    )
    return "\(text) \(barrier.english)"
  }
}
