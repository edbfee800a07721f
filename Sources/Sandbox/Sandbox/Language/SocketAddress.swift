/// Where a socket is: a host and a port.
package struct SocketAddress: Equatable, Sendable {
  /// The host's name or number.
  package let host: String
  /// The port, from 1 to 65535.
  package let port: Int

  /// Reads `HOST:PORT`; nil for anything else.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), colon != text.startIndex else { return nil }
    let digits = text[text.index(after: colon)...]
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
      (1...65_535).contains(port)
    else { return nil }
    host = String(text[..<colon])
    self.port = port
  }

  /// The text that it is read from.
  package var text: String { "\(host):\(port)" }
}
