public import KeyedState
public import StreamModel

/// Tumbling and sliding windows of event time that fire when their time is over.
///
/// The same rows as of the operator that serves any windows, by a shorter way: the windows are the
/// same for all keys, so no timer is needed for each key, and a window is looked up once for all
/// records in a row that fall into it. *Source:* Flink `WindowOperator` with `EventTimeTrigger`.
@usableFromInline
struct AlignedWindows: Sendable {
  @usableFromInline let size: Int64
  @usableFromInline let slide: Int64
  @usableFromInline let offset: Int64
  @usableFromInline let lateness: Int64

  /// The windows of a plan; nil for those that need the other operator.
  @inlinable
  init?<Element>(_ plan: WindowPlan<Element>) {
    guard plan.assigner.isEventTime, plan.trigger == nil, plan.evictor == nil else { return nil }
    switch plan.assigner.shape {
    case .tumbling(let size, let offset):
      (self.size, slide, self.offset) = (size, size, offset)
    case .sliding(let size, let slide, let offset):
      (self.size, self.slide, self.offset) = (size, slide, offset)
    case .session, .global: return nil
    }
    lateness = plan.allowedLateness
  }

  /// When a window is forgotten.
  @inlinable
  func cleanupTime(of window: TimeWindow) -> Int64 {
    let (time, overflow) = window.maxTimestamp.addingReportingOverflow(lateness)
    return overflow ? .max : time
  }

  /// Whether a record that fell into no window has come too late for any.
  @inlinable
  func isLate(_ timestamp: Int64, _ watermark: Watermark) -> Bool {
    let (time, overflow) = timestamp.addingReportingOverflow(lateness)
    return !overflow && time <= watermark.timestamp
  }
}

/// The state of aligned windows in one subtask, reached only from the closures of its operator.
@usableFromInline
final class AlignedWindowState<Key: StreamKey, Accumulator: Codable, Output> {
  @usableFromInline let windows: AlignedWindows
  @usableFromInline let table: StateTable<Key, KeyWindows<Accumulator>>
  @usableFromInline let open = OpenWindows<Key>()
  @usableFromInline let emitter: WindowEmitter<Key, Accumulator, Output>
  @usableFromInline let context: WindowContext<Key>
  @usableFromInline let output: OperatorOutput<Output>
  @usableFromInline let capacity: Int

  @inlinable
  init(
    _ windows: AlignedWindows,
    _ emitter: WindowEmitter<Key, Accumulator, Output>,
    _ context: WindowContext<Key>,
    _ output: OperatorOutput<Output>,
    capacity: Int
  ) throws {
    self.windows = windows
    self.emitter = emitter
    self.context = context
    self.output = output
    self.capacity = capacity
    table = try context.scope.store.table(named: "window-contents", by: Key.self)
    let open = open
    table.forEach { _, key, held in
      for entry in held.entries {
        open.enter(
          key,
          TimeWindow(start: entry.start, end: entry.start &+ windows.size),
          isDue: entry.isDue
        )
      }
    }
  }

  /// Emits what a key's window holds.
  @inlinable
  func fire(
    _ key: Key,
    _ window: TimeWindow,
    _ accumulator: inout Accumulator,
    _ results: inout Collector<Output>
  ) throws {
    context.scope.enter(key, window)
    results.timestamp = window.maxTimestamp
    try emitter.emit(key, &accumulator, context, &results)
    if results.count >= capacity { try output.emit(&results) }
  }

  /// Fires the windows whose time is over, and forgets those that wait for nothing more: all of it
  /// in the order of event time, as timers would do it.
  @inlinable
  func advance(to watermark: Watermark) throws {
    open.watermark = watermark
    // No timers wait for it, but functions may ask how far event time has come.
    context.scope.timers.advance(to: watermark) { _ in }
    var results = Collector<Output>(capacity: capacity)
    do {
      // Those before this place have fired already.
      var place = 0
      while true {
        while place < open.slots.count, !open.slots[place].isDue { place += 1 }
        let end = place < open.slots.count ? open.slots[place].window.maxTimestamp : .max
        let cleanup = open.slots.first.map { windows.cleanupTime(of: $0.window) } ?? .max
        if cleanup <= end, cleanup <= watermark.timestamp, cleanup < .max {
          place = max(0, place - 1)
          try close(open.slots.removeFirst(), &results)
        } else if end <= watermark.timestamp, end < .max {
          open.slots[place].isDue = false
          try fire(open.slots[place], &results)
        } else {
          break
        }
      }
    } catch {
      results.discard()
      throw error
    }
    try output.emit(&results)
    try context.sides.flush()
  }

  /// Forgets a window; whoever has not fired yet fires.
  @inlinable
  func close(_ slot: OpenWindows<Key>.Slot, _ results: inout Collector<Output>) throws {
    for key in slot.keys {  // order: a list
      try close(key, slot.window, &results)
    }
  }

  /// Fires a window, for those that are due.
  @inlinable
  func fire(_ slot: OpenWindows<Key>.Slot, _ results: inout Collector<Output>) throws {
    for key in slot.keys {  // order: a list
      try fireIfDue(key, slot.window, &results)
    }
  }

  @inlinable
  func close(_ key: Key, _ window: TimeWindow, _ results: inout Collector<Output>) throws {
    let isLast = try table.update(hash: key.javaHash, key: key, initial: KeyWindows()) { held in
      if var entry = held.remove(window.start), entry.isDue {
        try fire(key, window, &entry.contents, &results)
      }
      return held.isEmpty
    }
    if isLast { table.remove(hash: key.javaHash, key: key) }
    context.scope.enter(key, window)
    try emitter.clear(context)
  }

  @inlinable
  func fireIfDue(_ key: Key, _ window: TimeWindow, _ results: inout Collector<Output>) throws {
    try table.update(hash: key.javaHash, key: key, initial: KeyWindows()) { held in
      try held.change(window.start) { entry in
        guard entry.isDue else { return }
        entry.isDue = false
        try fire(key, window, &entry.contents, &results)
      } ?? ()
    }
  }
}

extension AlignedWindowState {
  /// What is the same for all records in a row whose latest window is the same.
  @usableFromInline
  struct Cursor {
    /// The latest window.
    @usableFromInline var window = TimeWindow(start: 0, end: 0)
    /// Whether a window of this beginning was forgotten already.
    @usableFromInline var isForgotten = false
    /// Whether its time is over, so that each record makes it fire.
    @usableFromInline var isOver = false

    @inlinable
    init() {}
  }

  @inlinable
  func move(_ cursor: inout Cursor, to start: Int64) {
    cursor.window = TimeWindow(start: start, end: start &+ windows.size)
    cursor.isForgotten = windows.cleanupTime(of: cursor.window) <= open.watermark.timestamp
    cursor.isOver = cursor.window.maxTimestamp <= open.watermark.timestamp
  }

  /// Puts a record into its windows; says whether there was one that takes it.
  @inlinable
  @inline(__always)
  func take<Contents: WindowContents>(
    _ record: UnsafeMutablePointer<Contents.Element>,
    timestamp: Int64,
    key: UnsafePointer<Key>,
    scattered: UInt32,
    _ cursor: inout Cursor,
    _ contents: Contents,
    _ results: inout Collector<Output>
  ) throws -> Bool where Contents.Accumulator == Accumulator {
    if windows.slide == windows.size {
      if timestamp < cursor.window.start || timestamp >= cursor.window.end {
        guard timestamp != Watermark.noTimestamp else { throw WindowFailure.noTimestamp }
        move(
          &cursor,
          to: TimeWindow.start(of: timestamp, offset: windows.offset, size: windows.size)
        )
      }
      if cursor.isForgotten { return false }
      try table.update(scattered: scattered, keyAt: key, initial: KeyWindows()) { held in
        try add(record, timestamp: timestamp, key: key, &held, cursor, contents, &results)
      }
      return true
    }
    guard timestamp != Watermark.noTimestamp else { throw WindowFailure.noTimestamp }
    let last = TimeWindow.start(of: timestamp, offset: windows.offset, size: windows.slide)
    move(&cursor, to: last)
    // The latest window is forgotten last.
    if last <= timestamp &- windows.size || cursor.isForgotten { return false }
    try table.update(scattered: scattered, keyAt: key, initial: KeyWindows()) { held in
      var start = last
      while start > timestamp &- windows.size {
        move(&cursor, to: start)
        if cursor.isForgotten { break }
        try add(record, timestamp: timestamp, key: key, &held, cursor, contents, &results)
        start &-= windows.slide
      }
    }
    return true
  }

  /// Puts a record into the cursor's window.
  @inlinable
  @inline(__always)
  func add<Contents: WindowContents>(
    _ record: UnsafeMutablePointer<Contents.Element>,
    timestamp: Int64,
    key: UnsafePointer<Key>,
    _ held: inout KeyWindows<Accumulator>,
    _ cursor: Cursor,
    _ contents: Contents,
    _ results: inout Collector<Output>
  ) throws where Contents.Accumulator == Accumulator {
    let isKnown: Void? = try held.change(cursor.window.start) { entry in
      try contents.add(record.pointee, timestamp: timestamp, to: &entry.contents)
      if cursor.isOver {
        try fire(key.pointee, cursor.window, &entry.contents, &results)
      } else if !entry.isDue {
        entry.isDue = true
        open.becomesDue(cursor.window)
      }
    }
    guard isKnown == nil else { return }
    var entry = WindowEntry(
      start: cursor.window.start,
      try contents.first(record.pointee, timestamp: timestamp),
      isDue: !cursor.isOver
    )
    open.enter(key.pointee, cursor.window, isDue: !cursor.isOver)
    if cursor.isOver { try fire(key.pointee, cursor.window, &entry.contents, &results) }
    held.insert(entry)
  }
}

extension StreamOperatorFactory {
  /// Tumbling and sliding windows of event time that fire when their time is over.
  @inlinable
  static func alignedWindows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ windows: AlignedWindows,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      try plan.assigner.shape.check()
      let store = try context.keyedStore(by: Key.self)
      let scope = try WindowScope(store, clock: context.clock)
      let state = try AlignedWindowState(
        windows,
        makeEmitter(),
        WindowContext(scope, context.sideOutputs),
        OperatorOutput<Output>(outputs),
        capacity: context.bufferCapacity(of: Output.self)
      )
      let receiver = BatchReceiver<Contents.Element>(operatorName: context.name) { batch in
        let hashes = batch.requiredKeyHashes
        guard let stamps = batch.timestamps else { throw WindowFailure.noTimestamp }
        var results = Collector<Output>(capacity: 16)
        var cursor = AlignedWindowState<Key, Contents.Accumulator, Output>.Cursor()
        do {
          for index in 0..<batch.count {
            let record = batch.values + index
            let timestamp = stamps[index]
            let isTaken = try selector.withKey(of: record) { key in
              try state.take(
                record,
                timestamp: timestamp,
                key: key,
                scattered: hashes[index],
                &cursor,
                contents,
                &results
              )
            }
            if !isTaken, windows.isLate(timestamp, state.open.watermark) {
              plan.dropLate(record.pointee, timestamp: timestamp, context.sideOutputs)
            }
          }
        } catch {
          results.discard()
          throw error
        }
        try state.output.emit(&results)
        try context.sideOutputs.flush()
      }
      var hooks = OperatorHooks(store)
      hooks.advance = { try state.advance(to: $0) }
      hooks.endOfKey = {
        try state.advance(to: .max)
        state.open.watermark = .none
        scope.timers.endKey(eventTime: { _ in }, processingTime: { _ in })
        store.removeAll()
      }
      return HookedOperator(context, [receiver], hooks)
    }
    .sortingInBatch(by: selector)
  }
}

extension WindowPlan {
  /// Sends a record that came too late to the side output for such; nowhere without one.
  @usableFromInline
  func dropLate(_ element: Element, timestamp: Int64, _ sides: SideOutputs) {
    if let lateTag { sides.emit(element, timestamp: timestamp, to: lateTag) }
  }
}
