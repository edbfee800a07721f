public import KeyedState
public import SimulationKernel
public import StreamModel

/// Windows of any kind, with any trigger.
///
/// *Source:* Flink `WindowOperator`.
@usableFromInline
final class WindowOperator<Contents: WindowContents, Key: StreamKey, Output> {
  @usableFromInline typealias Place = NamespacedKey<Key, TimeWindow>
  @usableFromInline typealias Accumulator = Contents.Accumulator

  @usableFromInline let plan: WindowPlan<Contents.Element>
  @usableFromInline let contents: Contents
  @usableFromInline let scope: WindowScope<Key>
  @usableFromInline let context: WindowContext<Key>
  @usableFromInline let triggerContext: TriggerContext
  @usableFromInline let emitter: WindowEmitter<Key, Accumulator, Output>
  @usableFromInline let sides: SideOutputs
  @usableFromInline let output: OperatorOutput<Output>
  @usableFromInline let table: StateTable<Place, Accumulator>
  /// The windows of each key, where they merge.
  @usableFromInline let merging: StateTable<Key, [TimeWindow]>?
  @usableFromInline var trigger: any WindowTrigger<Contents.Element>
  @usableFromInline var results: Collector<Output>

  @inlinable
  init(
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    _ emitter: WindowEmitter<Key, Accumulator, Output>,
    _ store: KeyedStateStore<Key>,
    _ operatorContext: OperatorContext,
    _ outputs: [AnyBatchReceiver]
  ) throws {
    try plan.assigner.shape.check()
    self.plan = plan
    self.contents = contents
    self.emitter = emitter
    scope = try WindowScope(store, clock: operatorContext.clock)
    sides = operatorContext.sideOutputs
    context = WindowContext(scope, sides)
    let scope = scope
    triggerContext = TriggerContext(scope) { [unowned scope] time, isEventTime, isWanted in
      scope.setTimer(at: time, isEventTime: isEventTime, isWanted: isWanted)
    }
    output = OperatorOutput(outputs)
    results = Collector(capacity: 16)
    trigger = plan.trigger?() ?? plan.defaultTrigger
    table = try store.table(named: "window-contents", by: Place.self)
    merging =
      plan.assigner.isMerging ? try store.table(named: "merging-windows", by: Key.self) : nil
    if plan.assigner.isMerging, !trigger.canMerge { throw WindowFailure.triggerCannotMerge }
  }

  @inlinable
  deinit { results.discard() }

  // MARK: Records

  /// Puts records into their windows.
  @inlinable
  func process(
    _ batch: RecordBatch<Contents.Element>,
    by selector: KeySelector<Contents.Element, Key>
  ) throws {
    for index in 0..<batch.count {
      let record = batch.values + index
      try process(
        record.pointee,
        selector.key(of: record.pointee),
        timestamp: batch.timestamp(at: index)
      )
    }
    try flush()
  }

  @inlinable
  func process(_ element: Contents.Element, _ key: Key, timestamp: Int64) throws {
    let moment = plan.assigner.isEventTime ? timestamp : scope.timers.currentProcessingTime
    var isSkipped = true
    for assigned in try plan.assigner.shape.windows(of: moment) {
      scope.enter(key, assigned)
      var window = assigned
      if let merging {
        window = try merge(assigned, of: key, merging)
        if isForgotten(window) {
          retire(window, of: key)
          continue
        }
      } else if isForgotten(window) {
        continue
      }
      isSkipped = false
      try add(element, timestamp: timestamp, key, window)
      scope.enter(key, window)
      let verdict = try trigger.onElement(
        element,
        timestamp: timestamp,
        window: window,
        triggerContext
      )
      try follow(verdict, key, window)
      registerCleanup(of: window, key)
    }
    if isSkipped, plan.isLate(timestamp, scope.timers.currentWatermark) {
      plan.dropLate(element, timestamp: timestamp, sides)
    }
  }

  @inlinable
  func add(
    _ element: Contents.Element,
    timestamp: Int64,
    _ key: Key,
    _ window: TimeWindow
  ) throws {
    var isNew = false
    try table.update(
      hash: key.javaHash,
      key: NamespacedKey(key, in: window),
      initial: {
        isNew = true
        return try contents.first(element, timestamp: timestamp)
      }()
    ) { accumulator in
      if !isNew { try contents.add(element, timestamp: timestamp, to: &accumulator) }
    }
  }

  // MARK: Merging

  /// Adds a window to those of a key and puts together what became one.
  @inlinable
  func merge(
    _ window: TimeWindow,
    of key: Key,
    _ merging: StateTable<Key, [TimeWindow]>
  ) throws -> TimeWindow {
    let known = merging.value(hash: key.javaHash, key: key) ?? []
    let merge = WindowMerge(adding: window, to: known)
    if merge.windows != known { merging.set(merge.windows, hash: key.javaHash, key: key) }
    guard !merge.parts.isEmpty else { return merge.result }
    scope.enter(key, merge.result)
    try trigger.onMerge(merge.result, from: merge.parts, triggerContext)
    var kept: Accumulator?
    for part in merge.parts {
      scope.enter(key, part)
      if part != merge.result {
        try trigger.clear(part, triggerContext)
        deleteCleanup(of: part, key)
      }
      guard let more = table.remove(hash: key.javaHash, key: NamespacedKey(key, in: part)) else {
        continue
      }
      guard var sum = kept else {
        kept = more
        continue
      }
      try contents.merge(more, into: &sum)
      kept = sum
    }
    if let kept {
      table.set(kept, hash: key.javaHash, key: NamespacedKey(key, in: merge.result))
    }
    return merge.result
  }

  /// Forgets that a key has a window.
  @inlinable
  func retire(_ window: TimeWindow, of key: Key) {
    guard let merging, var windows = merging.value(hash: key.javaHash, key: key) else { return }
    windows.removeAll { $0 == window }
    if windows.isEmpty {
      merging.remove(hash: key.javaHash, key: key)
    } else {
      merging.set(windows, hash: key.javaHash, key: key)
    }
  }

  // MARK: Firing

  @inlinable
  func follow(_ verdict: TriggerResult, _ key: Key, _ window: TimeWindow) throws {
    if verdict.fires { try fire(key, window) }
    if verdict.purges { table.remove(hash: key.javaHash, key: NamespacedKey(key, in: window)) }
  }

  /// Emits what a key's window holds, if it holds anything.
  @inlinable
  func fire(_ key: Key, _ window: TimeWindow) throws {
    let place = NamespacedKey(key, in: window)
    guard var accumulator = table.value(hash: key.javaHash, key: place) else { return }
    results.timestamp = window.maxTimestamp
    try emitter.emit(key, &accumulator, context, &results)
    // An evictor may have changed what the window holds; one that holds nothing fires no more.
    // *Source:* Flink `EvictingWindowOperator.emitWindowContents`.
    if contents.isEmpty(accumulator) {
      table.remove(hash: key.javaHash, key: place)
    } else if plan.evictor != nil {
      table.set(accumulator, hash: key.javaHash, key: place)
    }
    if results.count >= 1024 { try output.emit(&results) }
  }

  @inlinable
  func flush() throws {
    try output.emit(&results)
    try sides.flush()
  }

  /// A timer of event time or of processing time fires.
  @inlinable
  func timerFired(_ timer: Timer<Key, TimeWindow>, isEventTime: Bool) throws {
    let (key, window) = (timer.key, timer.namespace)
    scope.enter(key, window)
    if let merging {
      let windows = merging.value(hash: key.javaHash, key: key) ?? []
      // The window has become part of another meanwhile.
      guard windows.contains(window) else { return }
    }
    let verdict =
      isEventTime
      ? try trigger.onEventTime(timer.timestamp, window: window, triggerContext)
      : try trigger.onProcessingTime(timer.timestamp, window: window, triggerContext)
    try follow(verdict, key, window)
    guard isEventTime == plan.assigner.isEventTime,
      timer.timestamp == plan.cleanupTime(of: window)
    else { return }
    table.remove(hash: key.javaHash, key: NamespacedKey(key, in: window))
    try trigger.clear(window, triggerContext)
    try emitter.clear(context)
    retire(window, of: key)
  }

  // MARK: The end of a window

  @inlinable
  func isForgotten(_ window: TimeWindow) -> Bool {
    plan.assigner.isEventTime
      && plan.cleanupTime(of: window) <= scope.timers.currentWatermark.timestamp
  }

  @inlinable
  func registerCleanup(of window: TimeWindow, _ key: Key) {
    let time = plan.cleanupTime(of: window)
    guard time != .max else { return }
    if plan.assigner.isEventTime {
      scope.timers.registerEventTimeTimer(key, window, at: time)
    } else {
      scope.timers.registerProcessingTimeTimer(key, window, at: time)
    }
  }

  @inlinable
  func deleteCleanup(of window: TimeWindow, _ key: Key) {
    let time = plan.cleanupTime(of: window)
    guard time != .max else { return }
    if plan.assigner.isEventTime {
      scope.timers.deleteEventTimeTimer(key, window, at: time)
    } else {
      scope.timers.deleteProcessingTimeTimer(key, window, at: time)
    }
  }
}

extension WindowPlan {
  /// The trigger that the assigner brings along.
  @usableFromInline var defaultTrigger: any WindowTrigger<Element> {
    if assigner.shape == .global { return NeverTrigger<Element>() }
    return assigner.isEventTime
      ? EventTimeTrigger<Element>() : ProcessingTimeTrigger<Element>()
  }

  /// Whether a record that fell into no window has come too late for any.
  @usableFromInline
  func isLate(_ timestamp: Int64, _ watermark: Watermark) -> Bool {
    let (time, overflow) = timestamp.addingReportingOverflow(allowedLateness)
    return assigner.isEventTime && !overflow && time <= watermark.timestamp
  }
}

extension StreamOperatorFactory {
  /// Windows of any kind, with any trigger.
  @inlinable
  static func triggeredWindows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let store = try context.keyedStore(by: Key.self)
      let windows = try WindowOperator(
        plan,
        contents,
        makeEmitter(),
        store,
        context,
        outputs
      )
      let receiver = BatchReceiver<Contents.Element>(operatorName: context.name) { batch in
        try windows.process(batch, by: selector)
      }
      var hooks = OperatorHooks(store)
      hooks.advance = { watermark in
        try windows.scope.timers.advance(to: watermark) {
          try windows.timerFired($0, isEventTime: true)
        }
        try windows.flush()
      }
      hooks.nextTimer = { windows.scope.timers.nextInstant }
      hooks.timerDue = { _ in
        try windows.scope.timers.fireDue { try windows.timerFired($0, isEventTime: false) }
        try windows.flush()
      }
      hooks.endOfKey = {
        try windows.scope.timers.endKey(
          eventTime: { try windows.timerFired($0, isEventTime: true) },
          processingTime: { try windows.timerFired($0, isEventTime: false) }
        )
        try windows.flush()
        store.removeAll()
      }
      return HookedOperator(context, [receiver], hooks)
    }
    .sortingInBatch(by: selector)
  }
}
