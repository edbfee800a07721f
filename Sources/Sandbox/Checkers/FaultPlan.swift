package import Sandbox
package import SimulationKernel

/// How faults are drawn for a seed.
package struct FaultPlan: Sendable {
  /// The latest instant at which a fault strikes, counted from the submission.
  package var horizon: VirtualDuration
  /// The TaskManagers that may be struck.
  package var taskManagers: [String]
  /// The tasks that may be failed, by operator and parallelism.
  package var tasks: [(name: String, parallelism: Int)]
  /// The most faults in a run.
  package var most: Int
  /// The longest time for which a TaskManager may stand still; nil for never.
  package var longestPause: VirtualDuration?
  /// The longest time for which a TaskManager may be cut off from the JobManager or from another
  /// one; nil for never.
  package var longestCut: VirtualDuration?

  /// Describes how faults are drawn.
  package init(
    horizon: VirtualDuration,
    taskManagers: [String],
    tasks: [(name: String, parallelism: Int)],
    most: Int = 3
  ) {
    self.horizon = horizon
    self.taskManagers = taskManagers
    self.tasks = tasks
    self.most = most
  }

  /// The faults of a seed, in order: each kills a TaskManager, which is started again some time
  /// later, or fails a task; beside them pauses and cuts, where there may be any.
  package func faults(seed: UInt64) -> [TimedCommand] {
    var random = RandomStream(seed: seed, name: "faults")
    var commands: [TimedCommand] = []
    for _ in 0..<1 + random.below(most) {
      let instant = random.duration(in: .milliseconds(1)...horizon)
      if tasks.isEmpty || random.chance(1, in: 2) {
        let name = taskManagers[random.below(taskManagers.count)]
        commands.append(TimedCommand(.kill(process: name), at: instant))
        let pause = random.duration(in: .milliseconds(1)...VirtualDuration.seconds(8))
        commands.append(TimedCommand(.restart(process: name), at: instant + pause))
      } else {
        let task = tasks[random.below(tasks.count)]
        commands.append(
          TimedCommand(
            .failTask(name: task.name, index: random.below(task.parallelism)),
            at: instant
          )
        )
      }
    }
    commands += pauses(seed: seed) + cuts(seed: seed)
    return commands.sorted { $0.instant < $1.instant }
  }

  // Each kind of fault has a random stream of its own: to allow one changes none of the others.

  private func pauses(seed: UInt64) -> [TimedCommand] {
    guard let longest = longestPause else { return [] }
    var random = RandomStream(seed: seed, name: "pauses")
    return (0..<random.below(most + 1)).map { _ in
      let name = taskManagers[random.below(taskManagers.count)]
      let duration = random.duration(in: .milliseconds(1)...longest)
      return TimedCommand(
        .pause(process: name, for: duration),
        at: random.duration(in: .milliseconds(1)...horizon)
      )
    }
  }

  private func cuts(seed: UInt64) -> [TimedCommand] {
    guard let longest = longestCut else { return [] }
    var random = RandomStream(seed: seed, name: "cuts")
    return (0..<random.below(most + 1)).flatMap { _ in
      let name = taskManagers[random.below(taskManagers.count)]
      let others = taskManagers.filter { $0 != name }
      let peer =
        random.chance(1, in: 2) || others.isEmpty
        ? "jobmanager" : others[random.below(others.count)]
      let instant = random.duration(in: .milliseconds(1)...horizon)
      let duration = random.duration(in: .milliseconds(1)...longest)
      return [
        TimedCommand(.partition(name, peer), at: instant),
        TimedCommand(.heal(name, peer), at: instant + duration),
      ]
    }
  }
}
