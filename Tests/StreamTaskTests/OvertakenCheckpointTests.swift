import DataStreamAPI
import StreamModel
import StreamOperators
import TaskRuntime
import Testing

@Suite struct OvertakenCheckpointTests {
  typealias Count = Tuple2<String, Int>

  private func counting(_ environment: StreamExecutionEnvironment) {
    environment.enableCheckpointing(every: .seconds(1))
    environment.generate(count: 1) { _, _ in Count("a", 1) }.setParallelism(2)
      .keyBy(\.f0).sum(\.f1).collect()
  }

  /// Channel 0 is held for checkpoint 1 when the barrier of 2 overtakes it on channel 1.
  ///
  /// The barrier of 2 on channel 0 waits behind the hold, which must go with checkpoint 1.
  @Test func anOvertakenCheckpointLetsItsChannelsGo() throws {
    let bench = try TaskBench(1, program: counting)
    bench.deliverBarrier(1, on: 0)
    bench.deliver([Count("a", 1)], on: 0)
    bench.deliverBarrier(2, on: 0)
    bench.deliverBarrier(2, on: 1)
    let said = try bench.run()
    #expect(said.contains("decline 1"))
    #expect(said.last == "snapshot 2")
    #expect(bench.task.metrics.queuedElements == 0)
  }

  /// Late news that checkpoint 1 was aborted changes nothing for checkpoint 2.
  @Test func theAbortOfAnOvertakenCheckpointChangesNothing() throws {
    let bench = try TaskBench(1, program: counting)
    bench.deliverBarrier(1, on: 0)
    bench.deliverBarrier(2, on: 1)
    _ = try bench.run()
    bench.task.checkpointAborted(CheckpointID(1))
    bench.deliverBarrier(2, on: 0)
    #expect(try bench.run().last == "snapshot 2")
  }
}
