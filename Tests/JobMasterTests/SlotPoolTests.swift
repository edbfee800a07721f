import ClusterProtocol
import JobGraphs
import JobMaster
import SimulationKernel
import StreamModel
import Testing

@Suite("SlotPool")
struct SlotPoolTests {
  private func offer(_ number: Int, slot: Int = 0) -> SlotOffer {
    SlotOffer(allocation: AllocationID(number: number), slot: slot)
  }

  private func share(_ index: Int) -> SlotPool.Share {
    SlotPool.Share(group: StreamGraph.defaultSlotSharingGroup, index: index)
  }

  @Test
  func takesWhatIsNeededAndNoMore() {
    var pool = SlotPool(graph: TestGraph.wordCount())
    #expect(pool.needed == 2)
    let (taken, accepted) = pool.take(
      [offer(1), offer(2, slot: 1), offer(3, slot: 2)],
      from: "tm-1",
      at: ProcessID(index: 5)
    )
    #expect(taken.map(\.slot) == [0, 1])
    #expect(accepted.map(\.number) == [1, 2])
    #expect(pool.isComplete)
    // What is held already may be offered again.
    let again = pool.take([offer(1)], from: "tm-1", at: ProcessID(index: 5))
    #expect(again.taken.isEmpty)
    #expect(again.accepted.map(\.number) == [1])
  }

  @Test
  func sharesAreAssignedInTheOrderOfTheNames() {
    var pool = SlotPool(graph: TestGraph.wordCount(parallelism: 3))
    _ = pool.take([offer(1)], from: "tm-10", at: ProcessID(index: 1))
    _ = pool.take([offer(2)], from: "tm-2", at: ProcessID(index: 2))
    _ = pool.take([offer(3)], from: "tm-1", at: ProcessID(index: 3))
    let assignment = pool.assign()
    #expect((0..<3).map { assignment[share($0)]?.taskManager } == ["tm-1", "tm-2", "tm-10"])
  }

  @Test
  func sharesKeepTheirSlots() {
    var pool = SlotPool(graph: TestGraph.wordCount())
    _ = pool.take([offer(1)], from: "tm-1", at: ProcessID(index: 1))
    _ = pool.take([offer(2)], from: "tm-2", at: ProcessID(index: 2))
    _ = pool.assign()
    #expect(pool.drop(slotsOf: ProcessID(index: 1)).map(\.taskManager) == ["tm-1"])
    #expect(!pool.isComplete)
    _ = pool.take([offer(3)], from: "tm-0", at: ProcessID(index: 3))
    let assignment = pool.assign()
    #expect(assignment[share(1)]?.taskManager == "tm-2")
    #expect(assignment[share(0)]?.taskManager == "tm-0")
  }

  @Test
  func eachSharingGroupHasSlotsOfItsOwn() {
    var graph = TestGraph.wordCount()
    graph.vertices[1].slotSharingGroup = "counts"
    var pool = SlotPool(graph: graph)
    #expect(pool.needed == 4)
    for number in 1...4 {
      _ = pool.take([offer(number)], from: "tm-\(number)", at: ProcessID(index: number))
    }
    let assignment = pool.assign()
    #expect(assignment[SlotPool.Share(group: "counts", index: 0)]?.taskManager == "tm-3")
    #expect(Set(assignment.values.map(\.allocation)).count == 4)
  }
}
