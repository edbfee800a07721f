public import StreamModel

/// Code of an operator that the graphs carry without knowing it; opened in TaskRuntime.
///
/// Made anew for each subtask attempt: an operator's state must not survive the simulated crash of
/// the process that it lived in.
public protocol OperatorFactory: Sendable {}

/// Code that distributes an edge's records over channels, opaque to the graphs like operators.
public protocol EdgeWriterFactory: Sendable {}

/// How records are distributed over the subtasks of the next operator.
///
/// *Source:* Flink `StreamPartitioner` and its subclasses; the raw values are Flink's names.
public enum ShipStrategy: String, Sendable, CaseIterable {
  /// Subtask i sends to subtask i; the only strategy that can be chained.
  case forward = "FORWARD"
  /// Round robin over all subtasks.
  case rebalance = "REBALANCE"
  /// Round robin over the few subtasks of one's own share.
  case rescale = "RESCALE"
  /// A subtask drawn by chance for each record.
  case shuffle = "SHUFFLE"
  /// Every record to every subtask.
  case broadcast = "BROADCAST"
  /// Everything to the first subtask.
  case global = "GLOBAL"
  /// By the key group of the record's key.
  case hash = "HASH"

  /// Which producers have a channel to which consumers.
  public var distributionPattern: DistributionPattern {
    switch self {
    case .forward, .rescale: .pointwise
    case .rebalance, .shuffle, .broadcast, .global, .hash: .allToAll
    }
  }
}

/// Which producers have a channel to which consumers.
///
/// *Source:* Flink `DistributionPattern`.
public enum DistributionPattern: String, Sendable {
  /// Each producer to a share of the consumers.
  case pointwise = "POINTWISE"
  /// Each producer to each consumer.
  case allToAll = "ALL_TO_ALL"
}

/// Whether an operator may share a task with its neighbours.
///
/// *Source:* Flink `ChainingStrategy`.
public enum ChainingStrategy: Sendable {
  /// With the operator before it and those after it.
  case always
  /// Only with those after it: it begins a chain.
  case head
  /// With none.
  case never
}

/// What kind of operator a node is.
public enum OperatorKind: Sendable {
  /// Reads from outside; has no input.
  case source
  /// Transforms its inputs.
  case transformation
  /// Writes to the outside; has no output.
  case sink
}

/// An operator of a program.
public struct StreamNode: Sendable {
  /// The position in the order of the program, from 1.
  public var id: Int
  /// The name that the vertex shows, such as `Source: lines` or `words: Writer`.
  public var name: String
  /// The name that state is matched by across versions of a program, where the program gave one.
  public var uid: String?
  /// Its kind.
  public var kind: OperatorKind
  /// How many subtasks it runs as.
  public var parallelism: Int
  /// How many key groups it has, where the program or its environment says so.
  public var maxParallelism: Int?
  /// The group whose subtasks may share a slot.
  public var slotSharingGroup: String
  /// Whether it may share a task with its neighbours.
  public var chaining: ChainingStrategy
  /// Whether it comes to an end, if it is a source.
  public var boundedness = Boundedness.bounded
  /// Its code.
  public var factory: any OperatorFactory

  /// Makes a node.
  public init(
    id: Int,
    name: String,
    uid: String? = nil,
    kind: OperatorKind,
    parallelism: Int,
    maxParallelism: Int? = nil,
    slotSharingGroup: String = StreamGraph.defaultSlotSharingGroup,
    chaining: ChainingStrategy = .always,
    factory: any OperatorFactory
  ) {
    self.id = id
    self.name = name
    self.uid = uid
    self.kind = kind
    self.parallelism = parallelism
    self.maxParallelism = maxParallelism
    self.slotSharingGroup = slotSharingGroup
    self.chaining = chaining
    self.factory = factory
  }

  /// The id under which its state is kept.
  public var operatorID: OperatorID {
    uid.map { OperatorID(uid: $0) } ?? OperatorID(name: name, position: id)
  }
}

/// A stream from one operator to the next.
public struct StreamEdge: Sendable {
  /// The id of the producing node.
  public var source: Int
  /// The id of the consuming node.
  public var target: Int
  /// Which of the consumer's inputs it feeds, from 0.
  public var input: Int
  /// How records are distributed.
  public var strategy: ShipStrategy
  /// The code that distributes them.
  public var writer: any EdgeWriterFactory
  /// The side output that it carries; nil for the producer's results.
  public var sideOutput: String?

  /// Makes an edge.
  public init(
    source: Int,
    target: Int,
    input: Int = 0,
    strategy: ShipStrategy,
    writer: any EdgeWriterFactory,
    sideOutput: String? = nil
  ) {
    self.source = source
    self.target = target
    self.input = input
    self.strategy = strategy
    self.writer = writer
    self.sideOutput = sideOutput
  }
}

/// A program as a graph of its operators, before chaining.
///
/// *Source:* Flink `StreamGraph`.
public struct StreamGraph: Sendable {
  /// The slot sharing group of operators that name none.
  public static let defaultSlotSharingGroup = "default"

  /// The name of the job.
  public var name: String
  /// The operators in the order of the program.
  public var nodes: [StreamNode]
  /// The streams between them, in the order of the program.
  public var edges: [StreamEdge]
  /// How the job is to be executed.
  public var settings: JobSettings

  /// Makes a graph.
  public init(name: String, nodes: [StreamNode], edges: [StreamEdge], settings: JobSettings) {
    self.name = name
    self.nodes = nodes
    self.edges = edges
    self.settings = settings
  }
}
