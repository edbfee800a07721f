#if canImport(Glibc)
import Glibc  // sigaction, write: what is left to do when a trap has struck
#else
import Darwin  // sigaction, write: what is left to do when a trap has struck
#endif

/// Says which task was running a user's code when a trap ended the process.
///
/// A trap in Swift cannot be contained. What the language prints names a line of the source; this
/// names the task. Each thread has a note of its own, and the trap strikes the thread that made it;
/// the handler touches memory alone that was prepared.
enum TrapNote {
  private static let capacity = 600

  /// Finds the note of a thread: its length in the first bytes, then its text.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    unsafe pthread_key_create(&key) { unsafe free($0) }
    return key
  }()

  /// What was done at a trap before, by signal.
  nonisolated(unsafe) private static let before = UnsafeMutablePointer<sigaction>.allocate(
    capacity: 65
  )

  private static let installation: Void = {
    for signal in [SIGILL, SIGTRAP] {
      var action = sigaction()
      let handler: @convention(c) (Int32) -> Void = { signal in
        if let note = unsafe pthread_getspecific(TrapNote.key) {
          let count = unsafe note.load(as: Int.self)
          _ = unsafe write(STDERR_FILENO, note + MemoryLayout<Int>.size, count)
        }
        // The instruction is tried again, now by the one who was there before.
        unsafe sigaction(signal, TrapNote.before + Int(signal), nil)
      }
      #if canImport(Glibc)
      unsafe action.__sigaction_handler.sa_handler = handler
      #else
      unsafe action.__sigaction_u.__sa_handler = handler
      #endif
      unsafe (before + Int(signal)).initialize(to: sigaction())
      unsafe sigaction(signal, &action, before + Int(signal))
    }
  }()

  /// Notes that a task is about to run a user's code on this thread; nil when it has done so.
  static func running(_ task: String?) {
    let size = MemoryLayout<Int>.size
    var note = unsafe pthread_getspecific(key)
    if unsafe note == nil {
      unsafe note = calloc(1, size + capacity)
      unsafe pthread_setspecific(key, note)
    }
    guard let note = unsafe note else { return }
    guard let task else { return unsafe note.storeBytes(of: 0, as: Int.self) }
    let text =
      "\ndrey: a trap in the code of task \(task). A function that throws fails its task and the"
      + " job recovers; a trap ends the program.\n\n"
    var count = 0
    for byte in text.utf8.prefix(capacity) {
      unsafe note.storeBytes(of: byte, toByteOffset: size + count, as: UInt8.self)
      count += 1
    }
    unsafe note.storeBytes(of: count, as: Int.self)
  }

  /// Lets the note be written before whatever happens at a trap.
  static func install() { installation }
}
