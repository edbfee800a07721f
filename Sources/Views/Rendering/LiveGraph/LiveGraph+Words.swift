extension LiveGraph {
  /// The graph in sentences: its vertices and lanes, and where the barriers are.
  package func describe() -> [String] {
    vertices.flatMap { vertex -> [String] in
      let inputs = vertex.inputs.map { ($0.strategy, $0.source) }
      let title = TwinPhrase.vertex(
        name: vertex.name,
        lanes: vertex.lanes.count,
        inputs: inputs
      )
      return [title.english] + vertex.inputs.flatMap(sentences(of:))
        + vertex.lanes.map { lane in
          let text = TwinPhrase.lane(lane, of: vertex.lanes.count).english
          return lane.gauge == .idle ? text : text + " " + TwinPhrase.gauge(lane.gauge).english
        }
    }
  }

  /// Where the barrier is on an edge: in sum, then channel by channel as far as it has been sent.
  private func sentences(of input: Input) -> [String] {
    guard let checkpoint, input.underWayCount + input.arrivedCount > 0 else { return [] }
    let sum = RunPhrase.edgeBarrier(
      checkpoint,
      underWay: input.underWayCount,
      arrived: input.arrivedCount,
      of: input.tracks.count
    )
    let channels = input.tracks.filter { $0.place != .absent }.map {
      TwinPhrase.track($0).english
    }
    return [Wording.sentence(sum.english)] + channels
  }
}

extension LaneGauge {
  /// What stands beside the gauge, the fullest first.
  var phrases: [GaugePhrase] {
    guard self != .idle else { return [] }
    return [.full(self), .short(self), .word(self)]
  }
}
