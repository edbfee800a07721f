import Connectors
import StreamOperators

extension StreamExecutionEnvironment {
  /// A stream of the lines that are typed at the other end of a socket.
  ///
  /// ```swift
  /// environment.socketTextStream().print()
  /// ```
  ///
  /// Which socket that is, whoever runs the program says. It is read by one subtask, and cannot be
  /// read again after a failure. *Source:* Flink `socketTextStream`.
  public func socketTextStream() -> DataStream<String> {
    addSource("Source: Socket Stream", .socketSource).setParallelism(1)
  }
}
