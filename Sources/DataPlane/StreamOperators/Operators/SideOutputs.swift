public import StreamModel

/// The name and type of a side output: a stream of its own beside an operator's results.
///
/// ```swift
/// let late = OutputTag<Reading>("late")
/// print(late.id)
/// ```
///
/// *Source:* Flink `OutputTag`.
public struct OutputTag<Element>: Sendable {
  /// The name, which the operator and whoever reads the stream must give alike.
  public let id: String

  /// Makes a tag.
  ///
  /// - Precondition: The name is not empty.
  public init(_ id: String) {
    guard !id.isEmpty else { fatalError("a side output needs a name") }
    self.id = id
  }
}

/// What an operator emits beside its results; wired by its chain.
///
/// Records wait until the operator has worked off what it was given, then go on as one batch.
public final class SideOutputs {
  private let receivers: [(tag: String, receivers: [AnyBatchReceiver])]
  private let listener: (any SideOutputListener)?
  private var open: [any OpenSideOutput] = []

  /// Makes the side outputs of an operator whose readers are known.
  public init(_ receivers: [(tag: String, receivers: [AnyBatchReceiver])] = []) {
    self.receivers = receivers
    listener = nil
  }

  /// Makes side outputs that all go to one who takes whatever comes.
  public init(listener: any SideOutputListener) {
    receivers = []
    self.listener = listener
  }

  /// Emits a record; nobody may read it.
  public func emit<Element>(_ element: Element, timestamp: Int64?, to tag: OutputTag<Element>) {
    for case let output as SideOutput<Element> in open where output.tag == tag.id {
      output.collect(element, timestamp: timestamp)
      return
    }
    var readers = receivers.filter { $0.tag == tag.id }.flatMap(\.receivers)
    if let listener {
      readers.append(
        BatchReceiver<Element>(operatorName: tag.id) { listener.take($0, of: tag.id) }
      )
    }
    guard !readers.isEmpty else { return }
    let output = SideOutput<Element>(tag: tag.id, OperatorOutput(readers))
    output.collect(element, timestamp: timestamp)
    open.append(output)
  }

  /// Hands on what waits.
  ///
  /// - Throws: What a reader throws.
  public func flush() throws {
    for output in open { try output.flush() }
  }
}

/// Takes the records of every side output of an operator, of whatever type they are.
public protocol SideOutputListener: AnyObject {
  /// Takes records of the side output of that name.
  func take<Element>(_ batch: RecordBatch<Element>, of tag: String)
}

/// A side output without its type.
private protocol OpenSideOutput: AnyObject {
  func flush() throws
}

/// The records of one side output that wait.
private final class SideOutput<Element>: OpenSideOutput {
  let tag: String
  private let output: OperatorOutput<Element>
  private var collector = Collector<Element>(capacity: 16)

  init(tag: String, _ output: OperatorOutput<Element>) {
    self.tag = tag
    self.output = output
  }

  deinit { collector.discard() }

  func collect(_ element: Element, timestamp: Int64?) {
    collector.timestamp = timestamp
    collector.collect(element)
  }

  func flush() throws {
    try output.emit(&collector)
  }
}
