import Sandbox

#if canImport(Glibc)
import Glibc  // socket, connect, recv
#else
import Darwin
#endif

/// A connection to whoever types at the other end of a socket: `nc -lk 9999`, most of all.
///
/// Whole lines are handed on; the rest of a line waits for its end, so that a character is never
/// cut in two.
final class SocketConnection {
  /// What has come since it was asked last.
  struct News {
    /// The lines, without the end of the last one; nil where no line was completed.
    var text: String?
    /// Whether the other end has hung up.
    var isClosed = false
  }

  /// The longest line that is taken, in bytes.
  static let longestLine = 1 << 20

  private let address: SocketAddress
  private let descriptor: Int32
  private var unfinished: [UInt8] = []

  /// Connects.
  ///
  /// - Throws: ``InputProblem`` when nobody listens there.
  init(_ address: SocketAddress) throws(InputProblem) {
    self.address = address
    descriptor = try Self.connected(to: address)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  deinit { close(descriptor) }

  /// Takes what has come, without waiting.
  ///
  /// What stands behind the last line's end when the other end hangs up is a line too. Bytes that
  /// are not UTF-8 are replaced before they enter the run.
  ///
  /// - Throws: ``InputProblem`` when the connection fails, or a line does not end.
  func news() throws(InputProblem) -> News {
    var news = News()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    // What comes without an end is taken in pieces, so that time can pass between them.
    var room = Self.longestLine
    while !news.isClosed, room > 0 {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count > 0 {
        unfinished += chunk[..<count]
        room -= count
      } else if count == 0 || errno == ECONNRESET {
        news.isClosed = true
      } else if errno == EAGAIN {
        break
      } else if errno != EINTR {
        throw InputProblem("cannot read from \(address.text): \(SystemError.text)")
      }
    }
    if let end = unfinished.lastIndex(of: 0x0A) {
      news.text = String(decoding: unfinished[..<end], as: UTF8.self)
      unfinished.removeSubrange(...end)
    }
    if news.isClosed, !unfinished.isEmpty {
      let rest = String(decoding: unfinished, as: UTF8.self)
      news.text = news.text.map { "\($0)\n\(rest)" } ?? rest
      unfinished = []
    }
    guard unfinished.count <= Self.longestLine else {
      throw InputProblem("\(address.text): a line is longer than 1 MiB and does not end")
    }
    return news
  }

  /// A connected socket.
  private static func connected(to address: SocketAddress) throws(InputProblem) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = streamType
    var found: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(address.host, "\(address.port)", &hints, &found)
    guard status == 0 else {
      throw InputProblem("cannot find \(address.host): \(String(cString: gai_strerror(status)))")
    }
    defer { freeaddrinfo(found) }
    var next = found
    while let candidate = next?.pointee {
      let descriptor = socket(
        candidate.ai_family,
        candidate.ai_socktype,
        candidate.ai_protocol
      )
      if descriptor >= 0 {
        if connect(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0 { return descriptor }
        let error = errno
        close(descriptor)
        errno = error
      }
      next = candidate.ai_next
    }
    throw InputProblem(
      "cannot connect to \(address.text): \(SystemError.text);"
        + " run \"nc -lk \(address.port)\" in another terminal first"
    )
  }
}

#if canImport(Glibc)
private let streamType = Int32(SOCK_STREAM.rawValue)
#else
private let streamType = SOCK_STREAM
#endif
