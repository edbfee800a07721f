import SimulationKernel
import RecordFormats
import DataStreamAPI
import GraphTranslation
import StreamModel
import StreamOperators
import TaskRuntime
import Testing

extension TaskAction {
  /// What is wanted, in short; sinks' transactions by their number of rows.
  var text: String {
    switch self {
    case .send(let output, let subpartition, let element, _):
      "send \(output).\(subpartition) \(element.text)"
    case .grantCredit(let channel, let credit): "credit \(channel) +\(credit)"
    case .snapshot(let snapshot):
      "snapshot \(snapshot.checkpoint)" + (snapshot.isFinished ? " finished" : "")
    case .decline(let checkpoint, _): "decline \(checkpoint)"
    case .note(.barrier(let checkpoint, let channel)): "barrier \(checkpoint) on \(channel)"
    case .note(.offset(let offset, nil)): "offset \(offset)"
    case .note(.offset(let offset, let checkpoint?)): "offset \(offset) at \(checkpoint)"
    case .note(.setAside(let row)): "set aside line \(row.line), \(row.reason)"
    case .note(.endOfData): "end of data"
    case .reportWatermark(let group, let watermark): "report \(group) \(watermark.timestamp)"
    case .makeVisible(let transactions): "visible \(transactions.map(\.rows))"
    case .operate(let operations): "operate \(operations.count)"
    case .finish: "finish"
    }
  }
}

extension StreamElement {
  /// Records as they are, barriers by number.
  var text: String {
    switch self {
    case .records(let batch): batch.text
    case .watermark(let watermark): "wm \(watermark.timestamp)"
    case .status(let isIdle): isIdle ? "idle" : "active"
    case .barrier(let barrier): "| \(barrier.checkpoint)"
    case .endOfData: "endOfData"
    case .endOfPartition: "endOfPartition"
    }
  }
}

extension AnyRecordBatch {
  fileprivate var text: String {
    if let batch = self as? RecordBatch<Int> { return "\(batch.elements)" }
    if let batch = self as? RecordBatch<Tuple2<String, Int>> { return "\(batch.elements)" }
    return "\(count) records"
  }
}

extension OperatorSnapshot {
  /// The snapshot as a restored operator gets it.
  func restored() throws -> RestoredState {
    var keyed: [[UInt8]] = []
    for writer in self.keyed {
      while try !writer.writeSlice(maxEntries: 5) {}
      keyed.append(writer.finish().bytes)
    }
    return RestoredState(
      keyed: keyed,
      operatorStates: operatorState.isEmpty ? [] : [operatorState]
    )
  }
}

/// What a user function throws in these tests.
struct Mishap: Error {}

/// One task of a program, driven by hand.
final class TaskBench {
  let task: StreamTask
  private(set) var now = VirtualInstant.zero

  init(
    _ vertex: Int = 0,
    index: Int = 0,
    restored: [OperatorID: RestoredState]? = nil,
    isFinished: Bool = false,
    alignment: BarrierAlignment.Mode = .aligned,
    exclusiveBuffers: Int = 2,
    floatingBuffers: Int = 8,
    bufferBytes: Int = 32 * 1024,
    inputs: InputCatalog = InputCatalog(),
    program: (StreamExecutionEnvironment) -> Void
  ) throws {
    let environment = StreamExecutionEnvironment()
    program(environment)
    let graph = try environment.streamGraph(named: "job").translated()
    task = try StreamTask(
      TaskSetup(
        graph: graph,
        subtask: SubtaskID(vertex: vertex, index: index),
        attempt: 0,
        now: .zero,
        restored: restored,
        isFinished: isFinished,
        alignment: alignment,
        inputs: inputs,
        exclusiveBuffers: exclusiveBuffers,
        floatingBuffers: floatingBuffers,
        bufferBytes: bufferBytes,
        seed: 1
      )
    )
  }

  /// Runs every slice that is due up to that instant; what the task wanted, in order.
  func run(until limit: VirtualInstant = .zero) throws -> [String] {
    var slices = 0
    while let instant = task.nextInstant(now: now), instant <= limit {
      now = max(now, instant)
      _ = try task.runSlice(now: now)
      slices += 1
      try #require(slices < 10_000, "the task finds no rest")
    }
    now = max(now, limit)
    return take()
  }

  /// What the task wants done now.
  func take() -> [String] { task.takeActions().map(\.text) }

  /// Hands keyed counts over as an exchange would.
  func deliver(_ counts: [Tuple2<String, Int>], on channel: Int = 0, backlog: Int = 0) {
    var builder = BatchBuilder<Tuple2<String, Int>>(capacity: 1, isKeyed: true)
    for count in counts {
      let hash = KeyGroupAssignment.murmur(ofHash: count.f0.javaHash)
      builder.append(count, keyHash: UInt32(bitPattern: hash))
    }
    guard let batch = builder.seal() else { return }
    task.deliver(.records(batch), on: channel, backlog: backlog)
  }

  func deliver(_ numbers: [Int], on channel: Int = 0, backlog: Int = 0) {
    task.deliver(.records(RecordBatch(numbers)), on: channel, backlog: backlog)
  }

  func deliverBarrier(_ checkpoint: Int, on channel: Int = 0) {
    let barrier = CheckpointBarrier(checkpoint: CheckpointID(checkpoint))
    task.deliver(.barrier(barrier), on: channel, backlog: 0)
  }
}

extension VirtualInstant {
  static func milliseconds(_ count: Int64) -> VirtualInstant { .zero + .milliseconds(count) }
}
