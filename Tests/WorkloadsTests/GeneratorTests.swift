import Foundation
import TestSupport
import Testing

import Datasets

/// The generated datasets are those of the format's reference, byte by byte.
@Suite struct GeneratorTests {
  private struct Expected: Decodable {
    var sha256: String
    var bytes: Int
    var lines: Int
  }

  private static func expected(_ name: String) throws -> Expected {
    let bytes = try Bundled.bytes("Tests/Golden/synthetic_expected.json")
    let all = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let one = try JSONSerialization.data(withJSONObject: try #require(all?[name]))
    return try JSONDecoder().decode(Expected.self, from: one)
  }

  @Test(arguments: Generator.allCases)
  func makesTheReferenceByteByByte(_ generator: Generator) throws {
    let dataset = try #require(Dataset.named(generator.rawValue))
    let expected = try Self.expected(dataset.file)
    let bytes = generator.bytes()
    #expect(SHA256.text(of: bytes) == expected.sha256)
    #expect(bytes.count == expected.bytes)
    #expect(bytes.count { $0 == 0x0A } == expected.lines)
    #expect(dataset.sha256 == expected.sha256)
  }

  @Test func drawsTheNumbersOfSplitmix64() throws {
    let bytes = try Bundled.bytes("Tests/Golden/synthetic_expected.json")
    let all = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    var random = SplitMix(seed: 0)
    let drawn = (0..<3).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    #expect(drawn == all?["splitmix64_seed0_first3"] as? [String])
  }

  @Test(arguments: Draws.cases(Generator.allCases, byDay: 3))
  func followsItsSeed(_ generator: Generator) {
    func bytes(_ seed: UInt64) -> [UInt8] {
      generator.chunks(seed: seed).reduce(into: []) { $0 += $1 }
    }
    #expect(bytes(generator.seed) == generator.bytes())
    #expect(bytes(11) == bytes(11))
    #expect(bytes(11) != bytes(12))
  }

  @Test(arguments: [1, 70, 1000, 65_536, 1 << 22])
  func isTheSameInChunksOfAnySize(_ size: Int) {
    var text = WordText()
    var whole: [UInt8] = []
    while let chunk = text.next(atLeast: size) {
      #expect(chunk.last == 0x0A)
      #expect(chunk.count <= size + 66)
      whole += chunk
    }
    #expect(whole == Generator.words.bytes())
  }

  @Test(arguments: [1, 66, 100_000, 1_000_000])
  func reachesTheSizeAtTheEndOfALine(_ size: Int) {
    let text: [UInt8] = Generator.words.chunks(size: size).reduce(into: []) { $0 += $1 }
    #expect(text.count >= size)
    #expect(text.count < size + 66)
    #expect(text.last == 0x0A)
    // The beginning does not depend on the size: only the last line of the dataset is cut short.
    let dataset = Generator.words.bytes()
    let shared = min(text.count, dataset.count - 66)
    #expect(text[..<shared] == dataset[..<shared])
  }

  @Test func countsItsWordsAsTheReferenceDoes() {
    var counts: [String: Int] = [:]
    for line in String(decoding: Generator.words.bytes(), as: UTF8.self).split(separator: "\n") {
      for word in line.dropLast().split(separator: " ") {
        counts[word.lowercased(), default: 0] += 1
      }
    }
    let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
    #expect(top.map(\.key) == ["gigi", "bage", "foge"])
    #expect(top.map(\.value) == [2515, 1786, 1532])
  }

  @Test(arguments: [1, 70, 4900])
  func takesOtherVocabularies(_ vocabulary: Int) {
    var text = WordText(vocabulary: vocabulary, length: .words(60_000), q: 0)
    var words: Set<Substring> = []
    while let chunk = text.next() {
      for line in String(decoding: chunk, as: UTF8.self).lowercased().split(separator: "\n") {
        for word in line.dropLast().split(separator: " ") {
          words.insert(word)
        }
      }
    }
    #expect(words.count <= vocabulary)
    #expect(words.count > vocabulary * 9 / 10)
  }
}
