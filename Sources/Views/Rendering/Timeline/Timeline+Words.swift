import SimulationKernel

extension Timeline {
  /// The run in sentences: what the job and each TaskManager did, what happened, what is marked.
  package func describe() -> [String] {
    var phrases: [TimelinePhrase] = [.length(now)]
    phrases += spans(of: history.phases).filter { $0.kind != .silent }
      .map { .phase($0.kind, from: $0.from, to: $0.to) }
    for row in history.taskManagers {
      phrases += spans(of: row.stretches)
        .map { .part($0.kind, name: row.name, from: $0.from, to: $0.to) }
    }
    phrases += checkpointPhrases
    return phrases.map(\.english) + happenings
      + marks.sorted { $0.instant < $1.instant }
      .map { TimelinePhrase.marked($0).english }
  }

  /// What happened, one sentence each.
  var happenings: [String] {
    history.happenings.map { TimelinePhrase.happening($0).english }
  }

  private func spans<Kind>(
    of stretches: [RunHistory.Stretch<Kind>]
  ) -> [(kind: Kind, from: VirtualInstant, to: VirtualInstant)] {
    stretches.indices.compactMap { index in
      let end = index + 1 < stretches.count ? stretches[index + 1].start : now
      let start = max(.zero, stretches[index].start)
      return start < end ? (stretches[index].kind, start, end) : nil
    }
  }

  /// Each checkpoint; of many in a row the first and the last.
  private var checkpointPhrases: [TimelinePhrase] {
    let ends = history.checkpoints
    guard ends.count > 8 else { return ends.map { .checkpoint($0) } }
    let isTold = ends.indices.map { index in
      index < 2 || index >= ends.count - 2 || !ends[index].isCompleted
    }
    let untold = isTold.count { !$0 }
    return zip(ends, isTold).filter(\.1).map { .checkpoint($0.0) }
      + (untold > 0 ? [.checkpointsInBetween(untold)] : [])
  }
}
