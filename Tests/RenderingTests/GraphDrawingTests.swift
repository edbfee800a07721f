import JobGraphs
import SimulationKernel
import StreamModel
import Testing

import Rendering

@Suite struct GraphDrawingTests {
  @Test(arguments: Way.all)
  func drawsEveryGraph(_ way: Way) throws {
    let lines = [
      SampleGraphs.streamGraph().drawing(width: way.width, style: way.style),
      SampleGraphs.wordCount().drawing(width: way.width, style: way.style),
      SampleGraphs.branches().drawing(width: way.width, style: way.style),
      SampleGraphs.executionGraph().drawing(width: way.width, style: way.style),
    ].joined(separator: ["", ""])
    #expect(way.tooWide(Array(lines)) == [])
    try ScreenFile.expect(Array(lines), named: "graphs-\(way.name)")
  }

  @Test func drawsPlainASCIIWhereItIsAskedFor() {
    let style = TextStyle(characters: .ascii, isColoured: false)
    #expect(Way.beyondASCII(SampleGraphs.branches().drawing(width: 80, style: style)) == [])
    #expect(Way.beyondASCII(SampleGraphs.executionGraph().drawing(width: 80, style: style)) == [])
  }

  @Test func drawsACircleOpen() {
    var graph = SampleGraphs.streamGraph()
    graph.edges.append(
      StreamEdge(source: 4, target: 2, strategy: .forward, writer: NoCode())
    )
    let lines = graph.drawing(width: 80, style: TextStyle(characters: .ascii, isColoured: false))
    #expect(lines.contains { $0.contains("enrich") })
  }
}
