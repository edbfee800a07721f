/// The value of a key of keyed state at three moments of a recovery.
package struct StateReading: Sendable, Equatable {
  /// The key, as people write it.
  package var key: String
  /// Its value just before the failure; nil where it had none.
  package var atFailure: Int?
  /// Its value in the checkpoint that the job went back to; nil where it has none.
  package var inCheckpoint: Int?
  /// Its value now; nil where it has none.
  package var now: Int?

  /// Makes a reading.
  package init(key: String, atFailure: Int?, inCheckpoint: Int?, now: Int?) {
    self.key = key
    self.atFailure = atFailure
    self.inCheckpoint = inCheckpoint
    self.now = now
  }
}
