import StreamModel

/// Where the task is in its life.
enum TaskLife {
  /// It processes records.
  case running
  /// Its input has ended; operators still work off what they took in.
  case draining
  /// It read everything and waits for a checkpoint taken after that to be completed; `taken` is
  /// the first such.
  case awaitingFinalCheckpoint(taken: CheckpointID?)
  /// It waits for its producers to close their channels.
  case awaitingClose
  /// It has said everything.
  case finished
}
