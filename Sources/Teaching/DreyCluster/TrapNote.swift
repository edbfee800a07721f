#if canImport(Glibc)
import Glibc  // sigaction, write: what is left to do when a trap has struck
#else
import Darwin  // sigaction, write: what is left to do when a trap has struck
#endif

/// Says which task was running a user's code when a trap ended the process.
///
/// A trap in Swift cannot be contained. What the language prints names a line of the source; this
/// names the task, of the process's clusters the one that ran last. The handler touches memory
/// alone that was prepared.
enum TrapNote {
  private static let capacity = 600
  nonisolated(unsafe) private static let text = UnsafeMutablePointer<UInt8>.allocate(
    capacity: capacity
  )
  nonisolated(unsafe) private static var length = 0
  nonisolated(unsafe) private static var previous: [Int32: sigaction] = [:]

  /// Notes that a task is about to run a user's code.
  static func running(_ task: String) {
    let note =
      "\ndrey: a trap in the code of task \(task). A function that throws fails its task and the"
      + " job recovers; a trap ends the program.\n\n"
    var count = 0
    for byte in note.utf8.prefix(capacity) {
      unsafe text[count] = byte
      count += 1
    }
    unsafe length = count
  }

  /// Lets the note be written before whatever happens at a trap.
  static func install() {
    guard unsafe previous.isEmpty else { return }
    for signal in [SIGILL, SIGTRAP] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { signal in
        _ = unsafe write(STDERR_FILENO, TrapNote.text, TrapNote.length)
        // The instruction is tried again, now by the one who was there before.
        if var before = unsafe TrapNote.previous[signal] {
          _ = unsafe sigaction(signal, &before, nil)
        } else {
          _ = Glibc.signal(signal, SIG_DFL)
        }
      }
      var before = sigaction()
      if unsafe sigaction(signal, &action, &before) == 0 { unsafe previous[signal] = before }
    }
  }
}
