import StreamModel

/// The tasks of a TaskManager by their attempts, and in the order of deployment.
///
/// Few tasks, as most TaskManagers have, are looked through, which touches less memory than a hash
/// table does: with a thousand TaskManagers that is what an element costs.
struct TaskTable {
  private static let mostToLookThrough = 8

  /// The tasks in the order of deployment.
  private(set) var order: [RunningTask] = []
  private var attempts: [ExecutionAttemptID] = []
  /// All of them by attempt, where they are many.
  private var table: [ExecutionAttemptID: RunningTask] = [:]

  /// The task of an attempt.
  subscript(attempt: ExecutionAttemptID) -> RunningTask? {
    guard order.count <= Self.mostToLookThrough else { return table[attempt] }
    for place in attempts.indices where attempts[place] == attempt { return order[place] }
    return nil
  }

  mutating func add(_ task: RunningTask) {
    order.append(task)
    attempts.append(task.attempt)
    if order.count == Self.mostToLookThrough + 1 {
      for task in order { table[task.attempt] = task }
    } else if order.count > Self.mostToLookThrough {
      table[task.attempt] = task
    }
  }

  mutating func remove(_ task: RunningTask) {
    guard let place = order.firstIndex(where: { $0 === task }) else { return }
    order.remove(at: place)
    attempts.remove(at: place)
    if order.count > Self.mostToLookThrough {
      table[task.attempt] = nil
    } else {
      table = [:]
    }
  }
}
