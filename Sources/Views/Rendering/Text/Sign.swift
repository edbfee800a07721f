/// A sign of the pictures of event time, one column wide; how it looks is up to ``Theme``.
package enum Sign: Sendable, CaseIterable {
  // Records.

  /// A record ahead of the watermark.
  case onTime
  /// A record behind the watermark that still found its window.
  case late
  /// A record behind the watermark whose windows are all gone: it is dropped.
  case tooLate

  // Watermarks and inputs.

  /// The watermark that the windows go by.
  case watermark
  /// The watermark of one input among several.
  case inputWatermark
  /// Where the watermark turns down, after a way to the right.
  case corner
  /// Where the watermark turns to the right.
  case elbow
  /// The watermark's way to the right.
  case passage
  /// Event time that the watermark has passed.
  case passed
  /// From a late record to the watermark: how far it came behind.
  case lag
  /// An input becomes idle.
  case idleInput
  /// An input is active again.
  case activeInput
  /// The line of a lane.
  case flow
  /// The line of a lane whose input is idle.
  case idleFlow
  /// From a cause to what it brings about.
  case because
  /// The same to the left.
  case becauseLeft
  /// The way from a cause to what hangs below it.
  case stem

  // Windows.

  /// The first millisecond of a window.
  case opening
  /// Behind the last millisecond of a window.
  case closing
  /// A window whose state is kept.
  case held
  /// A window whose state is gone.
  case cleared
  /// A window that went into a larger one.
  case joined
  /// A record in a window that does not go by time.
  case member

  // The frame of the picture.

  /// Where a window ends, ahead of the watermark.
  case guide
  /// A labelled place on the axis.
  case tick
  /// The axis of event time.
  case axis
  /// There is more before the stretch that is shown.
  case earlier
  /// There is more after the stretch that is shown.
  case later
  /// The direction of an axis.
  case more
  /// The direction of what goes from top to bottom.
  case down

  /// What its colour means.
  package var ink: Ink { Theme.look(of: self).ink }
}
