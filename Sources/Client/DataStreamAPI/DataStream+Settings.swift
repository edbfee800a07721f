import JobGraphs
public import StreamOperators

// MARK: Partitioning

extension DataStream {
  /// Element by element to all subtasks in turn.
  ///
  /// ```swift
  /// words.rebalance().map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func rebalance() -> DataStream { partitioned(.rebalance) }

  /// Element by element in turn to a few subtasks of one's own share.
  ///
  /// ```swift
  /// words.rescale().map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func rescale() -> DataStream { partitioned(.rescale) }

  /// Each element to a subtask drawn by chance.
  ///
  /// ```swift
  /// words.shuffle().map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func shuffle() -> DataStream { partitioned(.shuffle) }

  /// Subtask i to subtask i; both sides must have the same parallelism.
  ///
  /// ```swift
  /// words.forward().map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func forward() -> DataStream { partitioned(.forward) }

  /// Everything to the first subtask.
  ///
  /// ```swift
  /// words.global().map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func global() -> DataStream { partitioned(.global) }

  /// Everything to every subtask.
  ///
  /// ```swift
  /// words.broadcast().map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func broadcast() -> DataStream { partitioned(.broadcast) }

  @inlinable
  func partitioned(_ strategy: ShipStrategy) -> DataStream {
    partitioned(Partitioning(strategy) { .unkeyed($0, of: Element.self) })
  }

  @usableFromInline
  func partitioned(_ partitioning: Partitioning) -> DataStream {
    DataStream(
      environment: environment,
      origins: origins.map {
        StreamOrigin(id: $0.id, partitioning: partitioning, sideOutput: $0.sideOutput)
      }
    )
  }
}

// MARK: Settings of the operator that emits this stream

extension DataStream {
  /// Names the operator, for people.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.name("shout").uid("shout").print()
  /// ```
  @discardableResult
  public func name(_ name: String) -> DataStream {
    changing { $0.name = $0.kind == .source ? "Source: \(name)" : name }
  }

  /// Names the operator's state, for later versions of the program.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.name("shout").uid("shout").print()
  /// ```
  @discardableResult
  public func uid(_ uid: String) -> DataStream { changing { $0.uid = uid } }

  /// Lets the operator run as so many subtasks.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.setParallelism(3).setMaxParallelism(64).print()
  /// ```
  @discardableResult
  public func setParallelism(_ parallelism: Int) -> DataStream {
    changing { $0.parallelism = parallelism }
  }

  /// Divides the operator's keys into so many groups: the most subtasks it can ever have.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.setParallelism(3).setMaxParallelism(64).print()
  /// ```
  @discardableResult
  public func setMaxParallelism(_ maxParallelism: Int) -> DataStream {
    changing { $0.maxParallelism = maxParallelism }
  }

  /// Chains the operator with no other.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.startNewChain().filter { $0 != "NOT" }.disableChaining().print()
  /// ```
  @discardableResult
  public func disableChaining() -> DataStream { changing { $0.chaining = .never } }

  /// Begins a new chain with the operator.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.startNewChain().filter { $0 != "NOT" }.disableChaining().print()
  /// ```
  @discardableResult
  public func startNewChain() -> DataStream { changing { $0.chaining = .head } }

  /// Lets the operator share slots only with others of this group.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.slotSharingGroup("loud").print()
  /// ```
  @discardableResult
  public func slotSharingGroup(_ group: String) -> DataStream {
    for origin in origins { environment.plan.setSlotSharingGroup(group, of: origin.id) }
    return self
  }
}
