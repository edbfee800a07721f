/// The dataset `rates`: what a unit of each currency is worth, in versions.
///
/// Every 10 minutes each currency gets a new version, at most half a per cent from the one before.
/// The euro has one version only, and the yen gets no more after four hours.
package struct ExchangeRates: Sendable {
  /// A rate from an instant on.
  package struct Version: Sendable {
    /// From when on it holds.
    package var validFrom: UTCTime
    /// The currency.
    package var currency: String
    /// Millionths of a euro for one unit.
    package var microEUR: Int
  }

  /// The seed of the dataset.
  package static let seed: UInt64 = 7

  /// The versions, in the order of their times.
  package let versions: [Version]

  /// Draws the versions.
  package init(seed: UInt64 = Self.seed, hours: Int = 6) {
    var random = SplitMix(seed: seed)
    var versions: [Version] = []
    var rates = [("EUR", 1_000_000), ("USD", 920_000), ("GBP", 1_150_000), ("JPY", 6200)]
    for step in 0..<hours * 6 {
      for index in rates.indices {
        let (currency, rate) = rates[index]
        if step > 0, currency != "EUR" {
          let most = rate / 200
          rates[index].1 += random.below(2 * most + 1) - most
        }
        if currency == "EUR" && step > 0 || currency == "JPY" && step >= 24 { continue }
        versions.append(
          Version(
            validFrom: UTCTime.syntheticStart + step * 600_000,
            currency: currency,
            microEUR: rates[index].1
          )
        )
      }
    }
    self.versions = versions
  }

  /// The versions as CSV with a header.
  package var csv: [UInt8] {
    var text = Array("valid_from,currency,micro_eur\n".utf8)
    for version in versions {
      version.validFrom.write(to: &text)
      text.append(",")
      text += version.currency.utf8
      text.append(",")
      text.appendDigits(of: version.microEUR)
      text.append("\n")
    }
    return text
  }
}
