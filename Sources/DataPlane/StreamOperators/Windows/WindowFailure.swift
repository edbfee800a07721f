/// What is wrong with windows or with the records that come to them.
public enum WindowFailure: Error, Equatable, CustomStringConvertible {
  /// A record without event time came to windows of event time.
  case noTimestamp
  /// Windows merge, and their trigger cannot follow.
  case triggerCannotMerge
  /// The sizes do not go together.
  case wrongSize(String)

  /// One sentence; Flink's where it has one.
  public var description: String {
    switch self {
    case .noTimestamp:
      "Record has Long.MIN_VALUE timestamp (= no timestamp marker). Did you forget to call"
        + " 'DataStream.assignTimestampsAndWatermarks(...)'?"
    case .triggerCannotMerge:
      "A merging window assigner cannot be used with a trigger that does not support merging."
    case .wrongSize(let condition): condition
    }
  }
}
