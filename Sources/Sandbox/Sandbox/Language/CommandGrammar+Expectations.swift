import JobGraphs

extension CommandGrammar {
  /// What can be expected, or expected not to be, each shape with its own first word.
  static let expectations: [[CommandPiece]] =
    [[.word("not"), .either(plainExpectations)]] + plainExpectations

  private static let plainExpectations: [[CommandPiece]] =
    [
      [
        .word("job"), .slot(CommandSlot("name", .job)),
        .slot(CommandSlot("state", .choice(JobState.allCases.map(\.rawValue)))),
      ],
      [
        .word("task"), .slot(CommandSlot("task", .task)),
        .slot(CommandSlot("state", .choice(ExecutionState.allCases.map(\.rawValue)))),
      ],
      [
        .word("process"), .slot(CommandSlot("name", .process)),
        .slot(CommandSlot("state", .choice(ProcessCondition.allCases.map(\.rawValue)))),
      ],
      [
        .word("output"),
        .either([[.word("equals"), .word("failure-free")], [.word("is"), .word("right")]]),
        inJob,
      ],
    ]
    + measures.map { pieces in
      pieces + [
        .slot(CommandSlot("comparison", .choice(Comparison.allCases.map(\.rawValue)))),
        .slot(CommandSlot("number", .number(least: 0))),
      ]
    }

  /// The measures, each with its own first word.
  static let measures: [[CommandPiece]] = Measure.Quantity.allCases.map { quantity in
    var pieces: [CommandPiece] = [.word(quantity.rawValue)]
    if quantity.needsSubject {
      let kind: CommandSlot.Kind = quantity.isOfTask ? .task : .text
      pieces += [.word("of"), .slot(CommandSlot(quantity.isOfTask ? "task" : "key", kind))]
    }
    return pieces + [inJob]
  }

  /// The moments, each with its own first word.
  static let moments: [[CommandPiece]] =
    [
      [.word("killed"), .maybe([.slot(CommandSlot("process", .process))])],
      [.word("lost"), .maybe([.slot(CommandSlot("process", .process))])],
      [.word("checkpoint"), .slot(CommandSlot("number", .number(least: 1)))],
    ] + ["failed", "restarting", "futile", "running", "recovered", "ended"].map { [.word($0)] }

  private static let inJob = CommandPiece.maybe([.word("in"), .slot(CommandSlot("job", .job))])

  static func expectation(_ values: CommandValues) -> Expectation? {
    let words = values.words.filter { $0 != "until" }
    guard words.first == "not" else { return expectation(values, words) }
    return expectation(values, Array(words.dropFirst())).map { .not($0) }
  }

  private static func expectation(_ values: CommandValues, _ words: [String]) -> Expectation? {
    let job = values.text("job")
    switch words.first {
    case "job":
      guard let name = values.text("name"),
        let state = values.text("state").flatMap(JobState.init(rawValue:))
      else { return nil }
      return .job(name, state)
    case "task":
      guard let task = values.task("task"),
        let state = values.text("state").flatMap(ExecutionState.init(rawValue:))
      else { return nil }
      return .task(task, state)
    case "process":
      guard let name = values.text("name"),
        let condition = values.text("state").flatMap(ProcessCondition.init(rawValue:))
      else { return nil }
      return .process(name, condition)
    case "output":
      return words.contains("equals")
        ? .outputEqualsFailureFree(job: job) : .outputIsRight(job: job)
    default:
      guard let measure = measure(values), let number = values.number("number"),
        let comparison = values.text("comparison").flatMap(Comparison.init(rawValue:))
      else { return nil }
      return .measure(measure, comparison, number)
    }
  }

  static func measure(_ values: CommandValues) -> Measure? {
    let quantity = values.words.lazy.compactMap(Measure.Quantity.init(rawValue:)).first
    return quantity.map {
      Measure($0, of: values.task("task")?.text ?? values.text("key"), in: values.text("job"))
    }
  }

  static func moment(_ values: CommandValues) -> Moment? {
    let process = values.text("process")
    switch values.words.first {
    case "killed": return .killed(process)
    case "lost": return .lost(process)
    case "checkpoint": return values.number("number").map { .checkpoint($0) }
    case "failed": return .failed
    case "restarting": return .restarting
    case "futile": return .futile
    case "running": return .running
    case "recovered": return .recovered
    case "ended": return .ended
    default: return nil
    }
  }
}
