import KeyedState
import StreamModel
import TestSupport
import Testing

/// Random operations on states of each kind, beside the state by definition.
@Suite struct StateModelTests {
  static let lifetimes: [StateTimeToLive?] = [
    nil,
    StateTimeToLive(milliseconds: 40),
    StateTimeToLive(milliseconds: 40, updateType: .onReadAndWrite),
    StateTimeToLive(milliseconds: 1, updateType: .disabled),
  ]

  @Test(arguments: StateKind.ofKeys, lifetimes)
  func agreesWithItsDefinition(kind: StateKind, timeToLive: StateTimeToLive?) throws {
    for seed in 1...UInt64(Draws.runs(byDay: 4, search: 100)) {
      var random = SeededRandom(seed)
      var subtasks = try ProbedSubtasks(kind, timeToLive: timeToLive, parallelism: 2)
      var model = NaiveState(
        kind,
        timeToLive: timeToLive?.updateType == .disabled ? nil : timeToLive
      )
      let keys = [3, 20, 150][random.below(3)]
      for step in 0..<600 {
        let key = random.below(keys)
        try operate(subtasks.at(key), &model, key, subtasks.clock.milliseconds, &random)
        if random.below(3) == 0 { subtasks.clock.milliseconds += Int64(random.below(12)) }
        if random.below(150) == 0 {
          subtasks = try subtasks.restored(
            parallelism: 1 + random.below(4),
            after: Int64(random.below(20))
          )
        }
        let now = subtasks.clock.milliseconds
        let seen = try subtasks.at(key).seen()
        let expected = model.seen(key, now)
        #expect(seen == expected, "seed \(seed), step \(step), key \(key)")
      }
      let now = subtasks.clock.milliseconds
      for key in 0..<keys {
        let seen = try subtasks.at(key).seen()
        let expected = model.seen(key, now)
        #expect(seen == expected, "seed \(seed), key \(key)")
      }
    }
  }

  private func operate(
    _ state: StateProbe,
    _ model: inout NaiveState,
    _ key: Int,
    _ now: Int64,
    _ random: inout SeededRandom
  ) throws {
    let number = random.below(1000)
    switch random.below(12) {
    case 0:
      state.clear()
      model.clear(key)
    case 1:
      state.drop(number % 5)
      model.drop(number % 5, key)
    case 2:
      let numbers = (0..<random.below(4)).map { number + $0 }
      try state.replace(numbers)
      model.replace(numbers, key, now)
    case 3, 4:
      let seen = try state.pick(number % 5)
      let expected = model.seen(key, now, only: model.kind == .map ? number % 5 : nil)
      #expect(seen == expected)
    default:
      try state.add(number)
      model.add(number, key, now)
    }
  }
}
