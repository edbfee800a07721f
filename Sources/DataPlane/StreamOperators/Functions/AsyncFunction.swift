public import SimulationKernel

/// A user's function that asks a service outside of the cluster and goes on while it waits.
///
/// ```swift
/// /// Asks a service that takes from 5 to 20 milliseconds.
/// struct Translation: AsyncFunction {
///   let service = SimulatedService(minLatency: .milliseconds(5), maxLatency: .milliseconds(20))
///
///   func asyncInvoke(_ word: String, _ random: inout RandomStream) -> AsyncReply<String> {
///     service.reply(word == "nest" ? "drey" : word, &random)
///   }
///
///   func timeout(_ word: String) -> [String] { ["\(word), untranslated"] }
/// }
/// ```
///
/// A value made anew for each subtask attempt. *Source:* Flink `AsyncFunction`.
public protocol AsyncFunction<Input, Output> {
  /// What it takes.
  associatedtype Input: Codable
  /// What it emits.
  associatedtype Output

  /// Asks for an element; `random` is the subtask's own.
  mutating func asyncInvoke(_ input: Input, _ random: inout RandomStream) throws -> AsyncReply<
    Output
  >
  /// No reply came in time; what is emitted instead.
  ///
  /// - Throws: What fails the job; ``AsyncTimeout`` where nobody says otherwise.
  mutating func timeout(_ input: Input) throws -> [Output]
}

extension AsyncFunction {
  /// Fails.
  public mutating func timeout(_ input: Input) throws -> [Output] { throw AsyncTimeout() }
}

/// What a service replies, and how long that takes.
///
/// ```swift
/// /// Replies after a second with the word twice, and fails at an empty one.
/// struct Echo: AsyncFunction {
///   func asyncInvoke(_ word: String, _ random: inout RandomStream) -> AsyncReply<String> {
///     word.isEmpty
///       ? AsyncReply(failure: AsyncTimeout(), after: .seconds(1))
///       : AsyncReply([word, word], after: .seconds(1))
///   }
/// }
/// ```
public struct AsyncReply<Output> {
  /// After what time the reply is there.
  public let latency: VirtualDuration
  /// What it says: elements, or an error that fails the job.
  public let result: Result<[Output], any Error>

  /// A reply with elements.
  public init(_ elements: [Output], after latency: VirtualDuration) {
    self.latency = latency
    result = .success(elements)
  }

  /// A reply that is an error.
  public init(failure: any Error, after latency: VirtualDuration) {
    self.latency = latency
    result = .failure(failure)
  }
}

/// No reply came in time.
///
/// *Source:* Flink `TimeoutException` of `AsyncFunction.timeout`.
public struct AsyncTimeout: Error, CustomStringConvertible {
  /// A sentence for people.
  public let description = "Async function call has timed out."

  /// Makes the error.
  public init() {}
}

/// A service outside of the cluster whose replies take a time drawn by chance.
///
/// ```swift
/// /// Asks a service that takes from 5 to 20 milliseconds.
/// struct Translation: AsyncFunction {
///   let service = SimulatedService(minLatency: .milliseconds(5), maxLatency: .milliseconds(20))
///
///   func asyncInvoke(_ word: String, _ random: inout RandomStream) -> AsyncReply<String> {
///     service.reply(word == "nest" ? "drey" : word, &random)
///   }
///
///   func timeout(_ word: String) -> [String] { ["\(word), untranslated"] }
/// }
/// ```
public struct SimulatedService: Sendable {
  /// The shortest time that a reply takes.
  public var minLatency: VirtualDuration
  /// The longest time that a reply takes.
  public var maxLatency: VirtualDuration

  /// A service with replies between two latencies, all equally likely.
  public init(minLatency: VirtualDuration, maxLatency: VirtualDuration) {
    self.minLatency = minLatency
    self.maxLatency = max(minLatency, maxLatency)
  }

  /// A reply.
  public func reply<Output>(_ output: Output, _ random: inout RandomStream) -> AsyncReply<Output> {
    let spread = (maxLatency - minLatency).nanoseconds
    let extra = Int64(random.below(Int(spread) + 1))
    return AsyncReply([output], after: minLatency + .nanoseconds(extra))
  }
}
