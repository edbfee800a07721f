/// Every error that crosses the simulated network, with Flink's name for it.
public indirect enum ClusterError: Error, Sendable, Equatable {
  /// The connection to another TaskManager broke.
  case connectionLost(peer: String)
  /// Nobody lives at the address that a message was sent to.
  case recipientUnreachable(recipient: String, message: String)
  /// A TaskManager did not answer.
  case taskManagerUnreachable(name: String)
  /// A TaskManager was silent for too long.
  case heartbeatTimeout(name: String)
  /// The slots that the job needs are not to be had.
  case noResourceAvailable(needed: Int, available: Int)
  /// A function of the user's threw.
  case userCode(operatorName: String, message: String)
  /// The user failed the task.
  case failedByUser
  /// A source's input cannot be read: the same failure would come again.
  case unreadableInput(message: String)
  /// A producer's output was not there.
  case partitionNotFound(producer: String)
  /// State could not be read, written or understood.
  case stateAccess(message: String)
  /// An external system refused what a task asked of it: a fenced producer, a topic that is gone.
  case externalSystem(message: String)
  /// A checkpoint failed, and no more failures are tolerated.
  case checkpointFailureThreshold(last: String)
  /// The restart strategy allows no further attempt.
  case recoverySuppressed(strategy: String, cause: ClusterError)
  /// The task was told something that its TaskManager cannot do.
  case rejected(message: String)

  /// Whether the same failure would come again after a restart, so that none is attempted.
  ///
  /// *Source:* Flink `ThrowableType.NonRecoverableError`.
  public var isUnrecoverable: Bool {
    if case .unreadableInput = self { true } else { false }
  }

  /// The name of the exception that Flink throws in this case.
  public var flinkName: String {
    switch self {
    case .connectionLost:
      "org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException"
    case .recipientUnreachable:
      "org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException"
    case .taskManagerUnreachable, .rejected: "org.apache.flink.util.FlinkException"
    case .heartbeatTimeout: "java.util.concurrent.TimeoutException"
    case .noResourceAvailable:
      "org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException"
    case .userCode, .failedByUser: "java.lang.RuntimeException"
    case .unreadableInput, .stateAccess: "java.io.IOException"
    case .externalSystem: "org.apache.kafka.common.KafkaException"
    case .partitionNotFound:
      "org.apache.flink.runtime.io.network.partition.PartitionNotFoundException"
    case .checkpointFailureThreshold: "org.apache.flink.util.FlinkRuntimeException"
    case .recoverySuppressed: "org.apache.flink.runtime.JobException"
    }
  }
}

extension ClusterError: CustomStringConvertible {
  /// A sentence for people; where Flink has one, it says the same.
  public var description: String {
    switch self {
    case .connectionLost(let peer):
      "connection unexpectedly closed by remote task manager '\(peer)': it might be lost"
    case .recipientUnreachable(let recipient, let message):
      "could not send \(message) to \(recipient), because the recipient is unreachable"
    case .taskManagerUnreachable(let name):
      "TaskManager with id \(name) is no longer reachable"
    case .heartbeatTimeout(let name):
      "heartbeat of TaskManager with id \(name) timed out"
    case .noResourceAvailable(let needed, let available):
      "could not acquire the minimum required resources: \(needed) slots needed, \(available) there"
    case .userCode(let name, let message): "\(name): \(message)"
    case .failedByUser: "failed by command"
    case .unreadableInput(let message): message
    case .partitionNotFound(let producer): "the output of \(producer) was not found"
    case .stateAccess(let message), .externalSystem(let message): message
    case .checkpointFailureThreshold(let last):
      "exceeded the tolerable number of failed checkpoints; the last one: \(last)"
    case .recoverySuppressed(let strategy, let cause):
      "recovery is suppressed by \(strategy), caused by: \(cause)"
    case .rejected(let message): message
    }
  }
}
