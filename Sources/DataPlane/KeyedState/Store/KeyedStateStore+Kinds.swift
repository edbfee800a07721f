public import StreamModel

// Every kind of state is made of closures over a table: where they are made the types of key and
// value are known, and no state holds the store, which holds the state.
extension KeyedStateStore {
  /// The state of one value per key under a name; asked for twice, it is the same one.
  ///
  /// - Throws: `StateCodecError` when the name is taken by a state of another kind, another type or
  ///   another time to live, or what was restored under it is of another kind or type, or cannot be
  ///   read.
  @inlinable
  public func valueState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self
  ) throws(StateCodecError) -> ValueState<Value> {
    try state(name, .value, "\(type)") { signature, current in
      let table: StateTable<Key, Value> = table()
      let state = ValueState<Value>(
        read: { current.with { table.value(hash: $1, key: $0) } },
        write: { value in current.with { table.set(value, hash: $1, key: $0) } },
        remove: { current.with { _ = table.remove(hash: $1, key: $0) } }
      )
      return (state, table.registration(signature, handle: state))
    }
  }

  /// The same with a time to live: an entry lives for so long after it was last accessed; for ever
  /// without one.
  ///
  /// - Throws: as without one, and when the time to live is not above 0.
  @inlinable
  public func valueState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self,
    timeToLive: StateTimeToLive?
  ) throws(StateCodecError) -> ValueState<Value> {
    guard let expiry = try Expiry(timeToLive, of: name, clock) else {
      return try valueState(named: name, of: type)
    }
    return try state(name, .value, "\(type)", expiry) { signature, current in
      let values = ExpiringTable<Key, Value>(table(), current, expiry)
      let state = ValueState<Value>(
        read: { values.read() },
        write: { values.write($0) },
        remove: { values.clear() }
      )
      return (state, values.registration(signature, handle: state))
    }
  }

  /// The state of one value per key into which others are combined, under a name.
  ///
  /// Asked for again under its name it is the same one, with the function that it had first.
  ///
  /// - Important: the function must not use the states of the store.
  /// - Throws: as `valueState(named:of:)`.
  @inlinable
  public func reducingState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self,
    combining combine: @escaping (Value, Value) throws -> Value
  ) throws(StateCodecError) -> ReducingState<Value> {
    try state(name, .reducing, "\(type)") { signature, current in
      let table: StateTable<Key, Value> = table()
      let state = ReducingState<Value>(
        read: { current.with { table.value(hash: $1, key: $0) } },
        combine: { value in
          try current.with {
            try table.combine(
              hash: $1,
              key: $0,
              first: { value },
              change: { $0 = try combine($0, value) }
            )
          }
        },
        remove: { current.with { _ = table.remove(hash: $1, key: $0) } }
      )
      return (state, table.registration(signature, handle: state))
    }
  }

  /// The same with a time to live: an entry lives for so long after it was last accessed; for ever
  /// without one.
  ///
  /// - Throws: as without one, and when the time to live is not above 0.
  @inlinable
  public func reducingState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self,
    timeToLive: StateTimeToLive?,
    combining combine: @escaping (Value, Value) throws -> Value
  ) throws(StateCodecError) -> ReducingState<Value> {
    guard let expiry = try Expiry(timeToLive, of: name, clock) else {
      return try reducingState(named: name, of: type, combining: combine)
    }
    return try state(name, .reducing, "\(type)", expiry) { signature, current in
      let values = ExpiringTable<Key, Value>(table(), current, expiry)
      let state = ReducingState<Value>(
        read: { values.read() },
        combine: { value in
          try values.combine(first: { value }, change: { $0 = try combine($0, value) })
        },
        remove: { values.clear() }
      )
      return (state, values.registration(signature, handle: state))
    }
  }

  /// The state of one accumulator per key, to which values are added, under a name.
  ///
  /// Asked for again under its name it is the same one, with the function that it had first. What
  /// is stored is the accumulator: its type must stay the same, input and output may change.
  ///
  /// - Important: the function must not use the states of the store.
  /// - Throws: as `valueState(named:of:)`.
  @inlinable
  public func aggregatingState<Function: AggregateFunction>(
    named name: String,
    by function: Function
  ) throws(StateCodecError) -> AggregatingState<Function.Input, Function.Output> {
    typealias Accumulator = Function.Accumulator
    typealias State = AggregatingState<Function.Input, Function.Output>
    return try state(name, .aggregating, "\(Accumulator.self)") { signature, current in
      let table: StateTable<Key, Accumulator> = table()
      let state = State(
        read: { try current.with { table.value(hash: $1, key: $0) }.map(function.getResult) },
        combine: { value in
          try current.with {
            try table.combine(
              hash: $1,
              key: $0,
              first: { try function.first(value) },
              change: { try function.add(value, to: &$0) }
            )
          }
        },
        remove: { current.with { _ = table.remove(hash: $1, key: $0) } }
      )
      return (state, table.registration(signature, handle: state))
    }
  }

  /// The same with a time to live: an entry lives for so long after it was last accessed; for ever
  /// without one.
  ///
  /// - Throws: as without one, and when the time to live is not above 0.
  @inlinable
  public func aggregatingState<Function: AggregateFunction>(
    named name: String,
    timeToLive: StateTimeToLive?,
    by function: Function
  ) throws(StateCodecError) -> AggregatingState<Function.Input, Function.Output> {
    typealias Accumulator = Function.Accumulator
    typealias State = AggregatingState<Function.Input, Function.Output>
    guard let expiry = try Expiry(timeToLive, of: name, clock) else {
      return try aggregatingState(named: name, by: function)
    }
    return try state(name, .aggregating, "\(Accumulator.self)", expiry) { signature, current in
      let values = ExpiringTable<Key, Accumulator>(table(), current, expiry)
      let state = State(
        read: { try values.read().map(function.getResult) },
        combine: { value in
          try values.combine(
            first: { try function.first(value) },
            change: { try function.add(value, to: &$0) }
          )
        },
        remove: { values.clear() }
      )
      return (state, values.registration(signature, handle: state))
    }
  }

  /// The state of that description: the one that was given out, or a new one, which registers.
  ///
  /// `make` is handed the current key, so that no state holds the store.
  @inlinable
  func state<State: AnyObject>(
    _ name: String,
    _ kind: StateKind,
    _ valueType: String,
    _ expiry: Expiry? = nil,
    make: (StateSignature, CurrentKey<Key>) -> (State, StateRegistration)
  ) throws(StateCodecError) -> State {
    let signature = StateSignature(
      name: name,
      kind: kind.text(isExpiring: expiry != nil),
      keyType: String(describing: Key.self),
      valueType: valueType
    )
    let timeToLive = expiry?.timeToLive
    if let known = try handle(of: signature, as: State.self, timeToLive: timeToLive) {
      return known
    }
    let (state, registration) = make(signature, current)
    try register(registration)
    return state
  }

  /// An empty table for the key groups of the store.
  @inlinable
  func table<TableKey: StreamKey, Value>() -> StateTable<TableKey, Value> {
    StateTable(keyGroups: keyGroups, maxParallelism: maxParallelism)
  }
}

extension StateTable {
  /// Changes the value of a key, or gives the key a first one.
  @inlinable
  func combine(
    hash: Int32,
    key: Key,
    first: () throws -> Value,
    change: (inout Value) throws -> Void
  ) rethrows {
    var isNew = false
    try update(
      hash: hash,
      key: key,
      initial: {
        isNew = true
        return try first()
      }()
    ) { if !isNew { try change(&$0) } }
  }
}
