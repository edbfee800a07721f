public import StreamModel

/// How an operation of a task on an external system ended.
public struct ExternalReceipt: Sendable {
  /// What a sink wrote or committed by it; nil for other operations.
  public var committable: Committable?
  /// Whether the rows became visible by it: a commit that is made once more changes nothing.
  public var isVisible: Bool
  /// The checkpoint whose snapshot waits for it.
  public var checkpoint: CheckpointID?
  /// Why it was refused, if it was.
  public var refusal: String?

  /// Makes a receipt.
  public init(
    committable: Committable? = nil,
    isVisible: Bool = false,
    checkpoint: CheckpointID? = nil,
    refusal: String? = nil
  ) {
    self.committable = committable
    self.isVisible = isVisible
    self.checkpoint = checkpoint
    self.refusal = refusal
  }
}
