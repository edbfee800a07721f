public import StreamModel

/// What an operator says about event time of its own accord, to those behind it in its chain and
/// over its edges; wired by its chain.
public final class EventTimeOutput {
  /// Takes a watermark to whoever is behind the operator.
  public var emitWatermark: (Watermark) throws -> Void = { _ in }
  /// Tells whoever is behind the operator whether it is idle.
  public var emitStatus: (_ isIdle: Bool) throws -> Void = { _ in }

  /// Tells the JobMaster how far a member of an alignment group is.
  public var reportWatermark: (_ group: String, Watermark) -> Void = { _, _ in }

  /// Makes an output that leads nowhere yet.
  public init() {}
}
