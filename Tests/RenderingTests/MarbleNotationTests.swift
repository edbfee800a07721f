import StreamModel
import TestSupport
import Testing

import Rendering

/// Marbles as text, read and written.
@Suite struct MarbleNotationTests {
  @Test func readsWhatHappened() throws {
    let marbles = try Marbles(
      parsing: """
        a1@1000 EWR/late@2000! |3200|
        {a[0,5000) = 2} {a[0,5000) cleared}
        """
    )
    let expected = Marbles(
      events: [
        .record(Marbles.Record(key: "a", label: "1", time: EventTime(milliseconds: 1000))),
        .record(
          Marbles.Record(
            key: "EWR",
            label: "late",
            time: EventTime(milliseconds: 2000),
            lateness: .late
          )
        ),
        .watermark(EventTime(milliseconds: 3200), input: 0),
        .fires(window: 0, result: "2"), .clears(window: 0),
      ],
      windows: [
        Marbles.Window(
          key: "a",
          extent: .span(EventTime(milliseconds: 0), EventTime(milliseconds: 5000)),
          holds: [0]
        )
      ]
    )
    #expect(marbles == expected)
  }

  @Test func readsInputsAndTimesOfDay() throws {
    let marbles = try Marbles(parsing: "jfk: a1@10:04:00.250 . ewr: > |-00:30| ||end||")
    #expect(marbles.inputs == ["jfk", "ewr"])
    #expect(marbles.times == .timeOfDay)
    #expect(marbles.records.map(\.time.milliseconds) == [36_240_250])
    #expect(
      marbles.events.dropFirst() == [
        .idle(input: 0), .active(input: 1),
        .watermark(EventTime(milliseconds: -1_800_000), input: 1), .combined(Marbles.end),
      ]
    )
  }

  @Test(arguments: [
    ("a1@1000 )", 1, 9), ("a1", 1, 1), ("a1@1000\n  b1@", 2, 6), ("a1@10:4", 1, 4),
    ("a1@99999999999999999999", 1, 4), ("a1@+5", 1, 4), ("\n\n |3200", 3, 2), ("||3200|", 1, 1),
    ("\"a", 1, 1), ("{a[0,5000) = 2", 1, 1), ("{= 2}", 1, 2), ("{a[0;5000)}", 1, 4),
    ("{a[5,1)}", 1, 4), ("{a[0,5) opens}", 1, 9), ("{a[0,5)'2}", 1, 2),
    ("{a[0,5): #1}", 1, 10), ("{a[0,5): a7}", 1, 10), ("a1@1 a1@2 {a[0,5): a1}", 1, 20),
    ("松鼠1@1 ?", 1, 7), ("{a[#x]}", 1, 5), ("a/@1", 1, 1),
  ])
  func saysWhereItIsWrong(_ text: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: MarbleError.self) { try Marbles(parsing: text) }
    #expect(error?.line == line, "\(error?.description ?? "")")
    #expect(error?.column == column, "\(error?.description ?? "")")
    let place = "line \(line), column \(column): "
    #expect(error?.description.hasPrefix(place) ?? false)
    #expect((error?.description.count ?? 0) > place.count)
  }

  @Test func writesAsItReads() throws {
    for (title, text) in SampleMarbles.all {
      let marbles = try Marbles(parsing: text)
      #expect(try Marbles(parsing: marbles.notation) == marbles, "\(title)")
    }
    let text = "a1@1000 |2000| a2@500! {a[0,5000) = 2} {a[0,5000) cleared} |end|"
    #expect(try Marbles(parsing: text).notation == text)
  }

  @Test(arguments: 0..<20)
  func readsWhatItWrote(_ block: UInt64) throws {
    for seed in (block * 200..<(block + 1) * 200).prefix(Draws.runs(byDay: 40, search: 200)) {
      for marbles in [DrawnMarbles.honest(seed: seed), DrawnMarbles.odd(seed: seed)] {
        let text = marbles.notation
        let read = try #require(try? Marbles(parsing: text), "seed \(seed): \(text)")
        #expect(read == marbles, "seed \(seed): \(text)")
      }
    }
  }

  /// Whatever is read, it is read or refused, and never anything else.
  @Test func survivesAnyText() {
    let whole = SampleMarbles.all.map(\.text).joined(separator: " ")
    let scalars = Array(whole.unicodeScalars)
    for start in stride(from: 0, to: scalars.count, by: 7) {
      for length in [1, 2, 5, 13, 40] {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<min(start + length, scalars.count)])
        text.append(contentsOf: scalars[scalars.count - 1 - start..<scalars.count].prefix(length))
        guard let marbles = try? Marbles(parsing: String(text)) else { continue }
        #expect((try? Marbles(parsing: marbles.notation)) == marbles, "\(String(text))")
      }
    }
  }
}
