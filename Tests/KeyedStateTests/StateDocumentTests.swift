import KeyedState
import TestSupport
import Testing

@Suite struct StateDocumentTests {
  @Test func aValueComesBack() throws {
    var random = SeededRandom(4)
    for _ in 0..<20 {
      let value = [sensor(&random), sensor(&random)]
      #expect(try StateDocument.decode([Sensor].self, from: StateDocument.encode(value)) == value)
    }
    #expect(try StateDocument.decode(String.self, from: StateDocument.encode("text")) == "text")
  }

  @Test func aDocumentIsNoKeyedState() throws {
    let bytes = try StateDocument.encode(7)
    let error = #expect(throws: StateCodecError.self) { try KeyedStateBytes(finding: bytes) }
    #expect(error?.problem == .unknownFormat)
    #expect(throws: StateCodecError.self) { try StateDocument.decode(String.self, from: bytes) }
    #expect(throws: StateCodecError.self) { try StateDocument.decode(Int.self, from: bytes + [0]) }
  }

  @Test func everyAlterationIsRefused() throws {
    var random = SeededRandom(8)
    let whole = try StateDocument.encode(sensor(&random))
    for _ in 0..<Draws.runs(byDay: 200, search: 10_000) {
      var bytes = whole
      if random.below(3) == 0 {
        bytes.removeLast(1 + random.below(bytes.count))
      } else {
        for _ in 0...random.below(3) {
          bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        }
      }
      guard bytes != whole else { continue }
      #expect(throws: StateCodecError.self) { try StateDocument.decode(Sensor.self, from: bytes) }
    }
  }
}
