/// The processing time by which state with a time to live expires.
///
/// Whoever runs a store brings its clock along; nothing here reads a time of its own. In a task it
/// is the virtual time of the task's operators.
///
/// *Source:* Flink `TtlTimeProvider`.
public protocol StateClock: AnyObject {
  /// The present instant, in milliseconds since 1970; it never goes back, not even over a restore.
  var milliseconds: Int64 { get }
}
