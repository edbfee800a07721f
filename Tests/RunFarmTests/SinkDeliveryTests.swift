import Checkers
import Sandbox
import Testing

@Suite struct SinkDeliveryTests {
  private func delivery(_ seen: [String]?, of wanted: [String]) -> SinkDelivery {
    SinkDelivery(
      of: seen.map { SinkContents(name: "rows", place: .rows, lines: $0) },
      failureFree: SinkContents(name: "rows", place: .rows, lines: wanted)
    )
  }

  @Test(
    arguments: [
      (["a", "b"], ["b", "a"], 0, 0), (["a", "a", "b"], ["a", "b"], 0, 1),
      (["a"], ["a", "a", "b"], 2, 0), (["x", "a"], ["a", "b"], 1, 1), ([], [], 0, 0),
    ] as [([String], [String], Int, Int)]
  )
  func countsWhatIsMissingAndWhatIsTooMuch(
    seen: [String],
    wanted: [String],
    lost: Int,
    duplicated: Int
  ) {
    let delivery = delivery(seen, of: wanted)
    #expect(delivery.lost == lost)
    #expect(delivery.duplicated == duplicated)
    #expect(SinkPromise.exactlyOnce.isKept(by: delivery) == (lost + duplicated == 0))
    #expect(SinkPromise.atLeastOnce.isKept(by: delivery) == (lost == 0))
    #expect(SinkPromise.nothing.isKept(by: delivery))
  }

  @Test func aPlaceThatWasNeverWrittenLostEverything() {
    #expect(delivery(nil, of: ["a", "b"]).lost == 2)
  }
}
