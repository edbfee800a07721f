import JobGraphs
import JobGraphs
import Sandbox

/// What comes over a socket while a run goes on: the only thing that a run takes in from outside,
/// as commands, so that it can be made again from its session.
struct LiveSocket {
  private let connection: SocketConnection
  /// Whether more may come.
  private(set) var isOpen = true

  /// Connects.
  ///
  /// - Throws: ``InputProblem`` when nobody listens there.
  init(_ address: SocketAddress) throws(InputProblem) {
    connection = try SocketConnection(address)
  }

  /// Hands what has come on to a run; Ctrl-C hangs up.
  ///
  /// - Throws: ``InputProblem`` when the connection fails.
  mutating func hand(to run: JobRun) throws {
    guard isOpen, !run.history.jobState.isTerminal else { return }
    let news = try connection.news()
    if let text = news.text { try run.type(.sendToSocket(text)) }
    if news.isClosed || Terminal.wasInterrupted {
      isOpen = false
      try run.type(.closeSocket)
    }
  }
}
