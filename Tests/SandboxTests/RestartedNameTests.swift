import ReferenceJobs
import Rendering
import Sandbox
import SessionViews
import SimulationKernel
import Testing

/// A TaskManager comes back under its name before the JobMaster gives up the process of that name
/// that died: the late news is of the old one.
@Suite struct RestartedNameTests {
  @Test(arguments: [5, 15, 20, 25, 40])
  func isNotLostBecauseTheOneBeforeWas(seconds: Int) throws {
    let input = SessionInput(Fixture.text(lines: 400))
    let session = SandboxSession(SandboxOptions(catalogue: .reference, inputs: SingleInput(input)))
    for line in [
      "deploy standalone --taskmanagers 1 --slots 1", "submit word-count --rate 5/s", "run 3s",
      "partition jobmanager from tm-1", "kill tm-1", "run \(seconds)s",
      "pause jobmanager for 17s", "heal jobmanager from tm-1", "restart tm-1", "run 2min",
    ] {
      try session.apply(Command(parsing: line))
    }
    let process = try #require(session.ledger.process(named: "tm-1"))
    #expect(process.isAlive && !process.isLost)
    var view = SessionView()
    view.update(from: session)
    let light = try #require(view.pictures.first?.taskManagers.first { $0.name == "tm-1" })
    #expect(light.condition == .alive)
  }
}
