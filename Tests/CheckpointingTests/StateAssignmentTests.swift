import Checkpointing
import ClusterProtocol
import StreamModel
import Testing

@Suite("StateAssignment")
struct StateAssignmentTests {
  private let operatorID = OperatorID(uid: "count")

  @Test
  func atTheSameParallelismEachGetsItsOwnBack() {
    let checkpoint = CheckpointGraph.checkpoint(3, finished: [CheckpointGraph.count[1]])
    let restores = StateAssignment(checkpoint).restores(ofVertex: 1, parallelism: 2)
    #expect(restores.map { $0.snapshots.map(\.subtask) } == CheckpointGraph.count.map { [$0] })
    #expect(restores.map(\.isFinished) == [false, true])
    #expect(restores.allSatisfy { $0.checkpoint == CheckpointID(3) })
  }

  @Test(arguments: 1...7)
  func atAnotherParallelismEveryKeyGroupIsCovered(parallelism: Int) {
    let assignment = StateAssignment(CheckpointGraph.checkpoint())
    let restores = assignment.restores(ofVertex: 1, parallelism: parallelism)
    for (index, restore) in restores.enumerated() {
      let range = KeyGroupRange(
        operatorIndex: index,
        parallelism: parallelism,
        maxParallelism: 128
      )
      let ranges = restore.snapshots.flatMap(\.operators).flatMap(\.keyed).map(\.keyGroups)
      for group in range {
        #expect(ranges.count { $0.contains(group) } == 1, "group \(group) of subtask \(index)")
      }
      #expect(parallelism == 2 || ranges.allSatisfy { $0.intersection(range) != nil })
    }
  }

  @Test(arguments: [1, 3, 5])
  func operatorStateIsDealtOutOnce(parallelism: Int) {
    let restores = StateAssignment(CheckpointGraph.checkpoint())
      .restores(ofVertex: 1, parallelism: parallelism)
    let states = restores.flatMap(\.snapshots).flatMap(\.operators).map(\.operatorState)
      .filter { !$0.isEmpty }
    #expect(states.count == 2)
    #expect(Set(states) == [[7, 0], [7, 1]])
  }

  @Test
  func aRescaledVertexIsFinishedOnlyIfAllOfItWas() {
    let some = CheckpointGraph.checkpoint(1, finished: [CheckpointGraph.count[0]])
    let mixed = StateAssignment(some).restores(ofVertex: 1, parallelism: 3)
    #expect(mixed.map(\.isFinished) == [false, false, false])
    let all = CheckpointGraph.checkpoint(1, finished: CheckpointGraph.count)
    let finished = StateAssignment(all).restores(ofVertex: 1, parallelism: 3)
    #expect(finished.map(\.isFinished) == [true, true, true])
  }

  @Test
  func aVertexWithoutStateBeginsAfresh() {
    var checkpoint = CheckpointGraph.checkpoint()
    checkpoint.handles = []
    let restores = StateAssignment(checkpoint).restores(ofVertex: 0, parallelism: 2)
    #expect(restores.count == 2)
    #expect(restores.allSatisfy { $0.snapshots.isEmpty && !$0.isFinished })
  }
}
