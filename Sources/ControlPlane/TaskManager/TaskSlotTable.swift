import ClusterProtocol
import StreamModel

/// The slots of a TaskManager and the jobs that they are granted to.
///
/// *Source:* Flink `TaskSlotTableImpl` and `JobTable`.
struct TaskSlotTable {
  private enum Slot {
    /// Granted to no job.
    case free
    /// Granted by the ResourceManager, not yet offered to the job.
    case reserved(AllocationID, JobID)
    /// Offered, not yet taken.
    case offered(AllocationID, JobID)
    /// Taken by the job.
    case active(AllocationID, JobID)

    var grant: (allocation: AllocationID, job: JobID)? {
      switch self {
      case .free: nil
      case .reserved(let allocation, let job), .offered(let allocation, let job),
        .active(let allocation, let job):
        (allocation, job)
      }
    }
  }

  private struct Connection {
    var job: JobID
    var jobMaster: Endpoint
    var isEstablished = false
  }

  private var slots: [Slot]
  private var connections: [Connection] = []

  init(count: Int) {
    slots = Array(repeating: .free, count: count)
  }

  var count: Int { slots.count }

  /// Whether the job's JobMaster is connected or about to be.
  func isConnected(to job: JobID) -> Bool {
    connections.contains { $0.job == job }
  }

  /// The JobMasters that slots are granted to.
  var jobMasters: [Endpoint] { connections.map(\.jobMaster) }

  func jobMaster(of job: JobID) -> Endpoint? {
    connections.first { $0.job == job }?.jobMaster
  }

  /// Reserves a slot for a job; false when it is not free.
  mutating func reserve(
    _ slot: Int,
    _ allocation: AllocationID,
    for job: JobID,
    of jobMaster: Endpoint
  ) -> Bool {
    guard slots.indices.contains(slot), case .free = slots[slot] else { return false }
    slots[slot] = .reserved(allocation, job)
    if !isConnected(to: job) {
      connections.append(Connection(job: job, jobMaster: jobMaster))
    }
    return true
  }

  mutating func connect(to job: JobID) {
    for index in connections.indices where connections[index].job == job {
      connections[index].isEstablished = true
    }
  }

  /// The reserved slots of a job, which count as offered from now on; none before it is connected.
  mutating func takeOffers(for job: JobID) -> [SlotOffer] {
    guard connections.contains(where: { $0.job == job && $0.isEstablished }) else { return [] }
    var offers: [SlotOffer] = []
    for index in slots.indices {
      if case .reserved(let allocation, job) = slots[index] {
        slots[index] = .offered(allocation, job)
        offers.append(SlotOffer(allocation: allocation, slot: index))
      }
    }
    return offers
  }

  /// Makes the accepted slots active and frees the other offered ones, which it returns.
  mutating func settleOffers(of job: JobID, accepted: [AllocationID]) -> [SlotOffer] {
    var freed: [SlotOffer] = []
    for index in slots.indices {
      guard case .offered(let allocation, job) = slots[index] else { continue }
      if accepted.contains(allocation) {
        slots[index] = .active(allocation, job)
      } else {
        slots[index] = .free
        freed.append(SlotOffer(allocation: allocation, slot: index))
      }
    }
    return freed
  }

  /// The position of the slot that was granted under this number.
  func slot(of allocation: AllocationID) -> Int? {
    slots.firstIndex { $0.grant?.allocation == allocation }
  }

  mutating func free(_ allocation: AllocationID) -> SlotOffer? {
    guard let slot = slot(of: allocation) else { return nil }
    slots[slot] = .free
    return SlotOffer(allocation: allocation, slot: slot)
  }

  /// Frees every slot of a job and forgets its JobMaster.
  mutating func freeAll(of job: JobID) -> [SlotOffer] {
    connections.removeAll { $0.job == job }
    return slots.indices.compactMap { index in
      guard let grant = slots[index].grant, grant.job == job else { return nil }
      slots[index] = .free
      return SlotOffer(allocation: grant.allocation, slot: index)
    }
  }
}
