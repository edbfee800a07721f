import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel
import Testing

import Rendering

/// What a picture shows, its sentences say.
@Suite struct TwinTests {
  private let plain = TextStyle(characters: .unicode, isColoured: false)

  @Test func saysWhereEachBarrierIs() {
    for frame in HandWrittenRun.slowCheckpoint().frames {
      let graph = frame.picture.liveGraph
      let text = graph.describe().joined(separator: "\n")
      for track in graph.vertices.flatMap(\.inputs).flatMap(\.tracks) where track.place != .absent {
        let channel = "From lane \(track.producer + 1) to lane \(track.consumer + 1) the barrier"
        #expect(text.contains(channel), "\(frame.title)")
      }
      for lane in graph.vertices.flatMap(\.lanes) {
        if case .taken(_, let entries) = lane.gauge {
          #expect(text.contains(Wording.count(entries, "entry", "entries")))
        }
      }
    }
  }

  @Test func saysWhatATimelineShows() {
    let run = HandWrittenRun.lossOfATaskManager()
    let mark = Timeline.Mark("noticed", at: .zero + .milliseconds(6_000), .guess)
    let timeline = run.picture.timeline.marked(mark)
    let text = timeline.describe().joined(separator: "\n")
    let facts = [
      "tm-1 was killed", "lost its connection to tm-1", "the job was redeployed in vain",
      "the loss of tm-1 was noticed", "every task runs again, from checkpoint 2",
      "the job is FINISHED", "tm-1 is dead and unnoticed from 3.000s to 13.900s",
      "Tm-3 is spare", "checkpoint 4 completed", "6.000s",
    ]
    for fact in facts { #expect(text.lowercased().contains(fact.lowercased()), "\(fact)") }
    #expect(text.matches(of: /redeployed in vain/).count == 4)
  }

  /// Every number in the drawing of a recovery, of slots and of a film is in its sentences.
  @Test func saysEveryNumber() throws {
    let run = HandWrittenRun.lossOfATaskManager()
    let reading = StateReading(key: "the", atFailure: 52, inCheckpoint: 37, now: 54)
    let slow = HandWrittenRun.slowCheckpoint()
    let components: [any PictureComponent] = [
      try #require(run.picture.recovery(readings: [reading])), run.picture.slotBoard,
      SlotBoard(SampleGraphs.branches(), slotsPerTaskManager: 2),
      try #require(slow.picture.film(of: CheckpointID(7))),
      RunReport(
        picture: run.picture,
        outcome: RunOutcome(state: "FINISHED", isSuccess: true, recordsIn: 251, recordsOut: 2_316)
      ),
    ]
    for component in components {
      let words = numbers(in: component.describe())
      let drawn = numbers(in: component.text(width: 120, style: plain))
      // Every axis begins at 0.
      #expect(drawn.subtracting(words).subtracting(["0"]) == [])
    }
  }

  private func numbers(in lines: [String]) -> Set<String> {
    Set(lines.flatMap { line in line.matches(of: /[0-9][0-9,.]*[0-9]|[0-9]/).map { String($0.0) } })
  }

  @Test func neverMovesABarrierBack() throws {
    var run = HandWrittenRun.slowCheckpoint(isComplete: false)
    var furthest: [Int] = []
    for step in 0..<400 {
      run.at(micros: 1_000_000 + Int64(step) * 9)
      run.update(RunMetrics())
      let places = run.picture.liveGraph.vertices[1].inputs[0].tracks.map { track in
        track.place.thousandths ?? -1
      }
      if !furthest.isEmpty {
        #expect(zip(furthest, places).allSatisfy { $0 <= $1 }, "step \(step)")
      }
      furthest = places
    }
    // Nothing arrived: none is at its end.
    #expect(furthest.allSatisfy { $0 < 1000 })
    #expect(furthest.contains { $0 > 900 })
  }

  @Test func placesBarriersOfAFilmExactly() throws {
    let film = try #require(HandWrittenRun.slowCheckpoint().picture.film(of: CheckpointID(7)))
    #expect((3...5).contains(film.stills.count))
    let times = film.stills.map(\.at)
    #expect(times == times.sorted())
    let places = film.stills.map { still in
      still.vertices[1].inputs[0].tracks.map { $0.place.thousandths ?? -1 }
    }
    for (earlier, later) in zip(places, places.dropFirst()) {
      #expect(zip(earlier, later).allSatisfy { $0 <= $1 })
    }
    #expect(places.last?.allSatisfy { $0 == 1000 } ?? false)
    #expect(film.moments.map(\.at) == film.moments.map(\.at).sorted())
  }

  @Test func remembersTheLastCheckpointsAndTheOneRestoredFrom() {
    var run = HandWrittenRun.lossOfATaskManager()
    for number in 5...60 { run.checkpoint(number) }
    let remembered = run.picture.filmedCheckpoints.map(\.number)
    #expect(remembered.contains(2))
    #expect(remembered.suffix(4) == [57, 58, 59, 60])
    #expect(remembered.count <= 6)
  }

  @Test func tellsTimesOverAMinuteInFull() {
    let picture = HandWrittenRun.longRun().picture
    let outcome = RunOutcome(state: "FINISHED", isSuccess: true, recordsIn: 1, recordsOut: 2)
    let text = RunReport(picture: picture, outcome: outcome).text(width: 80, style: plain)
    #expect(text.contains { $0.contains("+2min03.412s  ") })
    #expect(picture.text(width: 80, style: plain).contains { $0.contains("5min00.200s  ") })
  }
}
