import JobGraphs

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
    texts += liveGraph.describe()
    texts += taskManagers.map { taskManager in
      TwinPhrase.taskManager(
        taskManager,
        isUsed: lanes.contains { $0.taskManager == taskManager.name && !$0.state.isTerminal }
      ).english
    }
    texts += checkpointPhrases.map { TwinPhrase.checkpoint($0).english }
    texts += news.items.map { TwinPhrase.news($0.at, $0.phrase).english }
    // The strip shows more than the latest news.
    return texts + timeline.happenings.filter { !texts.contains($0) }
  }

  private var checkpointPhrases: [RunPhrase] {
    guard graph.settings.checkpoints != nil || checkpoints.latest != nil else {
      return [.checkpointsOff, .recoveryImpossible]
    }
    let current = checkpoints.current.map {
      RunPhrase.checkpointUnderWay($0, tasks: lanes.count)
    }
    let latest =
      jobState?.isTerminal == true
      ? .nothingToRecover : checkpoints.latest.map { RunPhrase.recoveryStartsFrom($0) }
    return [current ?? .noCheckpointUnderWay, latest ?? .recoveryStartsAfresh]
  }
}
