extension CommandGrammar {
  static let faultRules: [Rule] = [
    Rule(
      verb: "kill",
      pieces: [.slot(CommandSlot("process", .process))],
      summary: .kill,
      example: "kill tm-1"
    ) { values in values.text("process").map { .kill(process: $0) } },
    Rule(
      verb: "fail",
      pieces: [.word("task"), .slot(CommandSlot("task", .task))],
      summary: .fail,
      example: "fail task counts[0]"
    ) { values in
      values.task("task").map { .failTask(name: $0.name, index: $0.index) }
    },
    Rule(
      verb: "restart",
      pieces: [.slot(CommandSlot("process", .process))],
      summary: .restart,
      example: "restart tm-1"
    ) { values in values.text("process").map { .restart(process: $0) } },
    Rule(
      verb: "pause",
      pieces: [
        .slot(CommandSlot("process", .process)), .word("for"),
        .slot(CommandSlot("time", .duration)),
      ],
      summary: .pause,
      example: "pause tm-1 for 3s"
    ) { values in
      guard let process = values.text("process"), let time = values.duration("time") else {
        return nil
      }
      return .pause(process: process, for: time)
    },
    Rule(
      verb: "slow",
      pieces: [
        .slot(CommandSlot("process", .process)), .word("to"),
        .slot(CommandSlot("percent", .percent)),
        .maybe([.word("for"), .slot(CommandSlot("time", .duration))]),
      ],
      summary: .slow,
      example: "slow tm-1 to 300% for 5s"
    ) { values in
      guard let process = values.text("process"), let percent = values.number("percent") else {
        return nil
      }
      return .slow(process: process, percent: Int64(percent), for: values.duration("time"))
    },
    Rule(
      verb: "partition",
      pieces: link,
      summary: .partition,
      example: "partition tm-1 from tm-2"
    ) { values in
      ends(values).map { .partition($0.first, $0.second) }
    },
    Rule(verb: "heal", pieces: link, summary: .heal, example: "heal tm-1 from tm-2") { values in
      ends(values).map { .heal($0.first, $0.second) }
    },
  ]

  private static let link: [CommandPiece] = [
    .slot(CommandSlot("process", .process)), .word("from"), .slot(CommandSlot("other", .process)),
  ]

  private static func ends(_ values: CommandValues) -> (first: String, second: String)? {
    guard let first = values.text("process"), let second = values.text("other") else { return nil }
    return (first, second)
  }
}
