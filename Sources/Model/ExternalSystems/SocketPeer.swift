import DequeModule

/// Whoever types at the other end of a job's socket.
///
/// It remembers what was typed and not read, as `nc` does while nobody is connected; what was read
/// is gone. Who connects anew takes the place of who was connected before.
public struct SocketPeer: Sendable {
  /// Says which of those that connected is meant.
  package struct Connection: Equatable, Sendable {
    fileprivate var number = 0
  }

  private var lines: Deque<String> = []
  private var latest = Connection()

  /// Whether nothing more will be typed.
  public private(set) var isClosed = false

  /// Makes a peer that has typed nothing.
  public init() {}

  /// Types a line, or several with newlines between them; nothing once it is closed.
  ///
  /// A carriage return at the end of a line is dropped. *Source:* Flink
  /// `SocketTextStreamFunction`, with `\n` as the delimiter.
  public mutating func send(_ text: String) {
    guard !isClosed else { return }
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let hasReturn = line.last == 0x0D
      lines.append(String(decoding: hasReturn ? line.dropLast() : line, as: UTF8.self))
    }
  }

  /// Types nothing more.
  public mutating func close() {
    isClosed = true
  }

  /// Connects.
  package mutating func connect() -> Connection {
    latest.number += 1
    return latest
  }

  /// Reads at most so many lines, which nobody will read again.
  package mutating func read(_ connection: Connection, limit: Int) -> [String] {
    guard connection == latest else { return [] }
    let taken = Array(lines.prefix(limit))
    lines.removeFirst(taken.count)
    return taken
  }

  /// Whether everything that will ever be typed was read.
  package var isAtEnd: Bool { isClosed && lines.isEmpty }
}
