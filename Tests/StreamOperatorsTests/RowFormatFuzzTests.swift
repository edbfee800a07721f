import RecordFormats
import Foundation
import SimulationKernel
import StreamOperators
import TestSupport
import Testing

/// Whatever the bytes are: rows, or an error with a line that exists; never a trap.
@Suite struct RowFormatFuzzTests {
  private static let runs = Draws.runs(byDay: 2000, search: 40_000)

  private static let csv = Array("\(Sample.header)\n\(Sample.row)\n\n\(Sample.row)\r\n".utf8)
  private static let json = Array(
    #"""
    {"id":1,"amount":1,"time":"2013-03-04T05:15:00Z","card":{"number":"\ud83d\ude00","limits":[1]}}

    {"amount":1e3,"id":-9,"status":"D","tags":{"é":true,"b\n":false},"x":[[],{},null]}
    """#.utf8
  )
  private static let pieces = [
    "\"", ",", "\n", "\r", "\0", "\u{FEFF}", "{", "}", "[", "]", ":", "\\", "\\u", "\\ud83d", "é",
    "1e999", "-", ".", "99999999999999999999", "null", "\"\"", "\n\n", "0",
  ].map { Array($0.utf8) }

  private static func mutated(_ good: [UInt8], _ random: inout RandomStream) -> [UInt8] {
    if random.chance(1, in: 8) {
      return (0..<random.below(80)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
    var bytes = good
    for _ in 0...random.below(4) {
      let place = random.below(bytes.count + 1)
      let end = min(bytes.count, place + random.below(6))
      switch random.below(4) {
      case 0: bytes.replaceSubrange(place..<end, with: [])
      case 1: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
      case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      default: bytes.replaceSubrange(place..<end, with: pieces[random.below(pieces.count)])
      }
    }
    return bytes
  }

  /// Reads at several parallelisms; what is said must name a line that there is, and rows that are
  /// set aside must be the same however the input is divided.
  private static func check<Format: SplitFormat>(
    _ bytes: [UInt8],
    seed: Int,
    _ open: (BadRowPolicy) throws -> Format
  ) {
    let lines = bytes.count { $0 == 0x0A } + 1
    do {
      _ = try open(.fail).rows()
    } catch let error as UnreadableInput {
      let number = error.description.firstMatch(of: /^f: line ([0-9]+)/).flatMap { Int($0.1) }
      let isPlaced = number.map { (1...lines).contains($0) } ?? error.description.hasPrefix("f: no")
      #expect(isPlaced, "seed \(seed): \(error)")
    } catch {
      Issue.record("seed \(seed): \(error)")
    }
    var outcomes: [String] = []
    for parallelism in [1, 3] {
      var rows = 0
      var skipped = 0
      do {
        for subtask in 0..<parallelism {
          let format = try open(.setAside())
          var split = SplitPosition.share(
            of: bytes.count,
            subtask: subtask,
            parallelism: parallelism
          )
          rows += try format.rows(of: &split).count
          skipped += split.setAside ?? 0
          let told = format.takeSetAside()
          let areThere = told.allSatisfy { (1...lines).contains($0.line) && !$0.reason.isEmpty }
          #expect(areThere, "seed \(seed)")
        }
        outcomes.append("\(rows) rows, \(skipped) skipped")
      } catch {
        outcomes.append("\(error)")
      }
    }
    #expect(Set(outcomes).count == 1, "seed \(seed): \(outcomes)")
  }

  @Test func readsAnyCSVOrSaysWhere() {
    for seed in 0..<Self.runs / 2 {
      var random = RandomStream(seed: UInt64(seed), name: "csv")
      let bytes = Self.mutated(Self.csv, &random)
      Self.check(bytes, seed: seed) {
        try CSVFormat(InputBytes(bytes), named: "f", as: Sample.self, onBadRow: $0)
      }
    }
  }

  @Test func readsAnyJSONLinesOrSaysWhere() {
    for seed in 0..<Self.runs / 2 {
      var random = RandomStream(seed: UInt64(seed), name: "json")
      let bytes = Self.mutated(Self.json, &random)
      Self.check(bytes, seed: seed) {
        JSONLinesFormat(
          InputBytes(bytes),
          named: "f",
          as: JSONLinesFormatTests.Payment.self,
          onBadRow: $0
        )
      }
    }
  }
}
