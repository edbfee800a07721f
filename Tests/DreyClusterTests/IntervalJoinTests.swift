import DreyCluster
import Testing

/// An interval join at the end of time, where windows of everything put their rows.
@Suite struct IntervalJoinTests {
  @Test(arguments: [Int64.max, Int64.max - 1, Int64.max - 600_000])
  func endsWithElementsAtTheEndOfTime(_ time: Int64) throws {
    let program = Program("at-the-end") { environment in
      func stream(_ number: Int, at time: Int64) -> KeyedStream<Int, Int> {
        environment.fromData(number)
          .assignTimestampsAndWatermarks(
            .forMonotonousTimestamps().withTimestampAssigner { (_: Int) in time }
          )
          .keyBy { _ in 0 }
      }
      stream(1, at: time)
        .intervalJoin(stream(2, at: 5), between: .zero, and: .minutes(5))
        .process(emitting: Int.self) { left, right, _, sums in sums.collect(left + right) }
        .print()
    }
    let run = try DreyCluster().run(program)
    #expect(run.isSuccess)
    #expect(run.rows.isEmpty)
  }
}
