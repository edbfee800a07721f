import KeyedState
import StreamModel

/// The subtasks of one operator with a state of one kind, which can be restored in another number.
struct ProbedSubtasks {
  static let maxParallelism = 16

  let kind: StateKind
  let timeToLive: StateTimeToLive?
  let clock: HandClock
  private(set) var stores: [KeyedStateStore<Int>]
  private var probes: [StateProbe]

  init(
    _ kind: StateKind,
    timeToLive: StateTimeToLive? = nil,
    parallelism: Int = 1,
    clock: HandClock = HandClock(),
    restoring contents: [KeyedStateBytes] = []
  ) throws {
    self.kind = kind
    self.timeToLive = timeToLive
    self.clock = clock
    stores = (0..<parallelism).map { index in
      KeyedStateStore(
        keyGroups: KeyGroupRange(
          operatorIndex: index,
          parallelism: parallelism,
          maxParallelism: Self.maxParallelism
        ),
        maxParallelism: Self.maxParallelism,
        clock: clock
      )
    }
    for store in stores { try store.restore(from: contents) }
    probes = try stores.map { try kind.probe($0, timeToLive: timeToLive) }
  }

  /// The state, with that key as the current one.
  func at(_ key: Int) -> StateProbe {
    let group = KeyGroupAssignment.keyGroup(
      ofHash: key.javaHash,
      maxParallelism: Self.maxParallelism
    )
    let index = KeyGroupAssignment.operatorIndex(
      of: group,
      maxParallelism: Self.maxParallelism,
      parallelism: stores.count
    )
    stores[index].setCurrentKey(key, hash: key.javaHash)
    return probes[index]
  }

  /// What a checkpoint of all subtasks holds.
  func bytes() throws -> [KeyedStateBytes] {
    try stores.flatMap { store in
      try store.snapshot(partEntries: 7).map { writer in
        while try !writer.writeSlice(maxEntries: 3) {}
        return writer.finish()
      }
    }
  }

  /// The same state in so many subtasks, by way of a checkpoint.
  func restored(parallelism: Int, after wait: Int64 = 0) throws -> ProbedSubtasks {
    let contents = try bytes()
    let clock = HandClock(clock.milliseconds + wait)
    return try ProbedSubtasks(
      kind,
      timeToLive: timeToLive,
      parallelism: parallelism,
      clock: clock,
      restoring: contents
    )
  }

  /// How much state there is in all subtasks.
  var size: StateSize { stores.reduce(StateSize()) { $0 + $1.size } }
}
