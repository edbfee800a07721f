public import JobGraphs
import StreamModel
public import StreamOperators

// What an author of operators needs of the API; a program gets along without it. The types of the
// factories come from the library `OperatorAuthoring`.

extension StreamExecutionEnvironment {
  /// Adds a source operator.
  public func addSource<Element>(
    _ name: String,
    _ factory: StreamOperatorFactory
  ) -> DataStream<Element> {
    let id = plan.add(
      name: name,
      kind: .source,
      parallelism: parallelism,
      factory: factory
    )
    return DataStream(environment: self, operator: id)
  }
}

extension DataStream {
  /// Adds an operator that reads this stream.
  @inlinable
  public func transform<Out>(
    _ name: String,
    _ factory: StreamOperatorFactory,
    emitting type: Out.Type = Out.self
  ) -> DataStream<Out> {
    DataStream<Out>(
      environment: environment,
      operator: attach(name, .transformation, factory)
    )
  }

  /// Adds a sink that writes this stream.
  @discardableResult
  public func addSink(_ name: String, _ factory: StreamOperatorFactory) -> DataStreamSink {
    DataStreamSink(environment: environment, id: attach(name, .sink, factory))
  }

  /// Adds an operator that reads this stream and another.
  @inlinable
  public func transform<Other, Out>(
    _ name: String,
    _ factory: StreamOperatorFactory,
    with other: DataStream<Other>,
    emitting type: Out.Type = Out.self
  ) -> DataStream<Out> {
    let id = attach(name, .transformation, factory)
    other.connect(to: id, input: 1)
    return DataStream<Out>(environment: environment, operator: id)
  }
}

extension ConnectedStreams {
  /// Adds an operator that reads both streams.
  @inlinable
  public func transform<Out>(
    _ name: String,
    _ factory: StreamOperatorFactory,
    emitting type: Out.Type = Out.self
  ) -> DataStream<Out> {
    first.transform(name, factory, with: second, emitting: type)
  }
}
