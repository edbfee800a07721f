/// Card payments while they are drawn: the background, the frauds and what only looks like one.
struct PaymentDraft {
  /// What looks nearly like a fraud and is none.
  enum Decoy: CaseIterable {
    case twoProbes, lateLargePayment, largePaymentAlone, slowProbes
  }

  var random: SplitMix
  private(set) var payments: [CardPayments.Payment] = []
  private(set) var frauds: [CardPayments.Fraud] = []
  private let span: Int
  /// Cards in an order of chance: each fraud and each decoy takes the next, so that none is shared.
  private var cards: [Int]

  init(seed: UInt64, span: Int, cards count: Int) {
    random = SplitMix(seed: seed)
    self.span = span
    cards = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      cards.swapAt(last, random.below(last + 1))
    }
    cards.reverse()
  }

  /// Adds ordinary payments, of 2 to 500 units.
  mutating func addBackground(_ count: Int, cards: Int) {
    let ranks = ZipfRanks(cards, q: 8)
    for _ in 0..<count {
      let card = ranks.next(&random)
      let time = random.below(span)
      let cents =
        switch random.below(100) {
        case ..<70: 200 + random.below(4800)
        case ..<95: 5000 + random.below(15_000)
        default: 20_000 + random.below(30_000)
        }
      add(time, card, cents)
    }
  }

  /// Adds a fraud.
  mutating func addFraud() {
    let card = takeCard()
    let time = addProbes(card, 3, steps: 5000..<59_000) + soon()
    addLargePayment(card, at: time)
    frauds.append(CardPayments.Fraud(eventTime: UTCTime.syntheticStart + time, card: card))
  }

  /// Adds a decoy.
  mutating func add(_ decoy: Decoy) {
    let card = takeCard()
    let time =
      switch decoy {
      case .twoProbes: addProbes(card, 2, steps: 5000..<59_000) + soon()
      case .lateLargePayment:
        addProbes(card, 3, steps: 5000..<59_000) + 360_000 + random.below(180_000)
      case .largePaymentAlone: start()
      case .slowProbes: addProbes(card, 3, steps: 61_000..<90_000) + soon()
      }
    addLargePayment(card, at: time)
  }

  private mutating func takeCard() -> Int {
    cards.removeLast()
  }

  /// A beginning that leaves a quarter of an hour before the end.
  private mutating func start() -> Int {
    random.below(span - 900_000)
  }

  /// Within five minutes.
  private mutating func soon() -> Int {
    1000 + random.below(298_000)
  }

  /// Adds small payments and returns the time of the last.
  private mutating func addProbes(_ card: Int, _ count: Int, steps: Range<Int>) -> Int {
    var time = start()
    for probe in 0..<count {
      if probe > 0 { time += steps.lowerBound + random.below(steps.count) }
      add(time, card, 1 + random.below(199))
    }
    return time
  }

  private mutating func addLargePayment(_ card: Int, at time: Int) {
    add(time, card, 60_000 + random.below(90_000))
  }

  private mutating func add(_ time: Int, _ card: Int, _ cents: Int) {
    payments.append(
      CardPayments.Payment(eventTime: UTCTime.syntheticStart + time, card: card, cents: cents)
    )
  }
}
