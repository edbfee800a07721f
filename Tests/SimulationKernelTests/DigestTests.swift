import SimulationKernel
import Testing

@Suite struct DigestTests {
  private func digest(_ bytes: [UInt8], seed: UInt64 = 0) -> Digest {
    var digest = Digest(seed: seed)
    digest.combine(bytes: bytes)
    return digest
  }

  @Test func feelsEveryBitOfItsBytes() {
    let bytes: [UInt8] = (0..<37).map { UInt8($0 * 7) }
    var seen: Set<Digest> = [digest(bytes)]
    for index in bytes.indices {
      for bit in 0..<8 {
        var flipped = bytes
        flipped[index] ^= 1 << bit
        seen.insert(digest(flipped))
      }
    }
    #expect(seen.count == 37 * 8 + 1)
  }

  @Test func feelsLengthOrderAndSeed() {
    let zeros = (0..<40).map { digest(Array(repeating: 0, count: $0)) }
    #expect(Set(zeros).count == zeros.count)
    #expect(digest([1, 2]) != digest([2, 1]))
    #expect(digest([1], seed: 1) != digest([1], seed: 2))
    var first = Digest()
    var second = Digest()
    first.combine(text: "ab")
    first.combine(text: "c")
    second.combine(text: "a")
    second.combine(text: "bc")
    #expect(first != second)
  }

  @Test func feelsTheOrderOfWords() {
    var first = Digest()
    var second = Digest()
    for word in [0, 1, 2, 3] as [UInt64] { first.combine(word) }
    for word in [0, 2, 1, 3] as [UInt64] { second.combine(word) }
    #expect(first != second)
  }

  @Test func isSixteenDigits() {
    #expect((0..<200).allSatisfy { digest([], seed: $0).description.count == 16 })
    let some = digest(Array("drey".utf8))
    #expect(UInt64(some.description, radix: 16) == some.value)
  }
}
