/// What is written on a board of slots, and its sentences.
enum SlotPhrase: Phrase {
  case lanes(Int), group(String), slot(Int), empty, reserved, gone, spare
  case condition(TaskManagerLight.Condition)
  case needed([SlotBoard.Group]), withoutSharing(Int), free(Int), missing(Int)
  // Sentences.
  case vertex(SlotBoard.Vertex, letter: String, hasGroups: Bool)
  case taskManager(SlotBoard.TaskManager)
  case seats(SlotBoard.Slot, taskManager: String, lanes: [String])

  var english: String {
    switch self {
    case .lanes(let count): Wording.count(count, "lane")
    case .group(let name): "group \(name)"
    case .slot(let number): "slot \(number)"
    case .empty: "free"
    case .reserved: "taken"
    case .gone: "gone"
    case .spare: "spare"
    case .condition(let condition): Self.condition(condition)
    case .needed(let groups): Self.needed(groups)
    case .withoutSharing(let count): "Without sharing it would be \(count), one for each lane."
    case .free(let count): "\(Wording.count(count, "slot")) \(count == 1 ? "is" : "are") free."
    case .missing(let count):
      "\(Wording.count(count, "slot")) \(count == 1 ? "is" : "are") missing: the job has to wait."
    case .vertex(let vertex, let letter, let hasGroups):
      "\(letter) is \(vertex.name) with \(Wording.count(vertex.parallelism, "lane"))"
        + (hasGroups ? " in group \(vertex.group)." : ".")
    case .taskManager(let taskManager): Self.status(of: taskManager)
    case .seats(let slot, let name, let lanes):
      "Slot \(slot.number) of \(name) \(Self.content(of: slot, lanes))."
    }
  }

  private static func needed(_ groups: [SlotBoard.Group]) -> String {
    let total = groups.reduce(0) { $0 + $1.slots }
    let needed = "\(Wording.count(total, "slot")) \(total == 1 ? "is" : "are") needed: "
    guard groups.count > 1 else {
      return needed
        + "as many as the highest parallelism, because lanes of different vertices share a slot."
    }
    let parts = groups.map { "\($0.slots) for group \($0.name)" }
    return needed + Wording.list(parts)
      + ". Each group needs as many as its highest parallelism, and shares slots only in itself."
  }

  private static func condition(_ condition: TaskManagerLight.Condition) -> String {
    switch condition {
    case .alive: "alive"
    case .paused: "paused"
    case .dead: "dead"
    case .lost: "lost"
    }
  }

  private static func status(of taskManager: SlotBoard.TaskManager) -> String {
    if taskManager.condition == .lost { return "\(taskManager.name) is lost, with its slots." }
    let condition =
      taskManager.condition == .alive && taskManager.isSpare
      ? "spare" : Self.condition(taskManager.condition)
    return "\(taskManager.name) is \(condition) and has "
      + "\(Wording.count(taskManager.slots.count, "slot")), \(taskManager.freeCount) of them free."
  }

  private static func content(of slot: SlotBoard.Slot, _ lanes: [String]) -> String {
    if !lanes.isEmpty { return "holds \(Wording.list(lanes))" }
    return slot.isTaken ? "is taken" : "is free"
  }
}
