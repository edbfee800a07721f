import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A server on 127.0.0.1 to which the command connects, and that types as a test tells it.
final class TypingPeer {
  /// The port that it listens at.
  let port: Int
  private let listener: Int32
  private var connection: Int32 = -1

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 1) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    try #require(isBound)
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  /// The address as `--socket` takes it.
  var address: String { "127.0.0.1:\(port)" }

  /// Waits until somebody connects.
  func accept() {
    #if canImport(Glibc)
    connection = Glibc.accept(listener, nil, nil)
    #else
    connection = Darwin.accept(listener, nil, nil)
    #endif
  }

  /// Types bytes.
  func type(_ bytes: [UInt8]) {
    #expect(send(connection, bytes, bytes.count, 0) == bytes.count)
  }

  /// Types a text.
  func type(_ text: String) {
    type(Array(text.utf8))
  }

  /// Hangs up, and listens no more.
  func hangUp() {
    if connection >= 0 { close(connection) }
    connection = -1
    close(listener)
  }
}
