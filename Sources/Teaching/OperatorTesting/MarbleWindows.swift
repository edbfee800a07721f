public import DataStreamAPI
import Rendering
import StreamModel
import StreamOperators
import TaskRuntime

/// Windows in a test's hand that are played a line of marbles and tell it back, with what they did.
///
/// ```swift
/// let windows = MarbleWindows {
///   $0.window(.tumblingEventTime(.seconds(5))).allowedLateness(.seconds(2))
/// }
/// let line = """
///   a1@1000 b1@2500 |4999| {a[0,5000) = 1} {b[0,5000) = 1} a2@3000! {a[0,5000) = 2}
///   |6999| {a[0,5000) cleared} {b[0,5000) cleared} a3@4000!!
///   """
/// let told = try windows.play(line)
/// #expect(try told == MarbleWindows.written(line))
/// ```
///
/// `a1@1000` is a record of the key `a` with the label `1` and the event time 1000 in milliseconds,
/// `|2000|` a watermark, `|end|` the last one. The operator is the one that a cluster would run.
/// What is told back of it, and ignored where it is played:
///
/// - `!` behind a record that came behind the watermark and was taken, `!!` behind a dropped one,
/// - `{a[0,5000) = 2}` where a window fires with a result, `{a[0,5000) cleared}` where its state is
///   dropped; `a[*]` is the window of everything,
/// - `||2000||` where the watermark of several inputs together comes to a time. `jfk:` says that
///   what follows comes from the input of that name, `.` that it is idle, `>` that it is active.
///
/// So a line that tells everything is its own expectation. Sessions are told when they fire, not
/// when they become one. Time is event time: processing time stands still.
public struct MarbleWindows {
  fileprivate static let late = OutputTag<Marble>("late")
  fileprivate static let told = OutputTag<ToldWindow>("told")
  private let windows: (KeyedStream<Marble, String>) -> DataStream<Int>

  /// Makes windows.
  ///
  /// - Parameters:
  ///   - result: What is told of the records that a window holds when it fires: how many, if it is
  ///     not said.
  ///   - windows: Puts the stream into windows, with a trigger, an evictor and lateness as in a
  ///     program; late records are the test's own concern.
  public init<Kind: WindowKind>(
    result: @escaping @Sendable ([Marble]) -> String = { "\($0.count)" },
    _ windows: @escaping (KeyedStream<Marble, String>) -> WindowedStream<Marble, String, Kind>
  ) {
    self.windows = { marbles in
      windows(marbles).sideOutputLateData(Self.late).process { WindowTeller(result: result) }
    }
  }

  /// Plays a line to new windows.
  ///
  /// - Parameter line: What comes, in marbles; line breaks are spaces.
  /// - Returns: The same in one line, with what the windows did.
  /// - Throws: ``HarnessError/notMarbles(_:)`` when the line cannot be read; `OperatorFailure` of a
  ///   trigger, an evictor or `result`.
  public func play(_ line: String) throws -> String { try story(of: line).notation }

  /// Plays a line to new windows, and draws what happened.
  ///
  /// - Parameters:
  ///   - line: What comes, in marbles.
  ///   - byEventTime: Whether event time goes from left to right and arrivals from top to bottom,
  ///     or else arrivals from left to right.
  ///   - width: How many columns the picture may take; it takes 60 at least.
  /// - Returns: The lines of a picture in Unicode, without colour.
  /// - Throws: as ``play(_:)``.
  public func draw(
    _ line: String,
    byEventTime: Bool = false,
    width: Int = 80
  ) throws -> [String] {
    try story(of: line).viewed(byEventTime ? .eventTime : .arrival)
      .text(width: width, style: TextStyle(characters: .unicode, isColoured: false))
  }

  private func story(of line: String) throws -> Marbles {
    let told = try Self.marbles(in: line)
    let windows = windows
    let harness = try OperatorHarness { (marbles: DataStream<Marble>) in
      windows(marbles.keyBy(\.key))
    }
    var play = MarblePlay(told, harness)
    for event in told.events { try play.take(event) }
    play.story.fillWindows()
    return play.story
  }

  /// A line as ``play(_:)`` would write it, to be compared with what it returns.
  ///
  /// - Throws: ``HarnessError/notMarbles(_:)`` when the line cannot be read.
  public static func written(_ line: String) throws -> String {
    try marbles(in: line).notation
  }

  private static func marbles(in line: String) throws -> Marbles {
    do {
      return try Marbles(parsing: line)
    } catch {
      throw HarnessError.notMarbles("\(error)")
    }
  }
}

/// Something that a window did.
private enum ToldWindow {
  case fires(TimeWindow, key: String, result: String)
  case clears(TimeWindow, key: String)
}

/// Tells what windows do, in a side output: a window that is cleared has no other.
private struct WindowTeller: ProcessWindowFunction {
  let result: @Sendable ([Marble]) -> String

  func process(
    _ key: String,
    _ contents: [Marble],
    _ context: WindowContext<String>,
    _ output: inout Collector<Int>
  ) {
    let result = result(contents)
    context.output(MarbleWindows.told, .fires(context.window, key: key, result: result))
  }

  func clear(_ context: WindowContext<String>) {
    context.output(MarbleWindows.told, .clears(context.window, key: context.key))
  }
}

/// One line while it is played.
private struct MarblePlay {
  var story: Marbles
  private let harness: OperatorHarness<Int>
  private var valve: WatermarkValve
  private var reached = Watermark.none
  private var count = 0

  init(_ told: Marbles, _ harness: OperatorHarness<Int>) {
    story = Marbles(inputs: told.inputs, times: told.times)
    self.harness = harness
    valve = WatermarkValve(channels: told.inputs.count)
  }

  mutating func take(_ event: Marbles.Event) throws {
    switch event {
    case .record(let record): try take(record)
    case .watermark(let time, let input):
      story.advances(to: time, input: input)
      try follow(valve.watermark(Watermark(time.milliseconds), on: input))
    case .idle(let input):
      story.events.append(event)
      try follow(valve.status(isIdle: true, on: input))
    case .active(let input):
      story.events.append(event)
      try follow(valve.status(isIdle: false, on: input))
    case .combined, .fires, .clears, .joins: break
    }
  }

  private mutating func take(_ record: Marbles.Record) throws {
    let marble = Marble(key: record.key, label: record.label, number: count)
    count += 1
    try harness.send(marble, at: record.time.milliseconds)
    var record = record
    if record.time.milliseconds > reached.timestamp {
      record.lateness = .onTime
    } else {
      record.lateness = harness.records(of: MarbleWindows.late).isEmpty ? .late : .dropped
    }
    story.arrives(record)
    tellWindows()
  }

  private mutating func follow(_ outputs: [WatermarkValve.Output]) throws {
    for output in outputs {
      guard case .watermark(let watermark) = output else { continue }
      reached = watermark
      if story.inputs.count > 1 {
        story.events.append(.combined(EventTime(milliseconds: watermark.timestamp)))
      }
      try harness.advanceWatermark(to: watermark.timestamp)
      tellWindows()
    }
  }

  private mutating func tellWindows() {
    let windows = harness.records(of: MarbleWindows.told)
    harness.takeOutput()
    for window in windows {
      switch window {
      case .fires(let window, let key, let result):
        story.fires(extent(of: window), of: key, result: result)
      case .clears(let window, let key): story.clears(extent(of: window), of: key)
      }
    }
  }

  private func extent(of window: TimeWindow) -> Marbles.Window.Extent {
    if window == .global { return .global }
    return .span(
      EventTime(milliseconds: window.start),
      EventTime(milliseconds: window.end)
    )
  }
}
