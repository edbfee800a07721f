/// A sign that means something, or a piece of a line: one column in either set of characters.
package enum Mark: Sendable, CaseIterable {
  /// The pieces of frames and rails.
  case horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight
  /// The joints of rails and of trees.
  case branch, crossing, forkRight, arrow, node, ellipsis, lastLeaf, leaf
  /// The state of a task or a job.
  case running, waiting, failed, finished, canceled
  /// A checkpoint and its barriers.
  case barrier, snapshot, saved, aborted
  /// What fills a gauge: a little, by half, and to the full.
  case gaugeLight, gaugeHalf, gaugeFull, gaugeBack
  /// From one lane to another.
  case to
  /// What a job does over time, and what happens to it.
  case processing, idle, futile, lossDeclared, restored, ended, brokenConnection
  /// What a TaskManager does over time.
  case used, spare, unnoticed, stopped
  /// An instant that someone guessed, and one that is known.
  case guess, fact
  /// Offsets: read once, read twice, a stretch that is not to scale.
  case readOnce, readTwice, skipped
  /// TaskManagers and their slots.
  case slotTaken, slotFree, paused
  /// Where something is typed, and where something is asked.
  case promptMark, question

  /// The sign in Unicode.
  package var unicode: String { Theme.characters(of: self).unicode }

  /// The sign in plain ASCII.
  package var ascii: String { Theme.characters(of: self).ascii }
}
