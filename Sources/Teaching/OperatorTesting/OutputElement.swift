public import StreamModel

/// One thing that an operator said: what goes over its edges, in order.
///
/// *Source:* Flink `StreamElement`.
public enum OutputElement<Element> {
  /// A record.
  case record(TimedRecord<Element>)
  /// How far event time has come, over all subtasks.
  case watermark(Watermark)
  /// Whether all subtasks are idle.
  case status(isIdle: Bool)
  /// A checkpoint's mark, behind what every subtask said before it.
  case barrier(CheckpointID)
  /// No more records will come.
  case endOfInput

  /// A record with its event time in milliseconds since 1970, if it has one.
  public static func record(_ element: Element, at timestamp: Int64? = nil) -> Self {
    .record(TimedRecord(element, at: timestamp))
  }

  /// How far event time has come, in milliseconds since 1970.
  public static func watermark(_ timestamp: Int64) -> Self { .watermark(Watermark(timestamp)) }
}

extension OutputElement: Equatable where Element: Equatable {}

extension OutputElement: CustomStringConvertible {
  /// In short: `late@1500`, `watermark 2000`, `idle`, `active`, `barrier 1`, `end`.
  public var description: String {
    switch self {
    case .record(let record): "\(record)"
    case .watermark(.max): "watermark max"
    case .watermark(let watermark): "watermark \(watermark.timestamp)"
    case .status(let isIdle): isIdle ? "idle" : "active"
    case .barrier(let checkpoint): "barrier \(checkpoint)"
    case .endOfInput: "end"
    }
  }
}
