import ClusterProtocol
import ResourceManager
import SimulationKernel
import StreamModel
import Testing

@Suite("SlotTable")
struct SlotTableTests {
  private let job = JobID(seed: 1, submission: 1)
  private let other = JobID(seed: 1, submission: 2)

  private func table(_ names: [String], slots: Int = 1) -> SlotTable {
    var table = SlotTable()
    for (index, name) in names.enumerated() {
      table.add(name: name, process: ProcessID(index: index), slots: slots)
    }
    return table
  }

  @Test
  func slotsAreGrantedInTheOrderOfTheNames() {
    var table = table(["tm-10", "tm-2", "tm-1"], slots: 2)
    let grants = table.grant(5, to: job)
    #expect(grants.map(\.process.index) == [2, 2, 1, 1, 0])
    #expect(grants.map(\.slot) == [0, 1, 0, 1, 0])
    #expect(grants.map(\.allocation.id.number) == [1, 2, 3, 4, 5])
    #expect(table.freeSlotCount == 1)
    #expect(table.slotCount(of: job) == 5)
  }

  @Test
  func grantsNoMoreThanThereIs() {
    var table = table(["tm-1", "tm-2"])
    #expect(table.grant(1, to: other).count == 1)
    #expect(table.grant(3, to: job).count == 1)
    #expect(table.grant(1, to: job).isEmpty)
  }

  @Test
  func aSlotIsFreedByItsOwnGrantOnly() {
    var table = table(["tm-1"])
    let first = table.grant(1, to: job)[0]
    table.free(0, of: first.process, allocation: AllocationID(number: 99))
    #expect(table.freeSlotCount == 0)
    table.free(0, of: first.process, allocation: first.allocation.id)
    #expect(table.freeSlotCount == 1)
    let second = table.grant(1, to: other)[0]
    table.free(0, of: first.process, allocation: first.allocation.id)
    #expect(table.slotCount(of: other) == 1)
    #expect(second.allocation.id != first.allocation.id)
  }

  @Test
  func aSuspectGetsNothingUntilItIsHeardOf() {
    var table = table(["tm-1", "tm-2"])
    table.setSuspect(ProcessID(index: 0), true)
    #expect(table.grant(2, to: job).map(\.process.index) == [1])
    table.setSuspect(ProcessID(index: 0), false)
    #expect(table.grant(1, to: job).map(\.process.index) == [0])
  }

  @Test
  func aRemovedTaskManagerTakesItsSlotsAlong() {
    var table = table(["tm-1", "tm-2"])
    _ = table.grant(2, to: job)
    #expect(table.remove(ProcessID(index: 0))?.name == "tm-1")
    #expect(table.slotCount(of: job) == 1)
    #expect(table.remove(ProcessID(index: 0)) == nil)
  }
}
