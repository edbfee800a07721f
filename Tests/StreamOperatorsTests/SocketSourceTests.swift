import Connectors
import ExternalSystems
import JobGraphs
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

@Suite struct SocketSourceTests {
  private let external = ExternalSystems()

  private func open(
    _ received: Received<String>,
    restored: RestoredState? = nil
  ) throws -> any SourceOperator {
    var context = OperatorContext.test("Socket Stream", restored: restored)
    context.external = external
    let opened = try StreamOperatorFactory.socketSource.open(context, [received.receiver()])
    return try #require(opened as? any SourceOperator)
  }

  @Test func readsLinesAsTheyAreTyped() throws {
    let received = Received<String>()
    let source = try open(received)
    #expect(try source.emitNext(now: .zero) == .waiting(until: .zero + .milliseconds(10)))
    external.socket.send("to be\r\n\nor not")
    #expect(try source.emitNext(now: .zero) == .emitted)
    #expect(received.elements == ["to be", "", "or not"])
    #expect(source.offset == 3)
    external.socket.send("航班 \u{0} é\u{2028}")
    external.socket.close()
    external.socket.send("nobody hears this")
    #expect(try source.emitNext(now: .zero) == .emitted)
    #expect(try source.emitNext(now: .zero) == .endOfInput)
    #expect(received.elements.last == "航班 \u{0} é\u{2028}")
    #expect(received.elements.count == 4)
  }

  @Test func readsNothingTwice() throws {
    let first = Received<String>()
    let source = try open(first)
    external.socket.send("one\ntwo")
    _ = try source.emitNext(now: .zero)
    let state = try source.snapshot(CheckpointID(1)).restored()
    external.socket.send("three")
    _ = try source.emitNext(now: .zero)
    external.socket.send("four")
    let second = Received<String>()
    let successor = try open(second, restored: state)
    #expect(successor.offset == 2)
    // Who was connected before hears nothing more.
    #expect(try source.emitNext(now: .zero) == .waiting(until: .zero + .milliseconds(10)))
    #expect(try successor.emitNext(now: .zero) == .emitted)
    #expect(second.elements == ["four"])
    #expect(first.elements == ["one", "two", "three"])
  }

  @Test func takesABuffersWorthAtATime() throws {
    let received = Received<String>()
    let source = try open(received)
    external.socket.send(Array(repeating: "x", count: 100_000).joined(separator: "\n"))
    external.socket.close()
    var turns = 0
    while try source.emitNext(now: .zero) == .emitted { turns += 1 }
    #expect(turns > 1)
    #expect(received.elements.count == 100_000)
  }
}
