import ClusterProtocol
import JobGraphs
import SimulationKernel
package import StreamModel
package import TaskRuntime

/// Time on the cores: which task works next, and what its work amounts to.
extension TaskManager {
  /// Tells a running task something and lets it react.
  func tell(
    _ attempt: ExecutionAttemptID,
    _ context: RoleContext,
    _ body: (StreamTask) -> Void
  ) {
    guard let task = tasks[attempt], let running = task.runningTask else { return }
    cores[task.core].wake(task)
    body(running)
    if running.hasActions { perform(running.takeActions(), of: task, context) }
    run(core: task.core, context)
  }

  /// The rows of a transaction are visible: a task that can be read learns it.
  func noteCommitted(_ path: String, of task: RunningTask) {
    cores[task.core].wake(task)
    task.readableTask?.commitDone(at: path)
  }

  /// Starts a slice of one of the core's tasks that can work, drawn by chance, if it is idle.
  func run(core: Int, _ context: RoleContext) {
    guard cores[core].slice == nil else { return }
    let now = context.now
    var first: RunningTask?
    var others: [RunningTask] = []
    var place = 0
    while let task = cores[core].firstAwake(from: place) {
      place = task.place + 1
      guard let running = task.runningTask, let instant = running.nextInstant(now: now) else {
        cores[core].letSleep(task)
        continue
      }
      if instant <= now {
        if first == nil { first = task } else { others.append(task) }
      } else if instant < task.wakeInstant ?? .distantFuture {
        task.wakeInstant = instant
        task.wakeNumber += 1
        context.after(
          instant - now,
          .taskManager(.wake(task.attempt, number: task.wakeNumber))
        )
      }
    }
    guard let first else { return }
    let chosen = others.isEmpty ? 0 : schedulerRandom.below(others.count + 1)
    startSlice(of: chosen == 0 ? first : others[chosen - 1], context)
  }

  private func startSlice(of task: RunningTask, _ context: RoleContext) {
    guard let running = task.runningTask else { return }
    var cost = VirtualDuration.microseconds(1)
    do {
      let work = try runningUserCode(of: task) { try running.runSlice(now: context.now) }
      cost = cost + options.costPerRecord * Int64(work.records)
      cost = cost + options.costPerBuffer * Int64(work.buffers)
      if work.records > 0 { context.process.noteProgress() }
      cores[task.core].slice = (task, .success(running.takeActions()))
    } catch {
      cores[task.core].slice = (task, .failure(ClusterError(error)))
    }
    context.after(
      cost.scaled(percent: context.process.cpuPercent),
      .taskManager(.sliceEnded(core: task.core))
    )
  }

  /// Calls what runs a user's code, and says of which task it is meanwhile: a trap in it ends the
  /// process, and somebody may want to know whose it was.
  func runningUserCode<Value>(of task: RunningTask, _ body: () throws -> Value) rethrows -> Value {
    guard let noteUserCode = options.noteUserCode else { return try body() }
    let graph = task.deployment.graph
    noteUserCode("\(graph.taskName(of: task.attempt.subtask)) of job \(graph.name)")
    defer { noteUserCode(nil) }
    return try body()
  }

  func sliceEnded(_ core: Int, _ context: RoleContext) {
    guard let slice = cores[core].slice else { return }
    cores[core].slice = nil
    // One that was dropped meanwhile cannot be read any more.
    if slice.task.readableTask != nil {
      switch slice.outcome {
      case .success(let actions): perform(actions, of: slice.task, context)
      case .failure(let error): fail(slice.task, error, context)
      }
    }
    run(core: core, context)
  }

  func wake(_ attempt: ExecutionAttemptID, _ number: Int, _ context: RoleContext) {
    guard let task = tasks[attempt], task.wakeNumber == number else { return }
    task.wakeInstant = nil
    run(core: task.core, context)
  }

  /// Figures of every task that runs here or finished here, in the order of deployment; for views.
  package var metrics: [(attempt: ExecutionAttemptID, slot: Int, metrics: TaskMetrics)] {
    lastMetrics
      + order.compactMap { task in
        task.readableTask.map { (task.attempt, task.core, $0.metrics) }
      }
  }
}
