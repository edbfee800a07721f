import KeyedState

/// A clock that a test sets.
final class HandClock: StateClock {
  var milliseconds: Int64

  init(_ milliseconds: Int64 = 0) {
    self.milliseconds = milliseconds
  }
}
