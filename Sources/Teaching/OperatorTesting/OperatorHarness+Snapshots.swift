import Checkpointing
import ClusterProtocol
import JobGraphs
import KeyedState
import SimulationKernel
public import StreamModel
import StreamOperators

extension OperatorHarness {
  /// Takes a snapshot of every subtask: a barrier that is behind everything that the operator has
  /// taken in.
  ///
  /// What waits in front of the operator is part of it too, as in an unaligned checkpoint.
  /// - Throws: `OperatorFailure` when the operator cannot take it, `StateCodecError` when its state
  ///   cannot be written.
  public func snapshot() throws -> HarnessSnapshot {
    try work()
    checkpoints += 1
    let checkpoint = CheckpointID(checkpoints)
    log.append(.barrier(checkpoint))
    var handles: [TaskSnapshotHandle] = []
    var objects: [String: [UInt8]] = [:]
    for (index, subtask) in subtasks.enumerated() {
      let taken = try subtask.snapshot(checkpoint)
      storage.write(taken.objects)
      let keyed = try taken.keyed.enumerated().map { part, writer in
        let path = "subtask-\(index)/part-\(part)"
        let bytes = try Self.serialise(writer)
        objects[path] = bytes
        return KeyedHandle(path: path, byteCount: bytes.count, keyGroups: writer.keyGroups)
      }
      let handle = OperatorSnapshotHandle(
        operatorID: OperatorID(uid: options.name),
        keyed: keyed,
        operatorState: taken.operatorState,
        sharedState: taken.sharedState
      )
      handles.append(
        TaskSnapshotHandle(
          subtask: SubtaskID(vertex: 0, index: index),
          operators: [handle],
          isFinished: isFinished
        )
      )
    }
    let width = CompletedCheckpoint.Width(
      parallelism: options.parallelism,
      maxParallelism: options.maxParallelism
    )
    return HarnessSnapshot(
      content: CompletedCheckpoint(
        job: JobID(seed: options.seed, submission: 0),
        id: checkpoint,
        triggeredAt: clock.now,
        acknowledgedAt: clock.now,
        vertices: [width],
        handles: handles
      ),
      objects: objects,
      attempt: attempt,
      waiting: steps,
      endedInputs: endedInputs,
      isFinished: isFinished,
      storage: storage
    )
  }

  /// Serialises a part in slices of a few entries, as a cluster does beside its work.
  private static func serialise(_ writer: KeyedSnapshotWriter) throws -> [UInt8] {
    while try !writer.writeSlice(maxEntries: 64) {}
    return writer.finish().bytes
  }

  /// A fresh harness that goes on from a snapshot, at the same parallelism or at another.
  ///
  /// State is dealt out as in a cluster: keyed state to whoever owns its key groups, state of
  /// subtasks in turn where the parallelism changes, lists, unions and broadcast state by their own
  /// rules. What the operator said before is not repeated in ``output``. Event time begins anew, as
  /// in a cluster, but on inputs that had ended.
  ///
  /// - Parameters:
  ///   - snapshot: A snapshot of an operator with the same states and inputs.
  ///   - parallelism: How many subtasks go on; nil for as many as the snapshot has.
  /// - Returns: A harness at the instant at which the snapshot was taken.
  /// - Throws: `OperatorFailure` when the operator cannot be opened with that state.
  /// - Precondition: The parallelism is at least 1, and at most the number of key groups.
  public func restore(
    from snapshot: HarnessSnapshot,
    parallelism: Int? = nil
  ) throws -> OperatorHarness<Output> {
    var options = options
    options.parallelism = parallelism ?? snapshot.parallelism
    return try OperatorHarness(factory, inputs, options, from: snapshot)
  }

  // MARK: Sinks

  /// The checkpoint of a snapshot is complete: a sink's rows up to it become visible.
  public func completeCheckpoint(_ checkpoint: CheckpointID) {
    for subtask in subtasks {
      commit(subtask.checkpointCompleted(checkpoint), of: subtask)
    }
  }

  /// What sinks have made visible, in the order in which they did.
  public var visibleText: String {
    storage.visible.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
  }

  /// Makes visible what waits for no checkpoint, or for one that is complete already.
  func makeVisible() throws {
    for subtask in subtasks { commit(try subtask.takeVisible(), of: subtask) }
  }

  private func commit(_ transactions: [Transaction], of subtask: HarnessSubtask) {
    for transaction in transactions {
      storage.commit(transaction)
      subtask.commitDone(at: transaction.path)
    }
  }
}
