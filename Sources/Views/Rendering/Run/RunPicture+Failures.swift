import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

extension RunPicture {
  mutating func apply(_ event: KernelEvent) {
    switch event {
    case .processStarted(let name, let incarnation):
      guard incarnation > 0 else { return }
      incarnations[name] = incarnation
      tell(.processStarted(name), .running)
    case .processKilled(let name):
      change(name) { $0.condition = .dead }
      history.note(.killed(name), at: now)
      tell(.killed(name), .failed)
      noteInStory(.killed(name), beginsStory: true)
    case .processPaused(let name):
      change(name) { $0.condition = .paused }
      tell(.paused(name), .waiting)
    case .processResumed(let name):
      change(name) { if $0.condition == .paused { $0.condition = .alive } }
      tell(.resumed(name), .running)
    case .processSlowed(let name, let percent):
      tell(.slowed(name, percent: Int(percent)), .waiting)
    case .linkCut(let first, let second): tell(.linkCut(first, second), .failed)
    case .linkHealed(let first, let second): tell(.linkHealed(first, second), .running)
    case .storageFailing(let isFailing):
      tell(isFailing ? .storageFails : .storageHealed, isFailing ? .failed : .running)
    }
  }

  mutating func register(_ name: String, slots: Int) {
    guard let index = index(ofTaskManager: name) else {
      let place = TaskManagerLight.place(of: name, among: taskManagers, named: \.name)
      taskManagers.insert(TaskManagerLight(name: name, slots: slots), at: place)
      if job != nil { tell(.registered(name), .running) }
      return
    }
    taskManagers[index] = TaskManagerLight(name: name, slots: slots)
    tell(.registered(name), .running)
  }

  mutating func lose(_ name: String, reason: String) {
    guard let index = index(ofTaskManager: name), taskManagers[index].condition != .lost else {
      return
    }
    change(name) { $0.condition = .lost }
    history.note(.lossDeclared(name), at: now)
    tell(.lossDeclared(name, reason: reason), .failed)
    noteInStory(.lossDeclared(name))
  }

  mutating func change(_ name: String, _ change: (inout TaskManagerLight) -> Void) {
    guard let index = index(ofTaskManager: name) else { return }
    change(&taskManagers[index])
  }

  mutating func apply(_ change: TaskStateChange) {
    guard let lane = lane(of: change.subtask) else { return }
    lanes[lane].apply(change)
    if isBatch { return noteStage(change) }
    guard isProcessing else { return }
    if !hasEverRun {
      hasEverRun = true
      tell(.firstRunning, .running)
    }
    guard let story = stories.last, !story.isRestored, !story.isComplete else { return }
    noteInStory(.allRunning)
    history.note(.restored(checkpoints.restored), at: now)
    tell(.allRunning, .running)
  }

  /// Tells that the tasks of a vertex begin or are all done.
  private mutating func noteStage(_ change: TaskStateChange) {
    let vertex = change.subtask.vertex
    let own = lanes[lanes(ofVertex: vertex)]
    if change.to == .running, !begunVertices.contains(vertex) {
      begunVertices.append(vertex)
      tell(.stageBegins(graph.vertices[vertex].name), .running)
    } else if change.to == .finished, own.allSatisfy({ $0.state == .finished }) {
      tell(.stageIsDone(graph.vertices[vertex].name), .running)
    }
  }

  mutating func fail(_ task: String, _ error: ClusterError) {
    // What fails after the first while the job is taken down is a consequence.
    guard !isFailureTold else { return }
    isFailureTold = true
    let reason = inputNames.told(error.description)
    self.reason = reason
    let isFirst = !(stories.last.map { !$0.isComplete && $0.restarts > 0 } ?? false)
    tell(.taskFailed(task, reason: reason), .failed)
    guard isFirst else { return }
    if case .connectionLost(let peer) = error {
      history.note(.connectionBroken(task: task, peer: peer), at: now)
    } else {
      history.note(.taskFailed(task), at: now)
    }
    noteInStory(.taskFailed(task: task, reason: reason), beginsStory: true)
  }

  mutating func enter(_ state: JobState, reason: String?) {
    let previous = jobState
    jobState = state
    if let reason { self.reason = inputNames.told(reason) }
    switch state {
    case .restarting:
      if let story = stories.indices.last,
        let instant = stories[story].noteFutileRedeployment(reason: self.reason)
      {
        history.note(.futile(reason: self.reason), at: instant)
      }
      checkpoints.close(.givenUp(reason: self.reason ?? ""), at: now)
      noteInStory(.restarting, beginsStory: true)
    case .running:
      restartDue = nil
      isFailureTold = false
      if previous == .restarting { noteInStory(.redeployed(checkpoints.latest?.id)) }
    case .failed, .finished, .canceled:
      checkpoints.close(.givenUp(reason: self.reason ?? ""), at: now)
      restartDue = nil
      history.note(.ended(state), at: now)
      tell(.ended(state), state == .failed ? .failed : .running)
      noteInStory(.ended(state.rawValue))
    case .initializing, .created, .failing, .cancelling: break
    }
  }

  mutating func noteInStory(_ step: RecoveryStory.Step, beginsStory: Bool = false) {
    if stories.last.map(\.isComplete) ?? true {
      guard beginsStory else { return }
      stories.append(RecoveryStory(began: now))
    }
    stories[stories.count - 1].note(step, at: now)
  }

  /// Notes which part a TaskManager has in the run from now on.
  mutating func noteTaskManager(_ name: String) {
    guard let index = index(ofTaskManager: name) else { return }
    let part: RunHistory.Part =
      switch taskManagers[index].condition {
      case .dead: .deadUnnoticed
      case .lost: .lost
      case .paused: .paused
      case .alive: isUsed(taskManagers[index]) ? .used : .spare
      }
    history.enter(part, of: name, at: now)
  }

  /// Whether the job has slots or live tasks on a TaskManager.
  func isUsed(_ taskManager: TaskManagerLight) -> Bool {
    !taskManager.slotsHeld.isEmpty
      || lanes.contains { $0.taskManager == taskManager.name && !$0.state.isTerminal }
  }

  mutating func tell(_ phrase: NewsPhrase, _ ink: Ink) {
    news.tell(phrase, ink, at: now)
  }
}
