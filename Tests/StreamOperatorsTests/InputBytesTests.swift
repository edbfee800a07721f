import RecordFormats
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

@Suite struct InputBytesTests {
  /// Lines of all lengths, some of them not ASCII, of about so many bytes.
  private func text(ofAbout size: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = RandomStream(seed: seed, name: "text")
    var bytes: [UInt8] = []
    while bytes.count < size {
      let word = ["squirrel ", "Eichhörnchen ", "松鼠", "\n", "\r\n", "🐿️"][random.below(6)]
      bytes += word.utf8
    }
    return bytes
  }

  private func firstBadLine(of bytes: [UInt8]) -> Int? {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .firstIndex { String(validating: $0, as: UTF8.self) == nil }
      .map { index in
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[..<index].count + 1
      }
  }

  @Test(arguments: [0, 1, 100, 65_535, 65_536, 65_537, 200_000])
  func findsNothingWrongWithUTF8(size: Int) {
    #expect(InputBytes(text(ofAbout: size)).firstLineThatIsNotUTF8 == nil)
    #expect(InputBytes(Array(repeating: 0x61, count: size)).firstLineThatIsNotUTF8 == nil)
    #expect(InputBytes(Array(repeating: 0x0A, count: size)).firstLineThatIsNotUTF8 == nil)
  }

  @Test(arguments: 1...12)
  func findsTheFirstBadLineOfALargeText(seed: UInt64) {
    var bytes = text(ofAbout: 180_000, seed: seed)
    var random = RandomStream(seed: seed, name: "damage")
    for _ in 0..<3 { bytes[random.below(bytes.count)] = 0xFE }
    #expect(InputBytes(bytes).firstLineThatIsNotUTF8 == firstBadLine(of: bytes))
    bytes = text(ofAbout: 65_600, seed: seed) + [0xE6, 0x9D]
    #expect(InputBytes(bytes).firstLineThatIsNotUTF8 == firstBadLine(of: bytes))
  }

  @Test func findsTheBadLineAroundTheEndOfAChunk() {
    for place in 65_530..<65_545 {
      var bytes = Array(repeating: UInt8(0x61), count: 131_200)
      bytes[40_000] = 0x0A
      bytes[65_538] = 0x0A
      bytes[65_540] = 0x0A
      bytes[place] = 0xC3
      #expect(InputBytes(bytes).firstLineThatIsNotUTF8 == firstBadLine(of: bytes), "\(place)")
    }
  }

  /// Lines end at LF and at CR LF, a byte order mark at the start is none of them, as for a source.
  @Test(arguments: [
    ("a\r\n\r\nb\n", ["a", "b"]), ("", []), ("\n\n", []), ("a\r", ["a\r"]),
    ("a\r\r\nb\rc", ["a\r", "b\rc"]), ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]),
    ("\u{FEFF}", []), ("\u{FEFF}\r\nä", ["ä"]),
  ])
  func givesTheLinesThatASourceGivesWithoutTheEmptyOnes(_ text: String, lines: [String]) throws {
    let bytes = InputBytes(Array(text.utf8))
    var found: [String] = []
    bytes.forEachLine { found.append($0) }
    #expect(found.map { Array($0.utf8) } == lines.map { Array($0.utf8) })
    var split = SplitPosition(start: 0, end: bytes.count)
    var collector = Collector<String>(capacity: 9)
    try TextLineFormat(bytes, named: "text").read(&split, limit: 99, into: &collector)
    let read = collector.seal()?.elements.filter { !$0.utf8.isEmpty } ?? []
    #expect(read.map { Array($0.utf8) } == lines.map { Array($0.utf8) })
  }

  @Test(arguments: [1, 7, 31, 32, 33, 64, 100])
  func hashesEveryBit(size: Int) {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 * 31) }
    var seen: Set<UInt64> = [InputBytes(bytes).contentHash]
    for index in 0..<size {
      for bit in 0..<8 {
        var flipped = bytes
        flipped[index] ^= 1 << bit
        seen.insert(InputBytes(flipped).contentHash)
      }
    }
    #expect(seen.count == size * 8 + 1)
  }

  @Test func hashesLengthAndOrder() {
    let zeros = (0..<130).map { InputBytes(Array(repeating: 0, count: $0)).contentHash }
    #expect(Set(zeros).count == zeros.count)
    let words = (0..<8).map { Array(repeating: UInt8($0), count: 8) }
    let straight = InputBytes(words.flatMap(\.self)).contentHash
    for first in words.indices {
      for second in words.indices where second > first {
        var swapped = words
        swapped.swapAt(first, second)
        #expect(InputBytes(swapped.flatMap(\.self)).contentHash != straight)
      }
    }
  }

  @Test(arguments: [0, 1, 33, 1000])
  func hashesAMappedFileLikeAnArray(size: Int) {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let owner = Block(bytes)
    let mapped = InputBytes(mapped: UnsafeRawBufferPointer(owner.block), keptAliveBy: owner)
    #expect(mapped.contentHash == InputBytes(bytes).contentHash)
    #expect(mapped.count == size)
  }

  @Test func keepsAMappedFileAlive() {
    var inputs: InputBytes?
    weak var watched: Block?
    do {
      let owner = Block([1, 2, 3])
      watched = owner
      inputs = InputBytes(mapped: UnsafeRawBufferPointer(owner.block), keptAliveBy: owner)
    }
    #expect(watched != nil)
    #expect(inputs?.count == 3)
    inputs = nil
    #expect(watched == nil)
  }

  @Test func aCatalogueNamesWhatItHasNot() throws {
    var catalog = InputCatalog()
    catalog.add(InputBytes([1]), named: "a")
    #expect(try catalog.bytes(named: "a").count == 1)
    #expect(throws: UnreadableInput.self) { try catalog.bytes(named: "b") }
  }

  /// Unaligned memory of its own, as a part of a mapped file may be.
  private final class Block {
    private let memory: UnsafeMutableRawBufferPointer
    let block: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
      memory = .allocate(byteCount: bytes.count + 1, alignment: 16)
      block = UnsafeMutableRawBufferPointer(rebasing: memory[1...])
      block.copyBytes(from: bytes)
    }

    deinit {
      memory.deallocate()
    }
  }
}
