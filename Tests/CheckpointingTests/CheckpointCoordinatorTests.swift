import Checkpointing
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel
import Testing

@Suite("CheckpointCoordinator")
struct CheckpointCoordinatorTests {
  private var coordinator: CheckpointCoordinator
  private var epoch = 0

  init() {
    self.init(CheckpointSettings(interval: .seconds(1)))
  }

  private init(_ settings: CheckpointSettings) {
    coordinator = CheckpointCoordinator(
      job: CheckpointGraph.job,
      graph: CheckpointGraph.graph(),
      settings: settings,
      random: RandomStream(seed: 1, name: "checkpoints")
    )
    remember(coordinator.resume())
  }

  private mutating func remember(_ decisions: [CheckpointDecision]) {
    for case .scheduleTick(_, let epoch) in decisions { self.epoch = epoch }
  }

  private func at(_ milliseconds: Int64) -> VirtualInstant { .zero + .milliseconds(milliseconds) }

  private mutating func tick(
    _ milliseconds: Int64,
    _ execution: ExecutionGraph = CheckpointGraph.execution()
  ) -> [CheckpointDecision] {
    let decisions = coordinator.tick(epoch: epoch, at: at(milliseconds), execution: execution)
    remember(decisions)
    return decisions
  }

  /// Acknowledges for every given task and returns what the last one brought.
  private mutating func acknowledge(
    _ number: Int,
    _ subtasks: [SubtaskID] = CheckpointGraph.all,
    isFinished: Bool = false
  ) -> [CheckpointDecision] {
    subtasks.reduce([]) { _, subtask in
      coordinator.acknowledge(
        CheckpointID(number),
        CheckpointGraph.handle(subtask, checkpoint: number, isFinished: isFinished),
        at: at(50)
      )
    }
  }

  /// Runs a whole checkpoint and returns it.
  private mutating func complete(
    _ number: Int,
    _ subtasks: [SubtaskID] = CheckpointGraph.all,
    isFinished: Bool = false,
    execution: ExecutionGraph = CheckpointGraph.execution()
  ) -> CompletedCheckpoint? {
    _ = tick(Int64(number) * 1000, execution)
    guard
      case .store(let checkpoint)? = acknowledge(number, subtasks, isFinished: isFinished).first
    else { return nil }
    let decisions = coordinator.stored(checkpoint, nil, at: at(Int64(number) * 1000 + 60))
    guard case .complete(let completed, _)? = decisions.first else { return nil }
    return completed
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func theFirstTickComesWithinAnInterval(seed: UInt64) {
    var settings = CheckpointSettings(interval: .seconds(1))
    settings.minPause = .milliseconds(300)
    var coordinator = CheckpointCoordinator(
      job: CheckpointGraph.job,
      graph: CheckpointGraph.graph(),
      settings: settings,
      random: RandomStream(seed: seed, name: "checkpoints")
    )
    guard case .scheduleTick(let delay, _)? = coordinator.resume().first else {
      Issue.record("no tick is asked for")
      return
    }
    #expect(delay >= .milliseconds(300) && delay <= .seconds(1))
  }

  @Test
  mutating func aTickTriggersAndAsksForTheNext() {
    let decisions = tick(500)
    guard case .trigger(let id, let plan, let timeout)? = decisions.first else {
      Issue.record("nothing was triggered")
      return
    }
    #expect(id == CheckpointID(1))
    #expect(plan.toTrigger == CheckpointGraph.source)
    #expect(timeout == .minutes(10))
    guard case .scheduleTick(let delay, _)? = decisions.last else {
      Issue.record("no further tick is asked for")
      return
    }
    #expect(delay == .seconds(1))
  }

  @Test
  mutating func aTickOfAnOldEpochIsStale() {
    let old = epoch
    _ = coordinator.suspend(at: at(10))
    #expect(
      coordinator.tick(epoch: old, at: at(20), execution: CheckpointGraph.execution()).isEmpty
    )
    _ = coordinator.resume()
    #expect(
      coordinator.tick(epoch: old, at: at(30), execution: CheckpointGraph.execution()).isEmpty
    )
  }

  @Test
  mutating func isCompleteOnlyOnceItsMetadataIsStored() {
    _ = tick(500)
    #expect(acknowledge(1, Array(CheckpointGraph.all.dropLast())).isEmpty)
    guard case .store(let checkpoint)? = acknowledge(1, [CheckpointGraph.count[1]]).first else {
      Issue.record("nothing is stored")
      return
    }
    #expect(coordinator.latest == nil)
    #expect(checkpoint.handles.count == 4)
    let decisions = coordinator.stored(checkpoint, nil, at: at(600))
    guard case .complete(_, let notified)? = decisions.first else {
      Issue.record("not complete")
      return
    }
    #expect(notified == CheckpointGraph.all)
    #expect(coordinator.latest?.id == CheckpointID(1))
    #expect(coordinator.counts.completed == 1)
  }

  @Test
  mutating func aSecondAcknowledgementOfATaskChangesNothing() {
    _ = tick(500)
    let source = CheckpointGraph.source[0]
    #expect(acknowledge(1, [source, source, source, source, source]).isEmpty)
    #expect(coordinator.inProgress == CheckpointID(1))
  }

  @Test
  mutating func aFailedTriggerTakesNoNumberUnlessItWasSent() {
    let starting = CheckpointGraph.execution(starting: [CheckpointGraph.source[0]])
    guard case .reportTriggerFailure(let reason)? = tick(100, starting).first else {
      Issue.record("triggered all the same")
      return
    }
    #expect(reason == "Not all required tasks are currently running.")
    #expect(coordinator.counts.failed == 1)
    _ = tick(1100)
    #expect(coordinator.inProgress == CheckpointID(1))
    let decisions = coordinator.triggerUnreachable(CheckpointID(1), at: at(1110))
    #expect(!decisions.contains { if case .failJob = $0 { true } else { false } })
    _ = tick(2100)
    #expect(coordinator.inProgress == CheckpointID(2))
    #expect(coordinator.counts.failed == 2)
  }

  @Test
  mutating func oneAtATimeAndTheNextAtOnceWhenItsTickHasPassed() {
    _ = tick(500)
    #expect(tick(1500).isEmpty)
    _ = acknowledge(1, Array(CheckpointGraph.all.dropLast()))
    guard case .store(let checkpoint)? = acknowledge(1, [CheckpointGraph.count[1]]).first else {
      Issue.record("nothing is stored")
      return
    }
    guard case .scheduleTick(let delay, _)? = coordinator.stored(checkpoint, nil, at: at(1700)).last
    else {
      Issue.record("no tick is asked for")
      return
    }
    #expect(delay == .zero)
  }

  @Test
  func thePauseIsKept() {
    var settings = CheckpointSettings(interval: .seconds(1))
    settings.minPause = .milliseconds(800)
    var tests = Self(settings)
    #expect(tests.complete(1) != nil)
    guard case .scheduleTick(let delay, _)? = tests.tick(1500).first else {
      Issue.record("triggered within the pause")
      return
    }
    #expect(delay == .milliseconds(1060 + 800 - 1500))
  }
}

extension CheckpointCoordinatorTests {
  @Test
  mutating func suspensionGivesUpAndDoesNotCount() {
    _ = tick(500)
    _ = acknowledge(1, [CheckpointGraph.source[0]])
    let decisions = coordinator.suspend(at: at(600))
    guard case .abort(let id, let reason, let notified)? = decisions.first else {
      Issue.record("not given up")
      return
    }
    #expect(id == CheckpointID(1))
    #expect(reason == "Checkpoint Coordinator is suspending.")
    #expect(notified == CheckpointGraph.all)
    #expect(!decisions.contains { if case .failJob = $0 { true } else { false } })
    #expect(
      decisions.contains {
        if case .discard(["state/1/0-0"]) = $0 { true } else { false }
      }
    )
  }

  @Test(arguments: [
    CheckpointFailure.expired, .declined(.stateAccess(message: "x")),
    .storage(.failed(path: "p", reason: "r")),
  ])
  mutating func whatCountsFailsTheJob(failure: CheckpointFailure) {
    _ = tick(500)
    let decisions: [CheckpointDecision]
    switch failure {
    case .expired: decisions = coordinator.expire(CheckpointID(1), at: at(600_000))
    case .declined(let error):
      decisions = coordinator.decline(
        CheckpointID(1),
        by: CheckpointGraph.count[0],
        error,
        at: at(600)
      )
    default:
      guard case .store(let checkpoint)? = acknowledge(1).first else {
        Issue.record("nothing is stored")
        return
      }
      decisions = coordinator.stored(
        checkpoint,
        .failed(path: "p", reason: "r"),
        at: at(600)
      )
    }
    guard case .failJob(.checkpointFailureThreshold(let last))? = decisions.last else {
      Issue.record("the job does not fail")
      return
    }
    #expect(last == failure.reason)
  }

  @Test
  func toleratedFailuresAreCountedInARow() {
    var settings = CheckpointSettings(interval: .seconds(1))
    settings.tolerableFailures = 1
    var tests = Self(settings)
    let fails: (inout Self, Int64) -> Bool = { tests, number in
      _ = tests.tick(number * 1000)
      return tests.coordinator.expire(CheckpointID(Int(number)), at: tests.at(number * 1000 + 1))
        .contains { if case .failJob = $0 { true } else { false } }
    }
    #expect(!fails(&tests, 1))
    #expect(tests.complete(2) != nil)
    #expect(!fails(&tests, 3))
    #expect(fails(&tests, 4))
  }

  @Test
  mutating func aTaskThatFinishesUnacknowledgedAbortsWithoutCounting() {
    _ = tick(500)
    _ = acknowledge(1, [CheckpointGraph.source[0]])
    #expect(coordinator.taskFinished(CheckpointGraph.source[0], at: at(550)).isEmpty)
    let decisions = coordinator.taskFinished(CheckpointGraph.source[1], at: at(560))
    guard case .abort? = decisions.first else {
      Issue.record("not given up")
      return
    }
    #expect(!decisions.contains { if case .failJob = $0 { true } else { false } })
  }

  @Test
  mutating func finishedTasksAreCarriedForward() {
    let last = complete(1, isFinished: true)
    #expect(last?.handles.allSatisfy { $0.isFinished } == true)
    let finished = CheckpointGraph.execution(finished: CheckpointGraph.source)
    let next = complete(2, CheckpointGraph.count, execution: finished)
    #expect(next?.handles.map(\.isFinished) == [true, true, false, false])
    #expect(next?.statePaths == ["state/1/0-0", "state/1/0-1", "state/2/1-0", "state/2/1-1"])
  }

  @Test
  mutating func nothingIsTriggeredWhenEverythingFinished() {
    let finished = CheckpointGraph.execution(finished: CheckpointGraph.all)
    #expect(tick(500, finished).isEmpty)
  }

  @Test
  mutating func aLateAcknowledgementIsDiscarded() {
    _ = tick(500)
    _ = coordinator.triggerUnreachable(CheckpointID(1), at: at(510))
    guard case .discard(let paths)? = acknowledge(1, [CheckpointGraph.count[0]]).first else {
      Issue.record("kept")
      return
    }
    #expect(paths == ["state/1/1-0"])
  }

  @Test
  func numbersGoOnAfterARestore() {
    var coordinator = CheckpointCoordinator(
      job: CheckpointGraph.job,
      graph: CheckpointGraph.graph(),
      settings: CheckpointSettings(interval: .seconds(1)),
      random: RandomStream(seed: 1, name: "checkpoints"),
      latest: CheckpointGraph.checkpoint(329)
    )
    _ = coordinator.resume()
    _ = coordinator.tick(epoch: 1, at: at(500), execution: CheckpointGraph.execution())
    #expect(coordinator.inProgress == CheckpointID(330))
  }
}
