/// A TaskManager as a picture shows it.
package struct TaskManagerLight: Sendable, Equatable {
  /// Whether it lives, and who knows.
  package enum Condition: Sendable, Equatable {
    /// It works, as far as anyone knows.
    case alive
    /// It was stopped, and will go on.
    case paused
    /// It is dead; the JobMaster still counts on it.
    case dead
    /// It was given up.
    case lost
  }

  /// Its name.
  package let name: String
  /// How many slots it has.
  package var slots: Int
  /// Its condition.
  package var condition = Condition.alive
  /// The slots that the job holds, in order.
  package var slotsHeld: [Int] = []
  /// The slots that other jobs hold.
  package var slotsOfOthers: [Int] = []

  init(name: String, slots: Int) {
    self.name = name
    self.slots = slots
  }

  /// Whether its process is gone.
  var isGone: Bool { condition == .dead || condition == .lost }

  /// Whether a name comes before another: tm-2 before tm-10.
  static func precedes(_ first: String, _ second: String) -> Bool {
    (first.utf8.count, first) < (second.utf8.count, second)
  }

  /// Where a name is among those of a list in order, or would be.
  static func place<Entry>(
    of name: String,
    among entries: [Entry],
    named nameOf: (Entry) -> String
  ) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(nameOf(entries[middle]), name) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func hold(slot: Int) {
    guard !slotsHeld.contains(slot) else { return }
    slotsHeld.append(slot)
    slotsHeld.sort()
  }

  mutating func release(slot: Int) {
    slotsHeld.removeAll { $0 == slot }
  }
}
