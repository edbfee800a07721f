import SimulationKernel

/// What happens to an operator, step by step.
struct Script: CustomStringConvertible {
  enum Step: CustomStringConvertible {
    case record(Item, at: Int64?, input: Int)
    case watermark(Int64, input: Int)
    case status(isIdle: Bool, input: Int)
    case pass(milliseconds: Int64)
    /// A checkpoint is taken and completed, and the operator goes on.
    case checkpoint
    /// All inputs end.
    case end

    var description: String {
      switch self {
      case .record(let item, let time, let input):
        "\(item)\(time.map { "@\($0)" } ?? "") → \(input)"
      case .watermark(let time, let input): "watermark \(time) → \(input)"
      case .status(let isIdle, let input): (isIdle ? "idle" : "active") + " → \(input)"
      case .pass(let milliseconds): "\(milliseconds) ms pass"
      case .checkpoint: "checkpoint"
      case .end: "end"
      }
    }

    /// Whether it tells the operator something of event time alone.
    var isEventTime: Bool {
      switch self {
      case .watermark, .status: true
      default: false
      }
    }

    /// The input of a record.
    var recordInput: Int? {
      if case .record(_, _, let input) = self { input } else { nil }
    }
  }

  var steps: [Step]

  var description: String { steps.map { "  \($0)" }.joined(separator: "\n") }
}

/// What scripts of an operator are made of.
struct ScriptShape: Sendable {
  var inputs = 1
  var steps = 22
  var keys = 4
  /// Whether records come behind the watermark.
  var hasLateRecords = true
  /// Whether a record's time may be just that of a watermark.
  var meetsWatermarks = true
  /// Whether some records have no event time.
  var hasTimelessRecords = false
  var hasIdleness = true
  /// Whether the input always ends.
  var endsAlways = false

  /// Draws a script.
  func script(_ random: inout RandomStream) -> Script {
    var steps: [Script.Step] = []
    var watermarks = Array(repeating: Int64(-1), count: inputs)
    var isIdle = Array(repeating: false, count: inputs)
    for id in 0..<self.steps {
      let input = random.below(inputs)
      switch random.below(20) {
      case 0..<11:
        let latest = watermarks.max() ?? 0
        let item = Item(key(random.below(keys)), id, value: random.below(8))
        let time = self.time(around: latest, &random)
        let isTimeless = hasTimelessRecords && random.chance(1, in: 5)
        steps.append(.record(item, at: isTimeless ? nil : time, input: input))
      case 11..<15:
        let step = Int64(random.below(8)) * 10
        let isBack = random.chance(1, in: 10)
        let time = watermarks[input] + (isBack ? -step : step)
        watermarks[input] = max(time, watermarks[input])
        steps.append(.watermark(time, input: input))
      case 15 where hasIdleness:
        isIdle[input].toggle()
        steps.append(.status(isIdle: isIdle[input], input: input))
      case 15..<18: steps.append(.pass(milliseconds: Int64(random.below(6)) * 15))
      case 18: steps.append(.checkpoint)
      default: steps.append(.pass(milliseconds: 1))
      }
    }
    if endsAlways || random.chance(3, in: 4) { steps.append(.end) }
    return Script(steps: steps)
  }

  private func key(_ number: Int) -> String {
    ["a", "b", "c", "d", "e", "f", "g"][number]
  }

  /// Watermarks end in 9, so a time that is a multiple of 5 never meets one.
  private func time(around latest: Int64, _ random: inout RandomStream) -> Int64 {
    let past = hasLateRecords ? Int64(80) : 0
    let time = latest + 1 - past + Int64(random.below(Int(past + 120) / 5)) * 5
    guard meetsWatermarks, random.chance(1, in: 6) else { return time }
    return hasLateRecords ? time - 1 : time + 9
  }
}
