public import SimulationKernel

/// The present instant of virtual time, as the operators of a task see it: it stands still while
/// they work.
///
/// *Source:* Flink `ProcessingTimeService`.
public final class TaskClock {
  /// The present instant.
  public var now: VirtualInstant
  /// The time in the world at which the run began, in milliseconds since 1970.
  public let epoch: Int64

  /// Makes a clock.
  public init(now: VirtualInstant = .zero, epoch: Int64 = 0) {
    self.now = now
    self.epoch = epoch
  }

  /// Processing time: milliseconds since 1970.
  public var milliseconds: Int64 { epoch &+ now.milliseconds }

  /// The instant at which processing time has passed a time in milliseconds since 1970: one
  /// millisecond after it has come.
  ///
  /// *Source:* Flink `ProcessingTimeServiceUtil.getProcessingTimeDelay`.
  @usableFromInline
  func instant(after time: Int64) -> VirtualInstant {
    let (sinceStart, overflow) = time.subtractingReportingOverflow(epoch)
    guard !overflow, sinceStart < Int64.max / 1_000_000 else { return .distantFuture }
    guard sinceStart > Int64.min / 1_000_000 else { return .distantPast }
    return .zero + .milliseconds(sinceStart + 1)
  }
}
