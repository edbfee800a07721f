import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel
import TestSupport
import Testing

import Rendering

@Suite struct RunPictureTests {
  private let plain = TextStyle(characters: .unicode, isColoured: false)

  @Test(arguments: Way.all)
  func drawsARun(_ way: Way) throws {
    let run = HandWrittenRun.lossOfATaskManager()
    let screens = run.frames.map { frame in
      ["# \(frame.title)", ""] + frame.picture.text(width: way.width, style: way.style)
    }
    #expect(way.tooWide(screens.flatMap { $0.dropFirst() }) == [])
    #expect(Set(screens.map(\.count)).count == 1, "every frame has as many lines")
    try ScreenFile.expect(Array(screens.joined(separator: ["", ""])), named: "run-\(way.name)")
  }

  @Test(arguments: Way.all)
  func drawsALargerGraph(_ way: Way) throws {
    var run = HandWrittenRun(
      graph: SampleGraphs.branches(),
      taskManagers: [("worker-east", 2), ("worker-west", 2)]
    )
    run.at(40)
    run.add(.jobState(run.job, from: .created, to: .running, reason: nil))
    run.tasks(.scheduled)
    run.add(.slotAccepted(run.job, taskManager: "worker-east", slot: 1))
    run.tasks(.deploying, on: ["worker-east", "worker-west"])
    run.tasks(.initializing, .running)
    run.at(500)
    run.count(1_234_567)
    let lines = run.picture.text(width: way.width, style: way.style)
    #expect(way.tooWide(lines) == [])
    let short = way.text(run.picture.lines(width: way.width, height: 24, style: way.style))
    #expect(short.count <= 24)
    #expect(way.tooWide(short) == [])
    try ScreenFile.expect(lines + ["", "# in 24 lines", ""] + short, named: "wide-\(way.name)")
  }

  @Test func usesOnlyASCIIWhereItIsAskedFor() {
    let style = TextStyle(characters: .ascii, isColoured: false)
    for frame in HandWrittenRun.lossOfATaskManager().frames {
      #expect(Way.beyondASCII(frame.picture.text(width: 80, style: style)) == [])
    }
  }

  @Test(arguments: Draws.cases(60...140, byDay: 12))
  func fitsEveryWidth(_ width: Int) {
    let way = Way(width: width, style: plain)
    for frame in HandWrittenRun.lossOfATaskManager(
      graph: SampleGraphs.wordCount(name: "数单词的作业 with a name that is far too long for a line")
    ).frames {
      #expect(way.tooWide(frame.picture.text(width: width, style: plain)) == [])
    }
  }

  @Test(arguments: [16, 20, 24, 30, 50])
  func keepsToAHeight(_ height: Int) {
    let frames = HandWrittenRun.lossOfATaskManager().frames
    let counts = frames.map { $0.picture.lines(width: 80, height: height, style: plain).count }
    #expect(Set(counts).count == 1)
    #expect(counts.allSatisfy { $0 <= height })
  }

  @Test func showsTheTracksOnAnOrdinaryTerminal() {
    for frame in HandWrittenRun.lossOfATaskManager().frames {
      let lines = frame.picture.lines(width: 80, height: 23, style: plain).rendered(
        width: 80,
        plain
      )
      #expect(lines.contains { $0.contains("1→1 ") && $0.contains("2→2 ") })
    }
  }

  @Test func showsWhatMattersInFewLines() throws {
    let frame = HandWrittenRun.lossOfATaskManager().frames[4].picture
    let lines = [24, 20, 16].flatMap { (height: Int) -> [String] in
      ["# \(height) lines", ""]
        + frame.lines(width: 80, height: height, style: plain).rendered(width: 80, plain)
    }
    try ScreenFile.expect(lines, named: "low")
  }

  @Test func tellsItInWords() throws {
    let run = HandWrittenRun.lossOfATaskManager()
    let texts = run.frames.map { ["# \($0.title)", ""] + $0.picture.describe() }
    try ScreenFile.expect(Array(texts.joined(separator: [""])), named: "words")
  }

  @Test func ignoresOtherJobs() {
    var run = HandWrittenRun.lossOfATaskManager()
    let other = JobID(seed: 1, submission: 2)
    run.add(.jobSubmitted(other, name: "other"))
    run.add(.jobState(other, from: .created, to: .failed, reason: "not ours"))
    run.add(.checkpointCompleted(other, CheckpointID(99), bytes: 0, duration: .zero))
    #expect(run.picture.jobState == .finished)
    #expect(run.picture.checkpoints.latest?.id == CheckpointID(4))
  }

  @Test func ignoresTheNumbersOfAnEarlierAttempt() {
    var run = HandWrittenRun.lossOfATaskManager()
    let id = SubtaskID(vertex: 1, index: 0)
    let stale = RunMetrics.Subtask(id: id, attempt: 0, slot: 7, recordsIn: 9, recordsOut: 9)
    let before = run.picture.lanes
    run.update(RunMetrics(subtasks: [stale]))
    #expect(run.picture.lanes == before)
  }

  @Test func countsWhatTheJournalTells() {
    let picture = HandWrittenRun.lossOfATaskManager().picture
    #expect(picture.restarts == 5)
    #expect(picture.checkpoints.completed == 4)
    #expect(picture.rowsCommitted == 2_316)
    #expect(picture.stories.count == 1)
    #expect(picture.stories[0].readAgain.map(\.from) == [46, 53])
    #expect(picture.stories[0].readAgain.map(\.to) == [60, 67])
  }
}
