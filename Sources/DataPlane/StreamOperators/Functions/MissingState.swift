import KeyedState

/// A function was made with a state that it never asked for.
///
/// A state that is nil does nothing, without a word: who keeps states as optionals and fills them
/// in a method that nobody calls would lose every update.
public struct MissingState: Error, CustomStringConvertible {
  /// A sentence for people.
  public let description: String

  /// Looks through the properties of a function that was just made.
  ///
  /// - Throws: ``MissingState`` for the first state that is nil.
  @usableFromInline
  static func check<Function>(_ function: Function) throws {
    for child in Mirror(reflecting: function).children {
      guard let state = child.value as? any OptionalState, state.isMissing else { continue }
      let name = child.label ?? "a state"
      throw MissingState(
        description: "\(Function.self).\(name) is nil: a function asks for its states in its"
          + " initialiser, init(_ context:), and keeps each as a let"
      )
    }
  }
}

/// What may be a state or nil.
private protocol OptionalState {
  var isMissing: Bool { get }
}

extension Optional: OptionalState where Wrapped: StateHandle {
  fileprivate var isMissing: Bool { self == nil }
}

/// A state in a function's hand.
private protocol StateHandle {}
extension ValueState: StateHandle {}
extension ListState: StateHandle {}
extension MapState: StateHandle {}
extension ReducingState: StateHandle {}
extension AggregatingState: StateHandle {}
extension OperatorListState: StateHandle {}
