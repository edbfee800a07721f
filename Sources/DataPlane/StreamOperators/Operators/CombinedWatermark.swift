public import StreamModel

/// The watermarks of an operator's inputs taken together: it is as far as the slowest of those that
/// are not idle.
///
/// *Source:* Flink `IndexedCombinedWatermarkStatus`.
public struct CombinedWatermark: Sendable {
  private var inputs: [(watermark: Watermark, isIdle: Bool)]
  /// How far the inputs are together.
  public private(set) var watermark = Watermark.none
  /// Whether all inputs are idle.
  public private(set) var isIdle = false

  /// Combines so many inputs.
  public init(inputs count: Int) {
    inputs = Array(repeating: (.none, false), count: count)
  }

  /// An input has come that far; says the common watermark if it moved on.
  public mutating func advance(_ input: Int, to watermark: Watermark) -> Watermark? {
    guard watermark > inputs[input].watermark else { return nil }
    inputs[input].watermark = watermark
    return combine()
  }

  /// An input became idle or active; says the common watermark if it moved on.
  public mutating func setIdle(_ input: Int, _ isIdle: Bool) -> Watermark? {
    inputs[input].isIdle = isIdle
    return combine()
  }

  private mutating func combine() -> Watermark? {
    let active = inputs.filter { !$0.isIdle }
    isIdle = active.isEmpty
    guard let slowest = active.map(\.watermark).min(), slowest > watermark else { return nil }
    watermark = slowest
    return slowest
  }
}
