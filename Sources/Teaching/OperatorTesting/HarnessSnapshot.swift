import Checkpointing
import ClusterProtocol
import KeyedState
import SimulationKernel
public import StreamModel
import StreamOperators

/// All that an operator under test keeps, at one moment: serialised, and independent of the harness
/// that it was taken of.
///
/// *Source:* Flink `OperatorSubtaskState`.
public struct HarnessSnapshot {
  let content: CompletedCheckpoint
  /// What lies at the paths that the content names.
  let objects: [String: [UInt8]]
  let attempt: Int
  /// What waited in front of the operator.
  let waiting: [HarnessStep]
  let endedInputs: [Bool]
  let isFinished: Bool
  let storage: SinkStorage

  /// The number of the checkpoint.
  public var checkpoint: CheckpointID { content.id }

  /// How many subtasks it is of.
  public var parallelism: Int { content.vertices[0].parallelism }

  var takenAt: VirtualInstant { content.triggeredAt }

  /// What each subtask is restored from when there are so many: the rules of a cluster.
  func restoredStates(parallelism: Int) -> [RestoredState] {
    StateAssignment(content).restores(ofVertex: 0, parallelism: parallelism).map { restore in
      var state = RestoredState(keyed: [], operatorStates: [])
      for part in restore.snapshots {
        for handle in part.operators {
          state.keyed += handle.keyed.compactMap { objects[$0.path] }
          if !handle.operatorState.isEmpty { state.operatorStates.append(handle.operatorState) }
          if !handle.sharedState.isEmpty {
            state.shared.append(
              SharedPart(subtask: part.subtask.index, bytes: handle.sharedState)
            )
          }
        }
      }
      return state
    }
  }

  // MARK: What is in it

  /// How many values it holds by key, in all states together, timers left out: nothing should be
  /// left of a key that has nothing to come.
  ///
  /// *Source:* Flink `AbstractStreamOperatorTestHarness.numKeyedStateEntries`.
  /// - Throws: `StateCodecError` when the state cannot be read.
  public func keyedEntries() throws -> Int {
    try entries { !$0.hasPrefix(Self.timers) }
  }

  /// How many values a state holds by key, under the name that the operator gave it.
  ///
  /// - Throws: `StateCodecError` when the state cannot be read.
  public func keyedEntries(named name: String) throws -> Int {
    try entries { String.isSame($0, name) }
  }

  /// How many timers of event time wait.
  ///
  /// - Throws: `StateCodecError` when the state cannot be read.
  public func eventTimeTimers() throws -> Int {
    try keyedEntries(named: Self.timers + "event-time")
  }

  /// How many timers of processing time wait.
  ///
  /// - Throws: `StateCodecError` when the state cannot be read.
  public func processingTimeTimers() throws -> Int {
    try keyedEntries(named: Self.timers + "processing-time")
  }

  /// How the operators name the states that hold their timers.
  private static let timers = "_timers/"

  private func entries(where isMeant: (String) -> Bool) throws -> Int {
    var count = 0
    for (_, bytes) in objects.sorted(by: { $0.key < $1.key }) {
      let reader = try KeyedStateReader(try KeyedStateBytes(finding: bytes))
      for signature in reader.signatures where isMeant(signature.name) {
        count += try reader.blocks(
          of: signature,
          in: .all(maxParallelism: reader.maxParallelism),
          maxParallelism: reader.maxParallelism
        ).reduce(0) { $0 + $1.count }
      }
    }
    return count
  }
}
