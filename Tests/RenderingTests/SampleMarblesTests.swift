import DataStreamAPI
import OperatorTesting
import SimulationKernel
import Testing

/// What is drawn as a sample of windows is what windows do.
@Suite struct SampleMarblesTests {
  private func tumbling(_ size: VirtualDuration, lateness: VirtualDuration) -> MarbleWindows {
    MarbleWindows { $0.window(.tumblingEventTime(size)).allowedLateness(lateness) }
  }

  @Test func tumblingWindows() throws {
    let windows = tumbling(.seconds(5), lateness: .seconds(5))
    let line = SampleMarbles.tumbling
    let told = try windows.play(line)
    #expect(try told == MarbleWindows.written(line))
  }

  /// Two windows have not fired yet: nothing is told of them but that they are there.
  @Test func timeOfDay() throws {
    let windows = tumbling(.minutes(10), lateness: .minutes(5))
    let line = SampleMarbles.timeOfDay
    let told = try windows.play(line)
    #expect(try told + " {[10:10,10:20)} {[10:20,10:30)}" == MarbleWindows.written(line))
  }

  @Test func inputs() throws {
    let windows = tumbling(.seconds(5), lateness: .zero)
    let line = SampleMarbles.inputs
    let told = try windows.play(line)
    #expect(try told == MarbleWindows.written(line))
  }

  @Test func slidingWindows() throws {
    let windows = MarbleWindows {
      $0.window(.slidingEventTime(.seconds(6), slide: .seconds(2))).allowedLateness(.seconds(10))
    }
    let line = SampleMarbles.sliding
    let told = try windows.play(line)
    #expect(try told == MarbleWindows.written(line))
  }
}
