public import KeyedState
public import SimulationKernel

extension StateTimeToLive {
  /// A time to live in virtual time, in whole milliseconds.
  ///
  /// A state refuses one of less than a millisecond.
  public init(
    _ lifetime: VirtualDuration,
    updateType: UpdateType = .onCreateAndWrite,
    visibility: Visibility = .neverReturnExpired
  ) {
    self.init(
      milliseconds: lifetime.nanoseconds / 1_000_000,
      updateType: updateType,
      visibility: visibility
    )
  }
}
