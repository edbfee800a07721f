extension DataStream {
  /// Adds a sink that writes this stream.
  ///
  /// *Source:* Flink `sinkTo`.
  @discardableResult
  public func sinkTo(_ sink: some Sink<Element>) -> DataStreamSink {
    addSink(sink.operatorName, sink.factory)
  }
}
