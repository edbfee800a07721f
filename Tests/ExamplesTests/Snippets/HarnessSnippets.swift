import DreyCluster
import Examples
import OperatorTesting
import Testing

// The examples of doc comments and documents about harness: compiled here, held against them by
// DocumentedExamples.swift.

func harnesses() throws {
  let harness = try OperatorHarness(keyedBy: \String.self, FirstSeen.init)
  try harness.send("drey", at: 1_000)
  try harness.send("drey", at: 2_000)
  try harness.advanceWatermark(to: 5_000)
  #expect(harness.records == ["drey"])
  #expect(harness.watermarks == [5_000])

  let windows = MarbleWindows {
    $0.window(.tumblingEventTime(.seconds(5))).allowedLateness(.seconds(2))
  }
  let line = """
    a1@1000 b1@2500 |4999| {a[0,5000) = 1} {b[0,5000) = 1} a2@3000! {a[0,5000) = 2}
    |6999| {a[0,5000) cleared} {b[0,5000) cleared} a3@4000!!
    """
  let told = try windows.play(line)
  #expect(try told == MarbleWindows.written(line))
}
