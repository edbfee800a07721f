public import StreamModel
public import StreamOperators

extension KeyedStream where Element: Codable & SendableMetatype {
  /// Divides the elements of each key into windows.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(SlidingEventTimeWindows.of(.minutes(5), slide: .minutes(1)))
  ///   .max(\.degrees).print()
  /// ```
  public func window<Assigner: WindowAssigner>(
    _ assigner: Assigner
  ) -> WindowedStream<Element, Key, Assigner.Kind> {
    WindowedStream(stream, selector, assigner.plan(), isAll: false)
  }

  /// Windows of so many elements each; one that is not full at the end is never seen.
  ///
  /// ```swift
  /// readings.keyBy(\.room).countWindow(3).sum(\.degrees).print()
  /// ```
  public func countWindow(_ size: Int) -> WindowedStream<Element, Key, TriggeredWindowKind> {
    window(.global).trigger(PurgingTrigger(CountTrigger<Element>(size)))
  }

  /// Every `slide` elements, the last `size`.
  ///
  /// ```swift
  /// readings.keyBy(\.room).countWindow(3, slide: 1).sum(\.degrees).print()
  /// ```
  public func countWindow(
    _ size: Int,
    slide: Int
  ) -> WindowedStream<Element, Key, EvictingWindowKind> {
    window(.global).evictor(CountEvictor<Element>(size)).trigger(CountTrigger<Element>(slide))
  }
}

extension DataStream where Element: Codable & SendableMetatype {
  /// Divides all elements into windows, in one subtask.
  ///
  /// ```swift
  /// readings.windowAll(.untilEndOfStream).maxBy(\.degrees).print()
  /// ```
  public func windowAll<Assigner: WindowAssigner>(
    _ assigner: Assigner
  ) -> WindowedStream<Element, Int8, Assigner.Kind> {
    let keyed = keyBy { _ in Int8(0) }
    return WindowedStream(keyed.stream, keyed.selector, assigner.plan(), isAll: true)
  }

  /// Windows of so many elements of the whole stream, in one subtask.
  ///
  /// ```swift
  /// readings.countWindowAll(3).sum(\.degrees).print()
  /// ```
  public func countWindowAll(_ size: Int) -> WindowedStream<Element, Int8, TriggeredWindowKind> {
    windowAll(.global).trigger(PurgingTrigger(CountTrigger<Element>(size)))
  }

  /// Every `slide` elements of the whole stream, the last `size`, in one subtask.
  ///
  /// ```swift
  /// readings.countWindowAll(3, slide: 1).sum(\.degrees).print()
  /// ```
  public func countWindowAll(
    _ size: Int,
    slide: Int
  ) -> WindowedStream<Element, Int8, EvictingWindowKind> {
    windowAll(.global).evictor(CountEvictor<Element>(size)).trigger(CountTrigger<Element>(slide))
  }
}

extension WindowAssigner {
  /// The plan of its windows, with the trigger that it brings along.
  fileprivate func plan<Element>() -> WindowPlan<Element> {
    var plan = WindowPlan<Element>(assignment)
    if makeTrigger(for: Element.self) != nil {
      plan.trigger = { makeTrigger(for: Element.self) ?? EventTimeTrigger<Element>() }
    }
    return plan
  }
}
