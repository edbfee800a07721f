import Datasets
import Testing

@Suite struct ZipfTextTests {
  @Test func makesLinesOfWords() {
    var generator = ZipfText(vocabulary: 100, seed: 1)
    var text: [UInt8] = []
    generator.append(bytes: 10_000, to: &text)
    let lines = text.split(separator: 0x0A)
    #expect((10_000...10_200).contains(text.count) && text.last == 0x0A)
    for line in lines {
      let words = line.split(separator: 0x20)
      #expect(words.count == 12)
      for word in words { #expect(word.allSatisfy { (0x61...0x7A).contains($0) }) }
    }
    let counts = Dictionary(grouping: lines.flatMap { $0.split(separator: 0x20) }) { Array($0) }
    #expect(counts.count > 60)
  }
}
