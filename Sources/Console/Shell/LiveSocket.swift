import JobGraphs
import Sandbox

/// What comes over a socket while a run goes on: the only thing that a run takes in from outside,
/// as commands, so that it can be made again from its session.
struct LiveSocket {
  private let connection: SocketConnection
  /// Whether more may come.
  private(set) var isOpen = true
  /// What was wrong with the connection, which then counts as closed.
  private(set) var problem: InputProblem?

  /// Connects.
  ///
  /// - Throws: ``InputProblem`` when nobody listens there.
  init(_ address: SocketAddress) throws(InputProblem) {
    connection = try SocketConnection(address)
  }

  /// Hands what has come on to a run; Ctrl-C hangs up.
  ///
  /// A connection that fails is one that is closed: what came before is kept.
  mutating func hand(to run: JobRun) throws {
    guard isOpen, !run.history.jobState.isTerminal else { return }
    var news = SocketConnection.News()
    do {
      news = try connection.news()
    } catch {
      problem = error
      news.isClosed = true
    }
    if let text = news.text { try run.type(.sendToSocket(text)) }
    if news.isClosed || Terminal.wasInterrupted {
      isOpen = false
      try run.type(.closeSocket)
    }
  }
}
