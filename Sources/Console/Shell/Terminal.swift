import Rendering

#if canImport(Glibc)
import Glibc  // isatty, ioctl, write, nanosleep
#else
import Darwin
#endif

/// The place where a user reads: a terminal or a pipe.
package struct Terminal {
  /// Whether a person watches.
  let isInteractive: Bool
  /// How many columns there are.
  let width: Int
  /// How many rows there are; nil in a pipe.
  let height: Int?
  /// Which characters and colours may be used.
  let style: TextStyle
  private let forcesASCII: Bool

  /// Looks at standard output and at the environment.
  init(forcesASCII: Bool) {
    self.forcesASCII = forcesASCII
    isInteractive = isatty(STDOUT_FILENO) == 1
    var size = winsize()
    let isKnown =
      isInteractive && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let wanted = isKnown ? Int(size.ws_col) : Self.environment("COLUMNS").flatMap { Int($0) } ?? 80
    width = max(60, min(wanted, 200))
    height = isKnown ? Int(size.ws_row) : nil
    let speaksUTF8 =
      ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(Self.environment).first
      .map { $0.lowercased().contains("utf") } ?? !isInteractive
    let isPlain = Self.environment("NO_COLOR") != nil || Self.environment("TERM") == "dumb"
    style = TextStyle(
      characters: forcesASCII || !speaksUTF8 ? .ascii : .unicode,
      isColoured: isInteractive && !isPlain
    )
  }

  /// A variable of the environment that is set to something.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// Whether standard input is a terminal, at which a person can type.
  static var hasTypist: Bool { isatty(STDIN_FILENO) == 1 }

  /// The next line of standard input; nil at its end.
  func readLine() -> String? {
    Swift.readLine(strippingNewline: true)
  }

  /// Clears the line above the cursor and goes there.
  static func eraseLineAbove() {
    write("\u{1B}[A\r\u{1B}[K")
  }

  /// Says something when a person ends the process with Ctrl-C, which ends it all the same.
  static func sayWhenInterrupted(_ text: String) {
    farewell = Array("\n\(text)\n".utf8)
    signal(SIGINT) { _ in
      // Nothing but system calls is safe in here.
      farewell.withUnsafeBufferPointer { bytes in
        _ = systemWrite(STDOUT_FILENO, bytes.baseAddress, bytes.count)
      }
      _exit(130)
    }
  }

  /// Writes text to standard output at once.
  package static func write(_ text: String) {
    put(text, to: STDOUT_FILENO)
  }

  /// Writes bytes to standard output.
  ///
  /// - Throws: ``InputProblem`` when they cannot be written.
  static func write(_ bytes: [UInt8]) throws(InputProblem) {
    let isWritten = bytes.withUnsafeBufferPointer { put($0, to: STDOUT_FILENO) }
    guard isWritten else {
      throw InputProblem("cannot write to standard output: \(SystemError.text)")
    }
  }

  /// Writes a message to standard error.
  static func complain(_ text: String) {
    put("drey: \(text)\n", to: STDERR_FILENO)
  }

  private static func put(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { _ = put($0, to: descriptor) }
  }

  /// Whether all bytes could be written.
  private static func put(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = systemWrite(
        descriptor,
        bytes.baseAddress.map { $0 + written },
        bytes.count - written
      )
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  /// Keeps Ctrl-C for whoever asks for it, so that a run ends in good order; a second one ends
  /// the process.
  static func catchInterrupts() {
    // Whoever started the process may have blocked the signal.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    signal(SIGINT) { _ in
      if interrupts > 0 { _exit(130) }
      interrupts += 1
    }
  }

  /// Whether Ctrl-C was typed since it is caught.
  static var wasInterrupted: Bool { interrupts > 0 }

  /// The same place as it is now: its window may have changed.
  var refreshed: Terminal { Terminal(forcesASCII: forcesASCII) }

  /// Draws lines over those that were drawn before.
  func redraw(_ lines: [String], over previous: Int) {
    let up = previous > 0 ? "\u{1B}[\(previous)A" : ""
    Self.write(up + lines.map { "\r\($0)\u{1B}[K\n" }.joined() + "\u{1B}[J")
  }
}

/// How often Ctrl-C was typed since it is caught; a word that is written at once.
nonisolated(unsafe) private var interrupts: sig_atomic_t = 0

/// What is said at the end by Ctrl-C; written once, before the signal can come.
nonisolated(unsafe) private var farewell: [UInt8] = []

/// The system call, named apart from ``Terminal/write(_:)``.
private func systemWrite(
  _ descriptor: Int32,
  _ bytes: UnsafePointer<UInt8>?,
  _ count: Int
) -> Int {
  bytes.map { write(descriptor, $0, count) } ?? 0
}

/// The wall clock, which paces what people watch and measures what a run took.
package struct WallClock {
  private let start = Self.now

  /// Starts it.
  package init() {}

  /// Milliseconds since this clock was made.
  package var milliseconds: Int { Int((Self.now - start) / 1_000_000) }

  /// Waits until so many milliseconds have passed since this clock was made.
  func wait(untilMilliseconds target: Int) {
    let left = target - milliseconds
    guard left > 0 else { return }
    var pause = timespec(tv_sec: left / 1000, tv_nsec: left % 1000 * 1_000_000)
    nanosleep(&pause, nil)
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
