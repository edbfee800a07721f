import DequeModule
package import StreamModel

/// The channels that a task reads: their queues, which of them are held, and the credit they have.
///
/// Elements are taken in the order of their arrival over all channels, except from held ones; in
/// batch channel by channel, since their producers have finished.
/// *Source:* Flink `SingleInputGate` and `RemoteInputChannel`.
package struct InputGate {
  private struct Channel {
    var queue = Deque<StreamElement>()
    var isHeld = false
    var isDataEnded = false
    var isClosed = false
    /// How many elements wait behind those that were sent, as the producer last said.
    var backlog = 0
    /// Buffers lent from the common pool.
    var floating = 0
  }

  private var channels: [Channel]
  /// One entry an element, in order of arrival: the channel that it waits in.
  ///
  /// A channel that is being held leaves its entries behind, which nobody asks for any more: each
  /// is dropped when its turn comes, or at the release.
  private var arrivals = Deque<Int>()
  /// How many elements wait in channels that are not held.
  private var takeable = 0
  private var heldChannels = 0
  private var freeFloating: Int
  private let exclusive: Int
  /// The order in which channels are read to their ends; nil for that of arrival.
  private let order: [Int]?
  /// Which of that order has its turn.
  private var turn = 0

  /// Makes a gate; each channel has `exclusive` buffers, all share `floating` more.
  ///
  /// With an order, channels are read to their ends one after the other.
  package init(channels: Int, exclusive: Int, floating: Int, order: [Int]? = nil) {
    self.order = order
    self.channels = Array(repeating: Channel(), count: channels)
    self.exclusive = exclusive
    freeFloating = floating
  }

  /// How many channels there are.
  package var count: Int { channels.count }

  /// The credit that each channel starts with.
  package var initialCredit: Int { exclusive }

  /// Whether an element can be taken.
  package var hasNext: Bool {
    guard let order else { return takeable > 0 }
    return turn < order.count && !channels[order[turn]].queue.isEmpty
  }

  /// Whether no channel will bring records any more.
  package var isDataEnded: Bool { channels.allSatisfy(\.isDataEnded) }

  /// Whether no channel will bring anything any more.
  package var isClosed: Bool { channels.allSatisfy(\.isClosed) }

  /// Whether a channel will bring nothing any more.
  package func isClosed(_ channel: Int) -> Bool { channels[channel].isClosed }

  /// How many elements wait in all channels.
  package var queuedElements: Int { channels.reduce(0) { $0 + $1.queue.count } }

  /// An element arrived.
  ///
  /// - Returns: How much more credit the channel gets, because its producer has a backlog.
  package mutating func deliver(_ element: StreamElement, to channel: Int, backlog: Int) -> Int {
    channels[channel].queue.append(element)
    channels[channel].backlog = backlog
    if order == nil, !channels[channel].isHeld {
      arrivals.append(channel)
      takeable += 1
    }
    return element.isRecords ? lend(to: channel) : 0
  }

  /// Takes the next element of those channels that are not held.
  package mutating func next() -> (channel: Int, element: StreamElement)? {
    if let order {
      guard turn < order.count, let element = channels[order[turn]].queue.popFirst() else {
        return nil
      }
      return (order[turn], element)
    }
    while let channel = arrivals.popFirst() {
      if !channels[channel].isHeld, let element = channels[channel].queue.popFirst() {
        takeable -= 1
        return (channel, element)
      }
    }
    return nil
  }

  /// Says that a buffer of records was used up.
  ///
  /// - Returns: Which channels get how much more credit.
  package mutating func recycle(_ channel: Int) -> [(channel: Int, credit: Int)] {
    guard channels[channel].floating > 0, channels[channel].backlog < channels[channel].floating
    else { return [(channel, 1)] }
    channels[channel].floating -= 1
    freeFloating += 1
    var grants: [(channel: Int, credit: Int)] = []
    for other in channels.indices where other != channel && freeFloating > 0 {
      let credit = lend(to: other)
      if credit > 0 { grants.append((other, credit)) }
    }
    return grants
  }

  /// Holds a channel: nothing is taken from it until ``releaseAll()``.
  package mutating func hold(_ channel: Int) {
    guard !channels[channel].isHeld else { return }
    channels[channel].isHeld = true
    heldChannels += 1
    takeable -= channels[channel].queue.count
  }

  /// Releases every held channel; what waited in them is taken after what waits already.
  ///
  /// - Complexity: O(*n*) in channels and waiting elements; O(1) when none is held.
  package mutating func releaseAll() {
    guard heldChannels > 0 else { return }
    heldChannels = 0
    arrivals.removeAll { [channels] channel in channels[channel].isHeld }
    for channel in channels.indices where channels[channel].isHeld {
      channels[channel].isHeld = false
      arrivals.append(contentsOf: repeatElement(channel, count: channels[channel].queue.count))
    }
    takeable = arrivals.count
  }

  /// Says that a channel brings no more records.
  package mutating func endData(_ channel: Int) {
    channels[channel].isDataEnded = true
  }

  /// Says that a channel brings nothing more.
  package mutating func close(_ channel: Int) {
    channels[channel].isDataEnded = true
    channels[channel].isClosed = true
    while let order, turn < order.count, channels[order[turn]].isClosed { turn += 1 }
  }

  private mutating func lend(to channel: Int) -> Int {
    let wanted = channels[channel].backlog - channels[channel].floating
    let lent = max(0, min(wanted, freeFloating))
    channels[channel].floating += lent
    freeFloating -= lent
    return lent
  }
}
