import SimulationKernel

/// The latest of what happened, in words; of several alike in a row only the last is kept.
struct NewsTicker: Sendable {
  struct Item: Sendable {
    let at: VirtualInstant
    let phrase: NewsPhrase
    let ink: Ink
  }

  static let capacity = 8
  private(set) var items: [Item] = []

  mutating func tell(_ phrase: NewsPhrase, _ ink: Ink, at instant: VirtualInstant) {
    if phrase.replacesItsLike, let last = items.last, last.phrase.isLike(phrase) {
      items.removeLast()
    }
    items.append(Item(at: instant, phrase: phrase, ink: ink))
    if items.count > Self.capacity { items.removeFirst() }
  }
}
