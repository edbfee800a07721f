/// How far event time has come at a task; for views.
package struct TaskEventTime: Sendable, Equatable {
  /// A channel that the task reads.
  package struct Channel: Sendable, Equatable {
    /// Who writes it.
    package var producer: SubtaskID
    /// What was promised on it last.
    package var watermark: Watermark
    /// Whether it is waited for: it is not idle, nor behind after having been.
    package var isAwaited: Bool

    /// Describes a channel.
    package init(producer: SubtaskID, watermark: Watermark, isAwaited: Bool) {
      self.producer = producer
      self.watermark = watermark
      self.isAwaited = isAwaited
    }
  }

  /// The task.
  package var subtask: SubtaskID
  /// Its channels, in order; none for a source.
  package var channels: [Channel]
  /// What its operators were told, input by input.
  package var reached: [Watermark]
  /// What it promised last to those behind it.
  package var promised: Watermark

  /// Describes a task.
  package init(
    subtask: SubtaskID,
    channels: [Channel],
    reached: [Watermark],
    promised: Watermark
  ) {
    self.subtask = subtask
    self.channels = channels
    self.reached = reached
    self.promised = promised
  }

  /// Whom it waits for: the producer of the slowest channel that counts, where others are
  /// further.
  package var waitsFor: SubtaskID? {
    let active = channels.filter(\.isAwaited)
    guard let slowest = active.map(\.watermark).min(),
      active.contains(where: { $0.watermark > slowest })
    else { return nil }
    return active.first { $0.watermark == slowest }?.producer
  }
}
