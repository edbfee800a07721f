import StreamModel
import Testing

/// Keys as Flink's serialisers write them.
@Suite struct KeyBytesTests {
  private func bytes(_ key: some StreamKey) -> [UInt8] {
    var bytes: [UInt8] = []
    key.writeKey(to: &bytes)
    return bytes
  }

  private struct Route: StructKey {
    var from: String
    var number: Int16

    func visitKeyFields(_ visitor: inout KeyFieldVisitor) {
      visitor.visit(from)
      visitor.visit(number)
    }
  }

  private enum Side: String, EnumKey { case buy, sell }

  @Test func writesNumbersHighestByteFirst() {
    #expect(bytes(Int32(-2)) == [0xFF, 0xFF, 0xFF, 0xFE])
    #expect(bytes(258) == [0, 0, 0, 0, 0, 0, 1, 2])
    #expect(bytes(Int64(-1)) == Array(repeating: 0xFF, count: 8))
    #expect(bytes(Int16(513)) == [2, 1])
    #expect(bytes(UInt8(200)) == [0, 0, 0, 200])
    #expect(bytes(Int8(-1)) == [0xFF])
    #expect(bytes(true) == [1])
    #expect(bytes(1.0) == [0x3F, 0xF0, 0, 0, 0, 0, 0, 0])
  }

  @Test func writesTheLengthOfATextBeforeIt() {
    #expect(bytes("") == [1])
    #expect(bytes("ab") == [3, 0x61, 0x62])
    #expect(bytes("é") == [2, 0xE9, 0x01])
    #expect(bytes("\u{1F600}") == [3, 0xBD, 0xB0, 0x03, 0x80, 0xBC, 0x03])
    #expect(bytes(String(repeating: "a", count: 127)).prefix(3) == [0x80, 0x01, 0x61])
  }

  @Test func writesFieldByField() {
    #expect(bytes(Tuple2("a", Int32(1))) == [2, 0x61, 0, 0, 0, 1])
    #expect(bytes(Route(from: "b", number: 3)) == [2, 0x62, 0, 3])
    #expect(bytes(Side.buy) == [4, 0x62, 0x75, 0x79])
  }
}
