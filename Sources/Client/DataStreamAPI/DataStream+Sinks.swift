extension DataStream {
  /// Adds a sink that writes this stream.
  ///
  /// ```swift
  /// words.map { Tuple2($0, $0.utf8.count) }.sinkTo(FileSink.csv())
  /// ```
  ///
  /// *Source:* Flink `sinkTo`.
  @discardableResult
  public func sinkTo(_ sink: some Sink<Element>) -> DataStreamSink {
    addSink(sink.operatorName, sink.factory)
  }
}
