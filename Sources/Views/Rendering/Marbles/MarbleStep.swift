import StreamModel

/// Something that arrives, with what it brings about: one place in a picture of marbles.
struct MarbleStep: Sendable, Equatable {
  /// What arrives.
  enum Cause: Sendable, Equatable {
    /// A record, with its number.
    case record(Marbles.Record, number: Int)
    /// A watermark of one input among several.
    case inputWatermark(EventTime, input: Int)
    /// The watermark that the windows go by.
    case watermark(EventTime)
    /// An input becomes idle.
    case idle(input: Int)
    /// An input is active again.
    case active(input: Int)
  }

  /// What it brings about.
  enum Effect: Sendable, Equatable {
    /// A window gives a result, for the so-manyth time.
    case fires(window: Int, result: String, time: Int)
    /// The state of a window is dropped.
    case clears(window: Int)
    /// A session becomes part of another.
    case joins(window: Int, into: Int)
  }

  /// What arrives.
  let cause: Cause
  /// The watermark that it meets; nil before the first.
  let clock: EventTime?
  /// What it brings about, in its order.
  var effects: [Effect]
  /// The record, where it is one.
  let record: Marbles.Record?
  /// The number of the record, where it is one.
  let number: Int?

  init(cause: Cause, clock: EventTime?, effects: [Effect]) {
    (self.cause, self.clock, self.effects) = (cause, clock, effects)
    // Stored and not computed: inlined in several places, the switch makes the optimizer of Swift
    // 6.3.1 stop with an ownership error.
    if case .record(let record, let number) = cause {
      (self.record, self.number) = (record, number)
    } else {
      (record, number) = (nil, nil)
    }
  }

  /// Whether it is the watermark that the windows go by.
  var isWatermark: Bool {
    if case .watermark = cause { true } else { false }
  }

  /// Whether a window holds the record.
  func isHeld(by window: Marbles.Window) -> Bool {
    guard let number else { return false }
    return window.holds.contains(number)
  }

  /// Whether there is something to say about it.
  var hasNotes: Bool {
    !effects.isEmpty || record.map { $0.lateness != .onTime } ?? false
  }
}

extension Marbles {
  /// What arrives, one step each.
  ///
  /// Effects before the first arrival count as its own.
  var steps: [MarbleStep] {
    var steps: [MarbleStep] = []
    var ahead: [MarbleStep.Effect] = []
    var (number, clock) = (0, EventTime?.none)
    var firings = Array(repeating: 0, count: windows.count)
    func add(_ cause: MarbleStep.Cause) {
      steps.append(MarbleStep(cause: cause, clock: clock, effects: ahead))
      ahead = []
    }
    func add(_ effect: MarbleStep.Effect) {
      if steps.isEmpty { ahead.append(effect) } else { steps[steps.count - 1].effects += [effect] }
    }
    for event in events {
      switch event {
      case .record(let record):
        add(.record(record, number: number))
        number += 1
      case .watermark(let time, let input) where inputs.count > 1:
        add(.inputWatermark(time, input: input))
      case .watermark(let time, _), .combined(let time):
        add(.watermark(time))
        // Should it ever go back, it stays where it was.
        clock = max(clock ?? time, time)
      case .idle(let input): add(.idle(input: input))
      case .active(let input): add(.active(input: input))
      case .fires(let window, let result) where windows.indices.contains(window):
        firings[window] += 1
        add(.fires(window: window, result: result, time: firings[window]))
      case .clears(let window) where windows.indices.contains(window):
        add(.clears(window: window))
      case .joins(let window, let into)
      where windows.indices.contains(window) && windows.indices.contains(into):
        add(.joins(window: window, into: into))
      case .fires, .clears, .joins: continue
      }
    }
    return steps
  }

  /// The name of an input.
  func inputName(_ input: Int) -> String {
    inputs.indices.contains(input) ? inputs[input] : ""
  }
}

/// What became of a window.
struct WindowFate: Sendable, Equatable {
  /// Its results, in the order of its firings.
  var results: [String] = []
  /// Whether its state was dropped.
  var isCleared = false
  /// The window that it became part of.
  var joined: Int?

  /// What became of each window in those steps.
  static func fates(of count: Int, in steps: some Sequence<MarbleStep>) -> [WindowFate] {
    var fates = Array(repeating: WindowFate(), count: count)
    for effect in steps.lazy.flatMap(\.effects) {
      switch effect {
      case .fires(let window, let result, _): fates[window].results.append(result)
      case .clears(let window): fates[window].isCleared = true
      case .joins(let window, let other): fates[window].joined = other
      }
    }
    return fates
  }
}
