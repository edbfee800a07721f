import Foundation
import GoldenCases
import SimulationKernel
import StreamModel
import TaskRuntime
import Testing

@Suite struct GoldenWatermarkValveTests {
  /// Recorded sequences: each case of `watermark_valve.json`.
  @Test func emitsAsRecorded() throws {
    for object in Golden.list("cases", in: try Golden.object("watermark_valve.json")) {
      let channels = try #require(object["channels"] as? Int)
      var valve = WatermarkValve(channels: channels)
      for step in Golden.list("steps", in: object) {
        let channel = try #require(step["channel"] as? Int)
        let outputs: [WatermarkValve.Output]
        if let watermark = (step["watermark"] as? NSNumber)?.int64Value {
          outputs = valve.watermark(Watermark(watermark), on: channel)
        } else {
          outputs = valve.status(isIdle: step["status"] as? String == "IDLE", on: channel)
        }
        let emits = Golden.list("emits", in: step, canBeEmpty: true)
        let wanted = emits.map { item -> WatermarkValve.Output in
          if let watermark = (item["watermark"] as? NSNumber)?.int64Value {
            return .watermark(Watermark(watermark))
          }
          return .status(isIdle: item["status"] as? String == "IDLE")
        }
        #expect(outputs == wanted, "\(step)")
      }
    }
  }

  /// Whatever comes, watermarks only ascend, and are never further than the furthest channel.
  @Test func onlyAscends() {
    var random = RandomStream(seed: 5, name: "valve")
    for _ in 0..<2000 {
      let count = 1 + random.below(4)
      var valve = WatermarkValve(channels: count)
      var furthest = Watermark.none
      var last = Watermark.none
      for _ in 0..<40 {
        let channel = random.below(count)
        var outputs: [WatermarkValve.Output]
        if random.chance(1, in: 3) {
          outputs = valve.status(isIdle: random.chance(1, in: 2), on: channel)
        } else {
          let watermark = Watermark(Int64(random.below(100)))
          furthest = max(furthest, watermark)
          outputs = valve.watermark(watermark, on: channel)
        }
        for case .watermark(let watermark) in outputs {
          #expect(watermark > last && watermark <= furthest)
          last = watermark
        }
      }
    }
  }
}
