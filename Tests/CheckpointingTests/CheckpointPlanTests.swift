import Checkpointing
import JobGraphs
import StreamModel
import Testing

@Suite("CheckpointPlan")
struct CheckpointPlanTests {
  @Test
  func triggersTheSourcesWhileAllRun() {
    let plan = CheckpointPlan(of: CheckpointGraph.execution())
    #expect(plan?.toTrigger == CheckpointGraph.source)
    #expect(plan?.toAcknowledge == CheckpointGraph.all)
    #expect(plan?.finished == [])
  }

  @Test
  func waitsForTheTasksThatBegin() {
    let execution = CheckpointGraph.execution(starting: [CheckpointGraph.source[1]])
    #expect(CheckpointPlan(of: execution) == nil)
  }

  @Test
  func aTaskBehindARunningOneNeedNotRunYet() {
    let execution = CheckpointGraph.execution(starting: [CheckpointGraph.count[0]])
    #expect(CheckpointPlan(of: execution)?.toAcknowledge == CheckpointGraph.all)
  }

  @Test
  func anAllToAllConsumerIsTriggeredOnceEverySourceHasFinished() {
    let first = CheckpointGraph.execution(finished: [CheckpointGraph.source[0]])
    #expect(CheckpointPlan(of: first)?.toTrigger == [CheckpointGraph.source[1]])
    let both = CheckpointGraph.execution(finished: CheckpointGraph.source)
    let plan = CheckpointPlan(of: both)
    #expect(plan?.toTrigger == CheckpointGraph.count)
    #expect(plan?.toAcknowledge == CheckpointGraph.count)
    #expect(plan?.finished == CheckpointGraph.source)
  }

  @Test
  func aForwardConsumerIsTriggeredOnceItsOwnSourceHasFinished() {
    let execution = CheckpointGraph.execution(.forward, finished: [CheckpointGraph.source[0]])
    let plan = CheckpointPlan(of: execution)
    #expect(plan?.toTrigger == [CheckpointGraph.source[1], CheckpointGraph.count[0]])
    #expect(plan?.toAcknowledge == [CheckpointGraph.source[1]] + CheckpointGraph.count)
  }
}
