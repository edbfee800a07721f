import Checkers
import ClusterProtocol
import Connectors
import DataStreamAPI
import RecordFormats
import ReferenceJobs
import RunFarm
import Sandbox
import SimulationKernel

extension SearchScenario {
  /// How the searched runs differ: how records flow, and when faults strike.
  private enum Flow: String, CaseIterable {
    /// Some four seconds at 60 lines a second.
    case trickle = "trickle"
    /// As fast as the cost model allows, with checkpoints every 40 ms: buffers are in flight
    /// always.
    case torrent = "torrent"
    /// Parallelism 3 on TaskManagers of two slots each.
    case sharedTaskManagers = "shared TaskManagers"
  }

  /// Random kills at random instants: exactly once must hold at every one of them.
  package static let exactlyOnce: [SearchScenario] = Flow.allCases.map { flow in
    SearchScenario("exactly once, \(flow.rawValue)") { plantedBugs in
      search(flow, plantedBugs)
    } findDoubt: { outcome in
      outcome.struckFaults > outcome.runs / 2 && outcome.restarts > outcome.runs / 4
        ? nil : "too few faults struck for the search to mean anything"
    }
  }

  /// A word count on short lines that loses TaskManagers and tasks.
  private static func search(_ flow: Flow, _ plantedBugs: Set<PlantedBug>) -> SeedSearch {
    let isTorrent = flow == .torrent
    var options = RunOptions(job: .wordCount)
    options.input = .lines(isTorrent ? 6000 : 240, words: 8)
    options.parallelism = flow == .sharedTaskManagers ? 3 : 2
    options.slots = flow == .sharedTaskManagers ? 2 : nil
    options.rate = isTorrent ? nil : SourceRate(elementsPerSecond: 60)
    options.checkpointInterval = .milliseconds(isTorrent ? 40 : 400)
    options.cluster.plantedBugs = plantedBugs
    let faults = FaultPlan(
      horizon: isTorrent ? .milliseconds(700) : .seconds(8),
      taskManagers: ["tm-1", "tm-2", "tm-3"],
      tasks: [("lines", 2), ("counts", 2)]
    )
    return SeedSearch(options: options, faults: faults, properties: Property.exactlyOnce)
  }
}

extension InputBytes {
  /// So many lines of words out of seven, always the same.
  static func lines(_ count: Int, words perLine: Int, spread: Int? = nil) -> InputBytes {
    let words = ["leaf", "nest", "acorn", "branch", "stream", "moss", "wind"]
    var text: [UInt8] = []
    for line in 0..<count {
      let picked = (0..<perLine).map { word in
        words[(line * 5 + word * word + line / 7) % words.count]
          + (spread.map { "\(line % $0)" } ?? "")
      }
      text += (picked.joined(separator: " ") + "\n").utf8
    }
    return InputBytes(text)
  }
}
