/// Stops the program when a property that the code itself guarantees does not hold.
///
/// For mistakes of Drey's own, never for a user's input and never for user code: those are errors
/// with a message. It stays on in release, where `precondition` would print nothing.
@inlinable
public func invariant(
  _ condition: @autoclosure () -> Bool,
  _ message: @autoclosure () -> String,
  file: StaticString = #fileID,
  line: UInt = #line
) {
  guard !condition() else { return }
  fatalError("broken invariant: \(message())", file: file, line: line)
}
