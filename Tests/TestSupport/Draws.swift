import Foundation

/// How much a test draws: a handful by day, the rest in the long run.
///
/// `make search` is the long run: it sets `SEARCH` and runs optimised. `DREY_SEARCH_RUNS` names a
/// number of its own for all that draw seeds.
package struct Draws: Sendable {
  /// What the environment asks for.
  package static let here = Draws(ProcessInfo.processInfo.environment)

  /// Whether this is the long run.
  package let isSearch: Bool
  private let wanted: Int?

  /// What an environment asks for.
  package init(_ environment: [String: String]) {
    isSearch = !["", "0"].contains(environment["SEARCH"] ?? "")
    wanted = environment["DREY_SEARCH_RUNS"].flatMap { Int($0) }.map { max(1, $0) }
  }

  /// How many seeds a test draws.
  package func runs(byDay: Int, search: Int) -> Int {
    wanted ?? (isSearch ? search : byDay)
  }

  /// Of the given cases all in the long run, and by day so many of them, spread evenly: always
  /// the first and the last.
  package func cases<Case>(_ all: some Collection<Case>, byDay count: Int) -> [Case] {
    let all = Array(all)
    guard !isSearch, count < all.count else { return all }
    precondition(count > 1, "the first and the last are always among them")
    return (0..<count).map { all[$0 * (all.count - 1) / (count - 1)] }
  }

  /// How many seeds a test draws here.
  package static func runs(byDay: Int, search: Int) -> Int {
    here.runs(byDay: byDay, search: search)
  }

  /// Of the given cases all in the long run, and by day so many of them.
  package static func cases<Case>(_ all: some Collection<Case>, byDay count: Int) -> [Case] {
    here.cases(all, byDay: count)
  }
}
