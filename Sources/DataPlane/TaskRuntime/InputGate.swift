import DequeModule
package import StreamModel

/// The channels that a task reads: what waits in them, which of them are held, and the credit they
/// have.
///
/// Elements are taken in the order of their arrival over all channels, except from held ones; in
/// batch channel by channel, since their producers have finished. What it is asked at every element
/// is counted, so that no element costs a look at all channels.
/// *Source:* Flink `SingleInputGate` and `RemoteInputChannel`.
package struct InputGate {
  /// What a channel borrows.
  private struct Loan {
    /// How many elements wait behind those that were sent, as the producer last said.
    var backlog: Int32 = 0
    /// Buffers lent from the common pool.
    var floating: Int32 = 0
  }

  private struct Arrival {
    let element: StreamElement
    let channel: Int32
  }

  /// How many elements wait in each channel.
  private var waiting: [Int32]
  /// The channels that are held.
  private var held: ChannelSet
  /// The channels that bring no more records.
  private var dataEnded: ChannelSet
  /// The channels that bring nothing more.
  private var closed: ChannelSet
  /// What waits, in order of arrival.
  ///
  /// What arrived on a channel that is held now is among it: it is parked when its turn comes, or
  /// at the release.
  private var arrivals = Deque<Arrival>()
  /// What waits channel by channel: everything where channels are read to their ends, else what was
  /// parked of the held ones; empty while nothing is.
  private var parked: [Deque<StreamElement>] = []
  /// How many elements wait in channels that are not held.
  private var takeable = 0
  private var freeFloating: Int
  private var loans: [Loan]
  /// The channels that have a backlog or borrowed buffers: the others' loans are nothing.
  private var borrowing: ChannelSet
  /// The channels that have a larger backlog than buffers were lent to them.
  private var wanting: ChannelSet
  private let exclusive: Int
  /// The order in which channels are read to their ends; nil for that of arrival.
  private let order: [Int]?
  /// Which of that order has its turn.
  private var turn = 0

  /// How many elements wait in all channels.
  package private(set) var queuedElements = 0

  /// Makes a gate; each channel has `exclusive` buffers, all share `floating` more.
  ///
  /// With an order, channels are read to their ends one after the other.
  package init(channels: Int, exclusive: Int, floating: Int, order: [Int]? = nil) {
    self.order = order
    self.exclusive = exclusive
    waiting = Array(repeating: 0, count: channels)
    held = ChannelSet(below: channels)
    dataEnded = held
    closed = held
    freeFloating = floating
    loans = Array(repeating: Loan(), count: channels)
    borrowing = held
    wanting = held
    if order != nil { parked = Array(repeating: [], count: channels) }
  }

  /// How many channels there are.
  package var count: Int { waiting.count }

  /// The credit that each channel starts with.
  package var initialCredit: Int { exclusive }

  /// Whether an element can be taken.
  package var hasNext: Bool {
    guard let order else { return takeable > 0 }
    return turn < order.count && !parked[order[turn]].isEmpty
  }

  /// Whether no channel will bring records any more.
  package var isDataEnded: Bool { dataEnded.count == count }

  /// Whether no channel will bring anything any more.
  package var isClosed: Bool { closed.count == count }

  /// Whether a channel will bring nothing any more.
  package func isClosed(_ channel: Int) -> Bool { closed.contains(channel) }

  /// An element arrived.
  ///
  /// - Returns: How much more credit the channel gets, because its producer has a backlog.
  package mutating func deliver(_ element: StreamElement, to channel: Int, backlog: Int) -> Int {
    waiting[channel] += 1
    queuedElements += 1
    if backlog > 0 || borrowing.contains(channel) { setBacklog(of: channel, to: backlog) }
    if order == nil {
      arrivals.append(Arrival(element: element, channel: Int32(channel)))
      if !held.contains(channel) { takeable += 1 }
    } else {
      parked[channel].append(element)
    }
    return element.isRecords ? lend(to: channel) : 0
  }

  /// Takes the next element of those channels that are not held.
  package mutating func next() -> (channel: Int, element: StreamElement)? {
    if let order {
      guard turn < order.count, let element = parked[order[turn]].popFirst() else { return nil }
      noteTaken(from: order[turn])
      return (order[turn], element)
    }
    while takeable > 0, let arrival = arrivals.popFirst() {
      let channel = Int(arrival.channel)
      guard !held.contains(channel) else {
        park(arrival)
        continue
      }
      takeable -= 1
      noteTaken(from: channel)
      return (channel, arrival.element)
    }
    return nil
  }

  private mutating func noteTaken(from channel: Int) {
    waiting[channel] -= 1
    queuedElements -= 1
  }

  // MARK: Holding

  /// Holds a channel: nothing is taken from it until ``releaseAll()``.
  ///
  /// One that is read to its end is never held: no barrier comes on it.
  package mutating func hold(_ channel: Int) {
    guard order == nil, held.insert(channel) else { return }
    takeable -= Int(waiting[channel])
  }

  /// Releases every held channel; what waited in them is taken after what waits already.
  ///
  /// - Complexity: O(*n*) in channels and waiting elements; O(1) when none is held.
  package mutating func releaseAll() {
    guard held.count > 0 else { return }
    var released = Deque<Arrival>()
    while let arrival = arrivals.popFirst() {
      if held.contains(Int(arrival.channel)) { park(arrival) } else { released.append(arrival) }
    }
    var next = held.first(from: 0)
    while let channel = next {
      if waiting[channel] > 0 {
        for element in parked[channel] {
          released.append(Arrival(element: element, channel: Int32(channel)))
        }
      }
      next = held.first(from: channel + 1)
    }
    held.removeAll()
    parked = []
    arrivals = released
    takeable = arrivals.count
  }

  private mutating func park(_ arrival: Arrival) {
    if parked.isEmpty { parked = Array(repeating: [], count: count) }
    parked[Int(arrival.channel)].append(arrival.element)
  }

  // MARK: Ends

  /// Says that a channel brings no more records.
  package mutating func endData(_ channel: Int) {
    dataEnded.insert(channel)
  }

  /// Says that a channel brings nothing more.
  package mutating func close(_ channel: Int) {
    endData(channel)
    closed.insert(channel)
    while let order, turn < order.count, closed.contains(order[turn]) { turn += 1 }
  }

  // MARK: Credit

  /// Says that a buffer of records was used up.
  ///
  /// - Returns: Which channels get how much more credit.
  package mutating func recycle(_ channel: Int) -> [(channel: Int, credit: Int)] {
    guard loans[channel].floating > 0, loans[channel].backlog < loans[channel].floating
    else { return [(channel, 1)] }
    loans[channel].floating -= 1
    freeFloating += 1
    noteLoan(of: channel)
    var grants: [(channel: Int, credit: Int)] = []
    var next = wanting.first(from: 0)
    while let other = next, freeFloating > 0 {
      let credit = other == channel ? 0 : lend(to: other)
      if credit > 0 { grants.append((other, credit)) }
      next = wanting.first(from: other + 1)
    }
    return grants
  }

  private mutating func setBacklog(of channel: Int, to backlog: Int) {
    guard loans[channel].backlog != backlog else { return }
    loans[channel].backlog = Int32(backlog)
    noteLoan(of: channel)
  }

  private mutating func noteLoan(of channel: Int) {
    let loan = loans[channel]
    borrowing.set(channel, to: loan.backlog > 0 || loan.floating > 0)
    wanting.set(channel, to: loan.backlog > loan.floating)
  }

  private mutating func lend(to channel: Int) -> Int {
    let wanted = Int(loans[channel].backlog - loans[channel].floating)
    let lent = max(0, min(wanted, freeFloating))
    guard lent > 0 else { return 0 }
    loans[channel].floating += Int32(lent)
    freeFloating -= lent
    noteLoan(of: channel)
    return lent
  }
}
