import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel
import Testing

import Rendering

/// What pictures of wide jobs work out only when it is asked for.
@Suite struct WideGraphTests {
  private let plain = TextStyle(characters: .unicode, isColoured: false)

  private func tracks(_ strategy: ShipStrategy, _ producers: Int, _ consumers: Int) -> [[Int]] {
    var graph = SampleGraphs.wordCount(parallelism: producers)
    graph.vertices[1].parallelism = consumers
    graph.edges[0].strategy = strategy
    let input = RunPicture(graph: graph).liveGraph.vertices[1].inputs[0]
    #expect(input.tracks.count == Array(input.tracks).count)
    return input.tracks.map { [$0.producer, $0.consumer] }
  }

  @Test(arguments: [ShipStrategy.hash, .rescale], 1...9)
  func aTrackIsThereForEachChannel(_ strategy: ShipStrategy, producers: Int) {
    for consumers in 1...9 {
      let edge = JobEdge(source: 0, target: 1, input: 0, strategy: strategy, writer: NoCode())
      let channels = (0..<producers).flatMap { producer in
        edge.consumers(ofProducer: producer, producers: producers, consumers: consumers)
          .map { [producer, $0] }
      }
      #expect(tracks(strategy, producers, consumers) == channels)
    }
  }

  /// A barrier on a channel of an input that is not the first is on that channel's track.
  @Test func aBarrierIsOnTheTrackOfItsChannel() {
    let graph = SampleGraphs.branches()
    var picture = RunPicture(graph: graph)
    let job = JobID(seed: 1, submission: 1)
    picture.apply(.jobSubmitted(job, name: "flights"), at: .zero)
    picture.apply(.checkpointTriggered(job, CheckpointID(1)), at: .zero)
    // The consumer reads one channel of the rules, then four of the flights.
    let subtask = SubtaskID(vertex: 2, index: 3)
    picture.apply(
      .barrierArrived(job, CheckpointID(1), subtask: subtask, channel: 2, of: 5),
      at: .zero + .milliseconds(1)
    )
    let inputs = picture.liveGraph.vertices[2].inputs
    let arrived = inputs.map { input in
      input.tracks.filter { $0.place != .absent }.map { [$0.producer, $0.consumer] }
    }
    #expect(arrived == [[], [[1, 3]]])
    #expect(inputs.map(\.arrivedCount) == [0, 1])
  }

  @Test func saysWhatIsWaitedFor() {
    let lines = [false, true].flatMap {
      RunWait(tasks: 2000, areRunning: $0).text(width: 60, style: plain)
    }
    #expect(lines == [" Deploying 2,000 tasks …", " Running 2,000 tasks …"])
    #expect(RunWait(tasks: 1, areRunning: false).describe() == ["Deploying 1 task."])
    let ascii = TextStyle(characters: .ascii, isColoured: false)
    let line = RunWait(tasks: 2, areRunning: false).text(width: 60, style: ascii)[0]
    #expect(line.utf8.allSatisfy { $0 < 128 })
  }
}
