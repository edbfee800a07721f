import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel
import Testing

import Rendering

@Suite struct RunReportTests {
  @Test(arguments: Way.all)
  func reportsARun(_ way: Way) throws {
    let outcome = RunOutcome(
      state: "FINISHED",
      isSuccess: true,
      recordsIn: 251,
      recordsOut: 2_316,
      digest: "91abf00d2c4e8871",
      header: ["word", "count"],
      firstRows: [["a", "1"], ["drey", "1"], ["is", "12"], ["松鼠", "3"]]
    )
    let report = RunReport(picture: HandWrittenRun.lossOfATaskManager().picture, outcome: outcome)
    let lines = report.text(width: way.width, style: way.style)
    #expect(way.tooWide(lines) == [])
    try ScreenFile.expect(lines, named: "report-\(way.name)")
    try ScreenFile.expect(report.describe(), named: "report-words")
  }

  @Test func namesWhyAJobFailed() throws {
    var run = HandWrittenRun(graph: SampleGraphs.wordCount(), taskManagers: [("tm-1", 2)])
    run.at(100)
    run.add(.jobState(run.job, from: .created, to: .running, reason: nil))
    run.tasks(.scheduled)
    run.tasks(.deploying, .initializing, .running, on: ["tm-1"])
    run.at(700)
    let error = ClusterError.userCode(operatorName: "split", message: "no words here")
    run.add(
      .taskFailed(
        run.job,
        task: "Source: the-nest -> split (1/2)",
        attempt: 0,
        error: error
      )
    )
    run.add(.jobState(run.job, from: .running, to: .failing, reason: nil))
    run.at(720)
    run.add(.jobState(run.job, from: .failing, to: .failed, reason: nil))
    let outcome = RunOutcome(
      state: "FAILED",
      isSuccess: false,
      recordsIn: 12,
      recordsOut: 0
    )
    let style = TextStyle(characters: .unicode, isColoured: false)
    let report = RunReport(picture: run.picture, outcome: outcome)
    try ScreenFile.expect(report.text(width: 80, style: style), named: "report-failed")
  }
}
