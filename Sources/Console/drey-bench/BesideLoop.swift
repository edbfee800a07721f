import RunFarm

/// Something that was measured in turn with the hand-written loop over events: the loop tells how
/// fast the machine was meanwhile, so that the ratio says as much on another machine.
struct BesideLoop {
  /// How many of what was counted went through in a second; the median of the rounds.
  let perSecond: Double
  /// How many events went through the loop in a second; the median of the rounds.
  let loopPerSecond: Double
  /// The share of the loop's speed; the median of the rounds.
  let ratio: Double

  /// Some hundredths of a second.
  private static let events = 5_000_000

  /// Times `body`, with the loop before and after each round.
  ///
  /// `body` returns how many of what is counted it handled.
  init(rounds: Int, onAllCores: Bool = false, _ body: () throws -> Int) rethrows {
    var loops = [Self.loop(onAllCores)]
    var speeds: [Double] = []
    for _ in 0..<rounds {
      var count = 0
      let seconds = try Stopwatch.time { count = try body() }
      speeds.append(Double(count) / seconds)
      loops.append(Self.loop(onAllCores))
    }
    perSecond = Figure.median(speeds)
    loopPerSecond = Figure.median(loops)
    ratio = Figure.median(speeds.indices.map { speeds[$0] * 2 / (loops[$0] + loops[$0 + 1]) })
  }

  /// Events a second; on all cores, how many all of them handle together.
  private static func loop(_ onAllCores: Bool) -> Double {
    let pieces = onAllCores ? 8 : 1
    var rows = 0
    let seconds = Stopwatch.time {
      if onAllCores {
        rows = RunFarm.map(pieces) { _ in WindowLoop.run(events).rows }.reduce(0, +)
      } else {
        rows = WindowLoop.run(events).rows
      }
    }
    return rows > 0 ? Double(pieces * events) / seconds : 0
  }

  /// In millions a second of what was counted, with the loop beside it.
  func text(of units: String) -> String {
    "\(Figure.tenths(perSecond / 1e6)) M \(units)/s, \(Figure.ratio(ratio)) of the loop's"
      + " \(Figure.tenths(loopPerSecond / 1e6)) M"
  }
}
