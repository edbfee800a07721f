import Dispatch

/// Many independent pieces of work on all cores; the one place that owns threads.
///
/// Each piece is a function of its number, so that the results do not depend on the threads.
package enum RunFarm {
  /// The results of `body` for each number up to `count`, in order.
  package static func map<Result: Sendable>(
    _ count: Int,
    _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let results = ResultTable<Result>(count: count)
    DispatchQueue.concurrentPerform(iterations: count) { number in
      results.set(body(number), at: number)
    }
    return results.all
  }
}

/// A place for each result.
///
/// Each thread writes places of its own, and reading begins when all have ended.
@safe
private final class ResultTable<Result: Sendable>: @unchecked Sendable {
  private let places: UnsafeMutableBufferPointer<Result?>

  init(count: Int) {
    unsafe places = .allocate(capacity: count)
    unsafe places.initialize(repeating: nil)
  }

  deinit {
    unsafe places.deinitialize()
    unsafe places.deallocate()
  }

  func set(_ result: Result, at number: Int) {
    unsafe places[number] = result
  }

  var all: [Result] { unsafe places.compactMap { $0 } }
}
