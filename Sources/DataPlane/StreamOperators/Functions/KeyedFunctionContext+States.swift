public import KeyedState
public import StreamModel

/// The states that a function can ask for while it is made, each under a name of its own.
///
/// Each speaks of the key of the element that is being processed, and is kept in checkpoints. Asked
/// for again under its name it is the same one. With a time to live it expires by processing time,
/// which is virtual time.
///
/// All throw a `StateCodecError` when the name is taken by a state of another kind, another type or
/// another time to live, when what is restored under it is of another kind or type, or was stored
/// with a time to live and is asked for without, or the other way round, and when a time to live is
/// under a millisecond.
extension KeyedFunctionContext {
  /// One value for each key.
  ///
  /// ```swift
  /// let greatest = try context.valueState(named: "greatest", of: Int.self)
  /// greatest.update(max(greatest.value() ?? 0, 7))
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `RuntimeContext.getState`.
  @inlinable
  public func valueState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self
  ) throws -> ValueState<Value> {
    try store.valueState(named: name, of: type)
  }

  /// The same with a time to live: what was not accessed for so long is gone.
  ///
  /// ```swift
  /// let last = try context.valueState(
  ///   named: "last",
  ///   of: String.self,
  ///   timeToLive: StateTimeToLive(.hours(1))
  /// )
  /// last.clear()
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `StateTtlConfig`.
  @inlinable
  public func valueState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self,
    timeToLive: StateTimeToLive
  ) throws -> ValueState<Value> {
    try store.valueState(named: name, of: type, timeToLive: timeToLive)
  }

  /// A list for each key.
  ///
  /// ```swift
  /// let waiting = try context.listState(named: "waiting", of: Int.self)
  /// waiting.add(7)
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `RuntimeContext.getListState`.
  @inlinable
  public func listState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self
  ) throws -> ListState<Element> {
    try store.listState(named: name, of: type)
  }

  /// The same with a time to live: what was not accessed for so long is gone.
  ///
  /// ```swift
  /// let recent = try context.listState(
  ///   named: "recent",
  ///   of: Int.self,
  ///   timeToLive: StateTimeToLive(.minutes(5))
  /// )
  /// recent.add(7)
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `StateTtlConfig`.
  @inlinable
  public func listState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self,
    timeToLive: StateTimeToLive
  ) throws -> ListState<Element> {
    try store.listState(named: name, of: type, timeToLive: timeToLive)
  }

  /// A map for each key.
  ///
  /// ```swift
  /// let visits = try context.mapState(named: "visits", by: String.self, of: Int.self)
  /// visits.put("home", (visits.get("home") ?? 0) + 1)
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `RuntimeContext.getMapState`.
  @inlinable
  public func mapState<MapKey: StreamKey, Value: Codable>(
    named name: String,
    by keyType: MapKey.Type = MapKey.self,
    of valueType: Value.Type = Value.self
  ) throws -> MapState<MapKey, Value> {
    try store.mapState(named: name, by: keyType, of: valueType)
  }

  /// The same with a time to live: what was not accessed for so long is gone.
  ///
  /// ```swift
  /// let lately = try context.mapState(
  ///   named: "lately",
  ///   by: String.self,
  ///   of: Int.self,
  ///   timeToLive: StateTimeToLive(.minutes(5))
  /// )
  /// lately.put("home", 1)
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `StateTtlConfig`.
  @inlinable
  public func mapState<MapKey: StreamKey, Value: Codable>(
    named name: String,
    by keyType: MapKey.Type = MapKey.self,
    of valueType: Value.Type = Value.self,
    timeToLive: StateTimeToLive
  ) throws -> MapState<MapKey, Value> {
    try store.mapState(named: name, by: keyType, of: valueType, timeToLive: timeToLive)
  }

  /// One value for each key into which others are combined; the function must not use states.
  ///
  /// ```swift
  /// let sum = try context.reducingState(named: "sum", of: Int.self) { $0 + $1 }
  /// try sum.add(7)
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `RuntimeContext.getReducingState`.
  @inlinable
  public func reducingState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self,
    combining combine: @escaping (Value, Value) throws -> Value
  ) throws -> ReducingState<Value> {
    try store.reducingState(named: name, of: type, combining: combine)
  }

  /// The same with a time to live: what was not accessed for so long is gone.
  ///
  /// ```swift
  /// let hourly = try context.reducingState(
  ///   named: "hourly",
  ///   of: Int.self,
  ///   timeToLive: StateTimeToLive(.hours(1))
  /// ) { $0 + $1 }
  /// try hourly.add(7)
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `StateTtlConfig`.
  @inlinable
  public func reducingState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self,
    timeToLive: StateTimeToLive,
    combining combine: @escaping (Value, Value) throws -> Value
  ) throws -> ReducingState<Value> {
    try store.reducingState(named: name, of: type, timeToLive: timeToLive, combining: combine)
  }

  /// One accumulator for each key to which values are added; the function must not use states.
  ///
  /// ```swift
  /// let mean = try context.aggregatingState(named: "mean", by: MeanDegrees())
  /// try mean.add(Reading("attic", 1, degrees: 14, second: 1))
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `RuntimeContext.getAggregatingState`.
  @inlinable
  public func aggregatingState<Function: AggregateFunction>(
    named name: String,
    by function: Function
  ) throws -> AggregatingState<Function.Input, Function.Output> {
    try store.aggregatingState(named: name, by: function)
  }

  /// The same with a time to live: what was not accessed for so long is gone.
  ///
  /// ```swift
  /// let daily = try context.aggregatingState(
  ///   named: "daily",
  ///   timeToLive: StateTimeToLive(.days(1)),
  ///   by: MeanDegrees()
  /// )
  /// daily.clear()
  /// ```
  ///
  /// - Throws: `StateCodecError` when there can be no such state, as said above.
  ///
  /// *Source:* Flink `StateTtlConfig`.
  @inlinable
  public func aggregatingState<Function: AggregateFunction>(
    named name: String,
    timeToLive: StateTimeToLive,
    by function: Function
  ) throws -> AggregatingState<Function.Input, Function.Output> {
    try store.aggregatingState(named: name, timeToLive: timeToLive, by: function)
  }

  /// How much state the subtask keeps: entries and bytes, over all states of the function.
  ///
  /// - Complexity: O(*n*) in the number of lists and maps, and of the key groups of each state.
  @inlinable
  public var stateSize: StateSize { store.size }
}
