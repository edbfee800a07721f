/// Windows that keep every element, since an evictor wants to see them: what they come to is made
/// anew, whenever they fire, of those that it leaves.
///
/// *Source:* Flink `EvictingWindowOperator.emitWindowContents`.
public enum EvictingWindowKind: WindowKind {
  /// They stay what they are.
  public typealias Triggered = EvictingWindowKind

  /// The operator that serves any windows, with the evictor between it and what it emits.
  @inlinable
  public static func windows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory
  where Contents.Element: Codable & SendableMetatype {
    .triggeredWindows(by: selector, plan, TimedContents<Contents.Element>()) {
      guard var evictor = plan.evictor?() else {
        fatalError("broken invariant: windows that evict have no evictor")
      }
      let emitter = makeEmitter()
      return WindowEmitter(
        clear: emitter.clear,
        emit: { key, elements, context, output in
          evictor.evictBefore(&elements, window: context.window)
          if var left = try contents.all(of: elements) {
            try emitter.emit(key, &left, context, &output)
          }
          evictor.evictAfter(&elements, window: context.window)
        }
      )
    }
  }
}
