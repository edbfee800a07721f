import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel
import TestSupport
import Testing

import Rendering

/// Every component as a picture and in words.
@Suite struct ComponentTests {
  private let plain = TextStyle(characters: .unicode, isColoured: false)

  @Test(arguments: Way.all)
  func drawsBarriersOnTheirWay(_ way: Way) throws {
    let run = HandWrittenRun.slowCheckpoint()
    try expect(run.frames.map { ($0.title, $0.picture.liveGraph) }, way, named: "live")
  }

  @Test(arguments: Way.all)
  func poolsChannelsThatDoNotFit(_ way: Way) throws {
    let screens = [4, 12].map { parallelism -> (String, any PictureComponent) in
      let run = HandWrittenRun.slowCheckpoint(
        graph: SampleGraphs.wordCount(parallelism: parallelism)
      )
      return ("parallelism \(parallelism)", run.frames[2].picture.liveGraph)
    }
    try expect(screens, way, named: "pooled")
  }

  @Test(arguments: Way.all)
  func drawsATimeline(_ way: Way) throws {
    let run = HandWrittenRun.lossOfATaskManager()
    let guess = Timeline.Mark("the loss is noticed", at: .zero + .milliseconds(6_000), .guess)
    let fact = Timeline.Mark("the loss is noticed", at: .zero + .milliseconds(13_900), .fact)
    let late = Timeline.Mark("every task runs", at: .zero + .milliseconds(19_000), .guess)
    let screens: [(String, any PictureComponent)] = [
      ("on the way", run.frames[7].picture.timeline),
      ("at the end, with marks", run.picture.timeline.marked(guess).marked(fact).marked(late)),
      ("a long run", HandWrittenRun.longRun().picture.timeline),
    ]
    try expect(screens, way, named: "timeline")
  }

  @Test(arguments: Way.all)
  func drawsARecovery(_ way: Way) throws {
    let run = HandWrittenRun.lossOfATaskManager()
    let readings = [
      StateReading(key: "the", atFailure: 52, inCheckpoint: 37, now: 52),
      StateReading(key: "松鼠", atFailure: 3, inCheckpoint: nil, now: 1),
    ]
    let frames: [(title: String, picture: RunPicture)] = [5, 10, 11, 13].map { run.frames[$0] }
    let screens = frames.compactMap { frame -> (String, any PictureComponent)? in
      frame.picture.recovery(readings: readings).map { (frame.title, $0) }
    }
    // Before a task has felt the loss there is nothing to recover from.
    #expect(screens.count == 3)
    let large = RecoveryPicture(
      checkpoint: CheckpointID(12),
      sources: [
        RecoveryPicture.Source(
          task: "Source: lines (1/2)",
          checkpoint: 12_345_600,
          furthest: 12_345_912,
          now: 12_345_700
        ),
        RecoveryPicture.Source(
          task: "Source: lines (2/2)",
          checkpoint: 0,
          furthest: 0,
          now: 400
        ),
      ],
      isRestored: true,
      countsOnce: false
    )
    try expect(screens + [("large offsets", large)], way, named: "recovery")
  }

  @Test(arguments: Way.all)
  func drawsSlots(_ way: Way) throws {
    let run = HandWrittenRun.lossOfATaskManager()
    var grouped = SampleGraphs.branches()
    grouped.vertices[4].slotSharingGroup = "alerts"
    let screens: [(String, any PictureComponent)] = [
      ("a plan", SlotBoard(SampleGraphs.wordCount(parallelism: 4), slotsPerTaskManager: 2)),
      ("two groups", SlotBoard(grouped, slotsPerTaskManager: 3, taskManagers: 2)),
      ("a run", run.frames[3].picture.slotBoard), ("a dead one", run.frames[5].picture.slotBoard),
      ("recovered", run.frames[11].picture.slotBoard),
    ]
    try expect(screens, way, named: "slots")
  }

  @Test(arguments: Way.all)
  func drawsAFilm(_ way: Way) throws {
    let run = HandWrittenRun.slowCheckpoint()
    let wide = HandWrittenRun.slowCheckpoint(graph: SampleGraphs.wordCount(parallelism: 4))
    let screens: [(String, any PictureComponent)] = [
      ("parallelism 2", try #require(run.picture.film(of: CheckpointID(7)))),
      ("parallelism 4", try #require(wide.picture.film(of: CheckpointID(7)))),
      ("given up", try #require(HandWrittenRun.abortedCheckpoint().film(of: CheckpointID(3)))),
    ]
    try expect(screens, way, named: "film")
  }

  @Test func tellsEveryGraphInWords() throws {
    let texts = [
      SampleGraphs.streamGraph().describe(), SampleGraphs.branches().describe(),
      SampleGraphs.executionGraph().describe(),
    ]
    try ScreenFile.expect(Array(texts.joined(separator: [""])), named: "graphs-words")
  }

  @Test(arguments: 1...12)
  func fitsEveryWidth(_ parallelism: Int) {
    let components = components(parallelism)
    #expect(components.count == 8)
    for width in Draws.cases(60...130, byDay: 8) {
      let characters = TextStyle.Characters.allCases[width % 2]
      let style = TextStyle(characters: characters, isColoured: false)
      for component in components {
        // What is cut off at the edge would not be seen in the text.
        let widest = component.lines(width: width, style: style).max { $0.width < $1.width }
        let text = widest.map { $0.rendered(style) } ?? "nothing"
        #expect((1...width).contains(widest?.width ?? 0), "\(width) columns: \(text)")
      }
    }
  }

  @Test func usesOnlyASCIIWhereItIsAskedFor() {
    let style = TextStyle(characters: .ascii, isColoured: false)
    for component in components(3, name: "plain") {
      #expect(Way.beyondASCII(component.text(width: 80, style: style)) == [])
    }
  }

  /// Every component of a run whose names are long and wide.
  private func components(
    _ parallelism: Int,
    name: String = "数单词的作业 with a name that is far too long"
  ) -> [any PictureComponent] {
    let graph = SampleGraphs.wordCount(parallelism: parallelism, name: name, vertexName: name)
    let run = HandWrittenRun.slowCheckpoint(graph: graph)
    let lost = HandWrittenRun.lossOfATaskManager(graph: graph)
    let mark = Timeline.Mark(name, at: .zero + .milliseconds(9_000), .guess)
    let late = Timeline.Mark(name, at: .zero + .milliseconds(90_000), .fact)
    let reading = StateReading(key: name, atFailure: 1_234_567, inCheckpoint: nil, now: 3)
    let parts: [(any PictureComponent)?] = [
      run.frames[1].picture.liveGraph, run.picture.film(of: CheckpointID(7)),
      lost.picture.timeline.marked(mark).marked(late), lost.picture.slotBoard,
      SlotBoard(graph, slotsPerTaskManager: 3),
      lost.picture.recovery(readings: name == "plain" ? [] : [reading]), lost.picture,
      RunReport(
        picture: lost.picture,
        outcome: RunOutcome(state: "FINISHED", isSuccess: true, recordsIn: 1, recordsOut: 2)
      ),
    ]
    return parts.compactMap(\.self)
  }

  private func expect(
    _ screens: [(String, any PictureComponent)],
    _ way: Way,
    named name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let texts = screens.map { title, component in
      ["# \(title)", ""] + component.text(width: way.width, style: way.style)
    }
    #expect(way.tooWide(texts.flatMap { $0.dropFirst() }) == [], sourceLocation: sourceLocation)
    try ScreenFile.expect(
      Array(texts.joined(separator: [""])),
      named: "\(name)-\(way.name)",
      sourceLocation: sourceLocation
    )
    guard way.width == 80, way.style == plain else { return }
    let words = screens.map { ["# \($0.0)", ""] + $0.1.describe() }
    try ScreenFile.expect(
      Array(words.joined(separator: [""])),
      named: "\(name)-words",
      sourceLocation: sourceLocation
    )
  }
}
