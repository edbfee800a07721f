import SimulationKernel

/// 128 bits that name something, printed as 32 hexadecimal digits as Flink prints its ids.
public struct Identifier: Hashable, Sendable, Comparable {
  /// The first 64 bits.
  public var high: UInt64
  /// The last 64 bits.
  public var low: UInt64

  /// Makes the identifier of these bits.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Derives an identifier from texts: the same texts give the same one in every run.
  public init(derivedFrom parts: String...) {
    var first = Digest(seed: 1)
    var second = Digest(seed: 2)
    for part in parts {
      first.combine(text: part)
      second.combine(text: part)
    }
    self.init(high: first.value, low: second.value)
  }

  /// Orders by the bits, first to last.
  public static func < (left: Identifier, right: Identifier) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension Identifier: CustomStringConvertible {
  /// Thirty-two hexadecimal digits.
  public var description: String { Self.hex(high) + Self.hex(low) }

  private static func hex(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The name of a job; follows from the seed and the number of the submission.
public struct JobID: Hashable, Sendable, CustomStringConvertible {
  /// The bits.
  public let identifier: Identifier

  /// Makes the id of a run's `submission`th job.
  public init(seed: UInt64, submission: Int) {
    identifier = Identifier(derivedFrom: "job", String(seed), String(submission))
  }

  /// Thirty-two hexadecimal digits.
  public var description: String { identifier.description }
}

/// The name of an operator; follows from its uid, or from its place in the program without one.
public struct OperatorID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The bits.
  public let identifier: Identifier

  /// The operator that the program gave this uid.
  public init(uid: String) {
    identifier = Identifier(derivedFrom: "uid", uid)
  }

  /// An operator without a uid: its name and its place in the order of the program.
  public init(name: String, position: Int) {
    identifier = Identifier(derivedFrom: "operator", name, String(position))
  }

  /// Orders by the bits.
  public static func < (left: OperatorID, right: OperatorID) -> Bool {
    left.identifier < right.identifier
  }

  /// Thirty-two hexadecimal digits.
  public var description: String { identifier.description }
}

/// The name of a vertex of a job graph: the operator at the head of its chain.
public struct JobVertexID: Hashable, Sendable, CustomStringConvertible {
  /// The operator at the head of the chain.
  public let head: OperatorID

  /// The vertex whose chain begins with that operator.
  public init(head: OperatorID) {
    self.head = head
  }

  /// Thirty-two hexadecimal digits.
  public var description: String { head.description }
}

/// The number of a checkpoint of a job, from 1.
public struct CheckpointID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The number.
  public let number: Int

  /// Makes the id with that number.
  public init(_ number: Int) {
    self.number = number
  }

  /// Orders by number.
  public static func < (left: CheckpointID, right: CheckpointID) -> Bool {
    left.number < right.number
  }

  /// The number in decimal digits.
  public var description: String { String(number) }
}

/// One parallel instance of a vertex of a job graph.
///
/// It takes 8 bytes: every channel of a job names two.
public struct SubtaskID: Hashable, Sendable {
  @usableFromInline let narrowVertex: Int32
  @usableFromInline let narrowIndex: Int32

  /// The position of the vertex in the job graph, sources first.
  @inlinable
  public var vertex: Int { Int(narrowVertex) }
  /// The position among the vertex's instances, from 0.
  @inlinable
  public var index: Int { Int(narrowIndex) }

  /// Makes the id of an instance.
  @inlinable
  public init(vertex: Int, index: Int) {
    narrowVertex = Int32(vertex)
    narrowIndex = Int32(index)
  }
}

/// One attempt to execute a subtask: it is deployed anew after each failure.
///
/// Its hash leaves the job out, since most tables hold attempts of one job only and are asked at
/// every message.
public struct ExecutionAttemptID: Hashable, Sendable {
  /// The job.
  public let job: JobID
  /// The subtask.
  public let subtask: SubtaskID
  /// How often it was tried before.
  public let attempt: Int

  /// Makes the id of an attempt.
  @inlinable
  public init(job: JobID, subtask: SubtaskID, attempt: Int) {
    self.job = job
    self.subtask = subtask
    self.attempt = attempt
  }

  /// Hashes the subtask and the number of the attempt.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(subtask.vertex << 32 ^ subtask.index)
    hasher.combine(attempt)
  }
}
