/// The dataset `payments`: payments by card, with frauds that are known.
///
/// A fraud is three payments below 200 cents within two minutes, then one of at least 60,000 cents
/// within five minutes of the third. Four kinds of decoy look nearly like it: two small payments
/// only, a large one too late, a large one alone, and small ones too far apart. The last two fifths
/// of the records follow a second schema, which adds currency and country.
package struct CardPayments: Sendable {
  /// A payment.
  package struct Payment: Sendable {
    /// When it was made.
    package var eventTime: UTCTime
    /// The number of the card.
    package var card: Int
    /// The amount.
    package var cents: Int
  }

  /// A fraud that was planted.
  package struct Fraud: Sendable {
    /// When the large payment was made.
    package var eventTime: UTCTime
    /// The number of the card.
    package var card: Int
    /// The card as it stands in the records.
    package var cardName: String { CardPayments.name(ofCard: card) }
  }

  /// The seed of the dataset.
  package static let seed: UInt64 = 97

  private static let currencies: [StaticString] = ["EUR", "USD", "GBP", "JPY"]
  private static let countries: [StaticString] = [
    "DE", "FR", "US", "GB", "JP", "NL", "ES", "IT",
  ]

  /// The payments, in the order of their times.
  package let payments: [Payment]
  /// The truth: the frauds, in the order of their large payments.
  package let frauds: [Fraud]
  /// How many payments follow the first schema; the others the second.
  package let firstSchemaCount: Int
  /// The records as JSON Lines.
  package let jsonLines: [UInt8]

  /// Draws the payments.
  package init(
    seed: UInt64 = Self.seed,
    cards: Int = 500,
    background: Int = 12_000,
    frauds: Int = 25,
    decoys: Int = 15,
    hours: Int = 6
  ) {
    var draft = PaymentDraft(seed: seed, span: hours * 3_600_000, cards: cards)
    draft.addBackground(background, cards: cards)
    for _ in 0..<frauds { draft.addFraud() }
    for kind in PaymentDraft.Decoy.allCases {
      for _ in 0..<decoys { draft.add(kind) }
    }
    payments = draft.payments.sorted {
      ($0.eventTime, $0.card, $0.cents) < ($1.eventTime, $1.card, $1.cents)
    }
    self.frauds = draft.frauds.sorted { ($0.eventTime, $0.card) < ($1.eventTime, $1.card) }
    firstSchemaCount = payments.count * 6 / 10
    jsonLines = Self.jsonLines(payments, firstSchemaCount: firstSchemaCount, &draft.random)
  }

  private static func jsonLines(
    _ payments: [Payment],
    firstSchemaCount: Int,
    _ random: inout SplitMix
  ) -> [UInt8] {
    var text: [UInt8] = []
    for (index, payment) in payments.enumerated() {
      text.append("{\"id\":")
      text.appendDigits(of: index + 1)
      text.append(",\"event_time\":\"")
      payment.eventTime.write(to: &text)
      text.append("\",\"card\":\"")
      text += name(ofCard: payment.card).utf8
      text.append("\",\"amount_cents\":")
      text.appendDigits(of: payment.cents)
      if index >= firstSchemaCount {
        text.append(",\"schema\":2,\"currency\":\"")
        text.append(currencies[random.below(currencies.count)])
        text.append("\",\"country\":\"")
        text.append(countries[random.below(countries.count)])
        text.append("\"")
      }
      text.append("}\n")
    }
    return text
  }

  private static func name(ofCard card: Int) -> String {
    let digits = String(card)
    return "k" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
  }
}
