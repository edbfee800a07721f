import DataStreamAPI
import Foundation
import OperatorTesting
import SimulationKernel
import Testing

/// A line of marbles is played to windows, which tell what they did.
@Suite struct MarbleWindowsTests {
  /// `docs/writing-programs.md` shows this line.
  @Test func doesAsTheReadmeSays() throws {
    let windows = MarbleWindows {
      $0.window(.tumblingEventTime(.seconds(5))).allowedLateness(.seconds(2))
    }
    let line = """
      a1@1000 b1@2500 |4999| {a[0,5000) = 1} {b[0,5000) = 1} a2@3000! {a[0,5000) = 2}
      |6999| {a[0,5000) cleared} {b[0,5000) cleared} a3@4000!!
      """
    let told = try windows.play(line)
    #expect(try told == MarbleWindows.written(line))
    let root = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "docs/writing-programs.md")
    let readme = try String(contentsOf: file, encoding: .utf8)
    for part in line.split(separator: "\n") { #expect(readme.contains(part)) }
  }

  /// Windows of five seconds that wait five more for what is late.
  @Test func tellsOfLateAndOfDroppedRecords() throws {
    let windows = MarbleWindows {
      $0.window(.tumblingEventTime(.seconds(5))).allowedLateness(.seconds(5))
    }
    #expect(
      try windows.play("a1@1000 a2@3000 |6000| a3@4000 b1@5500 a4@7000 |10000| a5@2000 |end|")
        == "a1@1000 a2@3000 |6000| {a[0,5000) = 2} a3@4000! {a[0,5000) = 3} b1@5500! a4@7000 "
        + "|10000| {a[0,5000) cleared} {b[5000,10000) = 1} {a[5000,10000) = 1} a5@2000!! "
        + "|end| {b[5000,10000) cleared} {a[5000,10000) cleared}"
    )
  }

  @Test func isItsOwnExpectation() throws {
    let windows = MarbleWindows {
      $0.window(.slidingEventTime(.milliseconds(4000), slide: .milliseconds(2000)))
    }
    let line = """
      a1@1000 a2@2500 |3000| {a[-2000,2000) = 1} {a[-2000,2000) cleared}
      |4000| {a[0,4000) = 2} {a[0,4000) cleared} a3@3900! a4@1000!!
      |end| {a[2000,6000) = 2} {a[2000,6000) cleared}
      """
    let told = try windows.play(line)
    #expect(try told == MarbleWindows.written(line))
  }

  /// Aligned windows have an operator of their own; the one for any windows tells the same.
  @Test(arguments: 1...60)
  func theShorterWayTellsTheSame(seed: UInt64) throws {
    var random = RandomStream(seed: seed, name: "marble lines")
    let line = Self.drawnLine(&random)
    let size = Int64(1000 * (1 + random.below(5)))
    let slide = random.chance(1, in: 2) ? size : max(1, size / Int64(2 + random.below(3)))
    let lateness = VirtualDuration.milliseconds(Int64(random.below(3) * random.below(8000)))
    func windows(
      _ stream: KeyedStream<Marble, String>
    ) -> WindowedStream<Marble, String, AlignedWindowKind> {
      stream.window(.slidingEventTime(.milliseconds(size), slide: .milliseconds(slide)))
        .allowedLateness(lateness)
    }
    let short = try MarbleWindows { windows($0) }.play(line)
    let long = try MarbleWindows { windows($0).trigger(EventTimeTrigger<Marble>()) }.play(line)
    #expect(short == long, "seed \(seed): windows of \(size) by \(slide), \(lateness)")
  }

  /// A line of two keys with records out of order and watermarks that jump.
  private static func drawnLine(_ random: inout RandomStream) -> String {
    var line = ""
    for number in 1...30 {
      let time = random.below(4000) + 400 * number
      line +=
        random.chance(1, in: 4) ? " |\(time)|" : " \(["a", "b"][random.below(2)])\(number)@\(time)"
    }
    return line + " |end|"
  }

  @Test func tellsWhatItIsAskedToTell() throws {
    let windows = MarbleWindows(
      result: { $0.map(\.label).joined(separator: "+") },
      { $0.window(.eventTimeSession(gap: .seconds(3))) }
    )
    let line = "a1@1000 a2@9000 b1@2000 a3@3500 a4@6000 |20000|"
    #expect(
      try windows.play(line) == line
        + " {b[2000,5000) = 1} {b[2000,5000) cleared}"
        + " {a[1000,12000) = 1+3+2+4} {a[1000,12000) cleared}"
    )
  }

  @Test func triggersAreThoseOfTheProgram() throws {
    let windows = MarbleWindows { $0.countWindow(2) }
    let line = "a1@1000 b1@2500 |2000| a2@3000 {a[*] = 2} a3@6100 b2@500! {b[*] = 2} |end|"
    let told = try windows.play(line)
    #expect(told == line)
  }

  /// The slower input holds event time back, unless it is idle or has not caught up since.
  @Test func inputsAreCombinedAsBetweenTasks() throws {
    let windows = MarbleWindows { $0.window(.tumblingEventTime(.seconds(5))) }
    let line = """
      jfk: a1@1000 |6000| ewr: b1@500 |500| ||500|| a2@6500 . ||6000|| {a[0,5000) = 1}
      {a[0,5000) cleared} {b[0,5000) = 1} {b[0,5000) cleared} > b2@400!!
      jfk: |8000| ||8000|| ewr: |8500| jfk: |end| ||8500|| ewr: |end| ||end||
      {a[5000,10000) = 1} {a[5000,10000) cleared}
      """
    let told = try windows.play(line)
    #expect(try told == MarbleWindows.written(line))
  }

  @Test func drawsWhatHappened() throws {
    let windows = MarbleWindows { $0.window(.tumblingEventTime(.seconds(5))) }
    let line = "a1@1000 |2000| a2@1500 |5000|"
    let byArrival = try windows.draw(line)
    #expect(byArrival.contains { $0.contains("a2 is late") })
    #expect(byArrival.contains { $0.contains("[0,5000) fires: 2") })
    let byEventTime = try windows.draw(line, byEventTime: true, width: 60)
    #expect(byEventTime.contains { $0.contains("[") && $0.contains(" 2 ") })
    #expect(byEventTime.allSatisfy { $0.count <= 60 } && byArrival.contains { $0.count > 60 })
  }

  @Test func aTextThatIsNoneIsNamedByItsPlace() {
    let windows = MarbleWindows { $0.window(.tumblingEventTime(.seconds(5))) }
    #expect {
      try windows.play("a1@1000 |2000")
    } throws: {
      "\($0)".contains("these are no marbles") && "\($0)".contains("9")
    }
  }
}
