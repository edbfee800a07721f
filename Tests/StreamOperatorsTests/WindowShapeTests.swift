import Foundation
import GoldenCases
import StreamModel
import StreamOperators
import Testing

/// Recorded window assignment: each case of `windows.json`.
@Suite struct GoldenWindowShapeTests {
  private static func number(_ value: Any?) -> Int64? { (value as? NSNumber)?.int64Value }

  private static func windows(_ value: Any?) -> [TimeWindow] {
    (value as? [[NSNumber]] ?? []).map {
      TimeWindow(start: $0[0].int64Value, end: $0[1].int64Value)
    }
  }

  private static func assigner(_ object: [String: Any]) throws -> WindowShape {
    let name = try #require(object["assigner"] as? String)
    let size = try #require(number(object["size"]) ?? number(object["gap"]))
    let offset = number(object["offset"]) ?? 0
    if name.hasPrefix("Tumbling") { return .tumbling(size: size, offset: offset) }
    if name.hasPrefix("Sliding") {
      return .sliding(size: size, slide: try #require(number(object["slide"])), offset: offset)
    }
    return .session(gap: size)
  }

  @Test func assignsAsRecorded() throws {
    for object in Golden.list("assign", in: try Golden.object("windows.json")) {
      let assigner = try Self.assigner(object)
      for item in Golden.list("cases", in: object) {
        let timestamp = try #require(Self.number(item["ts"]))
        #expect(try assigner.windows(of: timestamp) == Self.windows(item["windows"]))
      }
    }
  }

  @Test func refusesWhatFlinkRefuses() throws {
    for object in Golden.list("invalidArguments", in: try Golden.object("windows.json")) {
      let assigner = try Self.assigner(object)
      let result = try #require(object["result"] as? String)
      if result.hasPrefix("java") {
        let message = result.split(separator: ": ", maxSplits: 1)[1]
        #expect(performing: { try assigner.check() }, throws: { "\($0)" == message })
      } else {
        #expect(throws: Never.self) { try assigner.check() }
      }
    }
    #expect(throws: WindowFailure.noTimestamp) {
      try WindowShape.tumbling(size: 1000, offset: 0).windows(of: .min)
    }
  }

  @Test func mergesSessionsAsRecorded() throws {
    for object in Golden.list("session", in: try Golden.object("windows.json")) {
      let gap = try #require(Self.number(object["gap"]))
      var windows: [TimeWindow] = []
      for step in Golden.list("steps", in: object) {
        let timestamp = try #require(Self.number(step["ts"]))
        let merged = TimeWindow.merged(
          windows + (try WindowShape.session(gap: gap).windows(of: timestamp))
        )
        // The recorder kept equal windows apart, which merging does not count as a merge.
        windows = merged.flatMap { Set($0.parts).count > 1 ? [$0.window] : $0.parts }
        #expect(windows == Self.windows(step["windowsAfter"]), "\(object)")
        let recorded = Golden.list("merges", in: step, canBeEmpty: true)
        let own = merged.filter { $0.parts.count > 1 && Set($0.parts).count > 1 }
        #expect(own.map(\.parts) == recorded.map { Self.windows($0["merged"]) })
      }
    }
  }
}
