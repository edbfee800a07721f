import OperatorTesting
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// An operator, and what can be asked of it.
struct OperatorCase: Sendable, CustomTestStringConvertible {
  var name: String
  var shape: ScriptShape
  /// How alike runs are of which one was interrupted.
  var restored = Played.Likeness.exact
  /// Whether what comes out does not depend on how many subtasks there are.
  var canBeRescaled = true
  /// Plays a script.
  var play: @Sendable (Script, Manner) throws -> Played

  /// How a script is played.
  struct Manner {
    /// How many records are taken in at once, one number after the other; 1 where there are none.
    var batches: [Int] = []
    var parallelism = 1
    /// After how many steps the operator is lost and restored.
    var cut: Int?
    var parallelismAfterwards = 1
    /// Whether it is lost once more before anything else happens.
    var isLostTwice = false
  }

  var testDescription: String { name }
}

extension OperatorCase {
  /// An operator whose inputs take what `element` makes of an item.
  init<Element, Output>(
    _ name: String,
    _ factory: StreamOperatorFactory,
    _ inputs: [HarnessInput],
    _ shape: ScriptShape = ScriptShape(),
    restored: Played.Likeness = .exact,
    canBeRescaled: Bool = true,
    sides: [OutputTag<Item>] = [],
    element: @escaping @Sendable (Item) -> Element,
    row: @escaping @Sendable (Output) -> Row
  ) {
    var shape = shape
    shape.inputs = inputs.count
    self.init(
      name: name,
      shape: shape,
      restored: restored,
      canBeRescaled: canBeRescaled
    ) { script, manner in
      var options = HarnessOptions(parallelism: manner.parallelism)
      options.maxParallelism = 12
      options.startTime = 1_000
      let player = ScriptPlayer<Element, Output>(
        harness: try OperatorHarness(factory, inputs: inputs, options: options),
        element: element,
        row: row,
        sides: sides
      )
      return try player.play(script, manner)
    }
  }

  /// An operator of items whose one input is keyed by their keys.
  static func keyed(
    _ name: String,
    _ factory: StreamOperatorFactory,
    _ shape: ScriptShape = ScriptShape(),
    restored: Played.Likeness = .exact,
    sides: [OutputTag<Item>] = []
  ) -> OperatorCase {
    OperatorCase(
      name,
      factory,
      [.keyed(by: \Item.key)],
      shape,
      restored: restored,
      sides: sides,
      element: { $0 },
      row: { (row: Row) in row }
    )
  }
}

/// Plays scripts on a harness.
final class ScriptPlayer<Element, Output> {
  private var harness: OperatorHarness<Output>
  private let element: (Item) -> Element
  private let row: (Output) -> Row
  private let sides: [OutputTag<Item>]
  private var played = Played()

  init(
    harness: OperatorHarness<Output>,
    element: @escaping (Item) -> Element,
    row: @escaping (Output) -> Row,
    sides: [OutputTag<Item>]
  ) {
    self.harness = harness
    self.element = element
    self.row = row
    self.sides = sides
    played.sides = sides.map { _ in [] }
  }

  func play(_ script: Script, _ manner: OperatorCase.Manner) throws -> Played {
    let cut = manner.cut ?? script.steps.count
    try perform(Array(script.steps[..<cut]), manner.batches)
    if manner.cut != nil {
      try lose(manner.parallelismAfterwards)
      if manner.isLostTwice { try lose(manner.parallelismAfterwards) }
      try repeatEventTime(script.steps[..<cut])
    }
    try perform(Array(script.steps[cut...]), manner.batches)
    harness.completeCheckpoint(try harness.snapshot().checkpoint)
    keepOutput()
    played.visible = harness.visibleText.split(separator: "\n").map(String.init)
    return played
  }

  private func perform(_ steps: [Script.Step], _ batches: [Int]) throws {
    var index = 0
    var batch = 0
    while index < steps.count {
      guard let input = steps[index].recordInput else {
        try perform(steps[index])
        index += 1
        continue
      }
      let limit = batches.isEmpty ? 1 : batches[batch % batches.count]
      batch += 1
      let run = steps[index...].prefix(limit).prefix { $0.recordInput == input }
      index += run.count
      let records = run.compactMap { step -> TimedRecord<Element>? in
        guard case .record(let item, let time, _) = step else { return nil }
        return TimedRecord(element(item), at: time)
      }
      try harness.sendBatch(records, to: input)
    }
  }

  private func perform(_ step: Script.Step) throws {
    switch step {
    case .record: break
    case .watermark(let time, let input): try harness.advanceWatermark(to: time, on: input)
    case .status(let isIdle, let input): try harness.setIdle(isIdle, input: input)
    case .pass(let milliseconds):
      try harness.advanceProcessingTime(by: .milliseconds(milliseconds))
    case .checkpoint: harness.completeCheckpoint(try harness.snapshot().checkpoint)
    case .end: try harness.endOfInput()
    }
  }

  /// Goes on with a harness that is restored from a snapshot of this one.
  private func lose(_ parallelism: Int) throws {
    let snapshot = try harness.snapshot()
    keepOutput()
    harness = try harness.restore(from: snapshot, parallelism: parallelism)
  }

  /// Says all that was said about event time once more, as sources do in their own way; nothing
  /// comes of it but what is known.
  private func repeatEventTime(_ steps: ArraySlice<Script.Step>) throws {
    guard !harness.isFinished else { return }
    for step in steps where step.isEventTime { try perform(step) }
    keepOutput { if case .record = $0 { true } else { false } }
  }

  private func keepOutput(where isMeant: (OutputElement<Output>) -> Bool = { _ in true }) {
    for (index, tag) in sides.enumerated() {
      played.sides[index] += harness.timedRecords(of: tag)
    }
    for element in harness.takeOutput() where isMeant(element) {
      switch element {
      case .record(let record):
        played.marks.append(.record(row(record.element), at: record.timestamp))
      case .watermark(let watermark): played.marks.append(.watermark(watermark))
      case .status(let isIdle): played.marks.append(.status(isIdle: isIdle))
      case .barrier: break
      case .endOfInput: played.marks.append(.endOfInput)
      }
    }
  }
}
