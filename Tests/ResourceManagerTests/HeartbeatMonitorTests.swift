import ClusterProtocol
import SimulationKernel
import Testing

@Suite("HeartbeatMonitor")
struct HeartbeatMonitorTests {
  private let peer = ProcessID(index: 3)

  private func monitor() -> HeartbeatMonitor {
    var monitor = HeartbeatMonitor(timeout: .seconds(50), failureThreshold: 2)
    monitor.watch(peer, named: "tm-1", at: .zero)
    return monitor
  }

  private func at(_ seconds: Int64) -> VirtualInstant { .zero + .seconds(seconds) }

  @Test
  func twoRefusalsInARowAreALoss() {
    var monitor = monitor()
    #expect(monitor.refused(by: peer) == nil)
    #expect(monitor.refused(by: peer) == .taskManagerUnreachable(name: "tm-1"))
  }

  @Test
  func aSignOfLifeForgivesARefusal() {
    var monitor = monitor()
    #expect(monitor.refused(by: peer) == nil)
    monitor.heard(from: peer, at: at(5))
    #expect(monitor.refused(by: peer) == nil)
  }

  @Test
  func silenceIsALossAtItsDeadline() {
    var monitor = monitor()
    monitor.heard(from: peer, at: at(10))
    #expect(monitor.deadline(of: peer) == at(60))
    #expect(monitor.overdue(within: .seconds(10), of: at(49)).isEmpty)
    #expect(monitor.overdue(within: .seconds(10), of: at(50)).map(\.name) == ["tm-1"])
    #expect(monitor.verdict(on: peer, at: at(59)) == nil)
    #expect(monitor.verdict(on: peer, at: at(60)) == .heartbeatTimeout(name: "tm-1"))
  }

  @Test
  func whoIsForgottenIsNotMissed() {
    var monitor = monitor()
    monitor.forget(peer)
    #expect(monitor.refused(by: peer) == nil)
    #expect(monitor.verdict(on: peer, at: at(100)) == nil)
    #expect(monitor.peers.isEmpty)
  }

  @Test
  func namesAreOrderedByTheirNumbers() {
    let names = ["tm-10", "tm-2", "spare", "tm-1", "a"].sorted { ProcessName($0) < ProcessName($1) }
    #expect(names == ["tm-1", "tm-2", "tm-10", "a", "spare"])
  }
}
