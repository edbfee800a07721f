import JobGraphs
import SimulationKernel
import StreamModel

/// What a film of a checkpoint is made from: its trail, laid over the graph.
struct CheckpointScript {
  let trail: CheckpointTrail
  let graph: JobGraph
  let table: ChannelTable
  /// The last instant that is to be told.
  let end: VirtualInstant

  /// Everything that happened, in order.
  var moments: [CheckpointFilm.Moment] {
    var all: [(at: VirtualInstant, event: CheckpointFilm.Event)] = [(trail.begun, .begun)]
    for (lane, subtask) in graph.subtasks.enumerated() { all += events(ofLane: lane, subtask) }
    switch trail.ending {
    case .completed(let bytes, _): all.append((end, .completed(bytes: bytes)))
    case .givenUp(let reason): all.append((end, .givenUp(reason: reason)))
    case nil: break
    }
    return all.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map { CheckpointFilm.Moment(at: $0.element.at - trail.begun, event: $0.element.event) }
  }

  private func events(
    ofLane lane: Int,
    _ subtask: SubtaskID
  ) -> [(at: VirtualInstant, event: CheckpointFilm.Event)] {
    let part = trail.parts[lane]
    let task = graph.taskName(of: subtask)
    var events: [(VirtualInstant, CheckpointFilm.Event)] = []
    if graph.vertices[subtask.vertex].isSource, let left = part.left {
      events.append((left, .injected(task: task, offset: part.offset)))
    }
    let arrivals = part.arrivals.compactMap(\.self)
    let last = arrivals.count == part.arrivals.count ? arrivals.max() : nil
    let producers = graph.producers(of: subtask)
    for (channel, arrival) in part.arrivals.enumerated() {
      guard let arrival else { continue }
      let isHeld = graph.isAligning && part.arrivals.count > 1 && arrival != last
      events.append(
        (
          arrival,
          .arrived(
            task: task,
            from: graph.taskName(of: producers[channel]),
            channel: channel + 1,
            of: part.arrivals.count,
            held: isHeld
          )
        )
      )
    }
    if let last, let first = arrivals.min(), arrivals.count > 1, graph.isAligning {
      events.append((last, .aligned(task: task, after: last - first)))
    }
    if let taken = part.taken { events.append((taken, .taken(task: task, entries: part.entries))) }
    if let saved = part.saved { events.append((saved, .saved(task: task, bytes: part.bytes))) }
    return events.sorted { $0.0 < $1.0 }
  }

  /// The chosen moments as pictures.
  var stills: [CheckpointFilm.Still] {
    var stills: [CheckpointFilm.Still] = []
    for (instant, occasion) in occasions.sorted(by: { $0.0 < $1.0 }) {
      let still = self.still(at: instant, occasion)
      // What looks like the one before it tells nothing new.
      if stills.last.map({ $0.vertices != still.vertices }) ?? true { stills.append(still) }
    }
    return stills
  }

  private var occasions: [(VirtualInstant, CheckpointFilm.Occasion)] {
    let ways = self.ways
    var occasions: [(VirtualInstant, CheckpointFilm.Occasion)] = []
    // In the middle between two events, where most barriers are under way, and most are held.
    let events = (ways.map(\.from) + ways.map(\.to)).sorted()
    let middles = zip(events, events.dropFirst()).filter { $0 < $1 }.map { $0 + ($1 - $0) / 2 }
    let counts = middles.map { instant in
      let places = graph.edges.indices.flatMap { tracks(onEdge: $0, at: instant) }.map(\.place)
      return (
        instant: instant,
        travelling: places.count { if case .travelling = $0 { true } else { false } },
        held: places.count { $0 == .held }
      )
    }
    if let most = counts.map(\.travelling).max(), most > 0,
      let first = counts.first(where: { $0.travelling == most })
    {
      occasions.append((first.instant, .underWay))
    }
    if let most = counts.map(\.held).max(), most > 0,
      let last = counts.last(where: { $0.held == most })
    {
      occasions.append((last.instant, .held))
    }
    let arrivals = ways.map(\.to)
    if isAllTaken, let last = arrivals.max(), let before = arrivals.filter({ $0 < last }).max() {
      occasions.append((before + (last - before) / 2, .lastBarrier))
    }
    if isAllTaken, let last = trail.parts.compactMap(\.taken).max() {
      occasions.append((last, .allTaken))
    }
    occasions.append((end, .last))
    return occasions
  }

  private var isAllTaken: Bool {
    // A task that has finished takes no snapshot, and a checkpoint completes without it.
    if case .completed = trail.ending { return true }
    return trail.parts.allSatisfy { $0.taken != nil }
  }

  /// From where to where in time each barrier travelled, as far as both are known.
  private var ways: [(from: VirtualInstant, to: VirtualInstant)] {
    table.edges.flatMap { edge in
      (0..<edge.count).compactMap { channel in
        let (producer, consumer) = edge.ends(of: channel)
        let number = edge.number(from: producer, to: consumer)
        guard let from = trail.parts[edge.firstProducer + producer].left,
          let to = trail.parts[edge.firstConsumer + consumer].arrivals[number], from < to
        else { return nil }
        return (from, to)
      }
    }
  }

  private func tracks(onEdge edge: Int, at instant: VirtualInstant) -> BarrierTracks {
    table.tracks(onEdge: edge, trail: trail, at: instant, isHolding: graph.isAligning)
  }

  private func still(
    at instant: VirtualInstant,
    _ occasion: CheckpointFilm.Occasion
  ) -> CheckpointFilm.Still {
    let vertices = graph.vertices.indices.map { position in
      let vertex = graph.vertices[position]
      let first = table.firstLanes[position]
      return CheckpointFilm.Vertex(
        name: vertex.name,
        inputs: vertex.inputs.map {
          LiveGraph.Input(
            edge: $0,
            of: graph,
            tracks: tracks(onEdge: $0, at: instant)
          )
        },
        gauges: (first..<(first + vertex.parallelism)).map {
          LaneGauge(trail.id, trail.parts[$0].seen(at: instant))
        }
      )
    }
    return CheckpointFilm.Still(at: instant - trail.begun, occasion: occasion, vertices: vertices)
  }
}
