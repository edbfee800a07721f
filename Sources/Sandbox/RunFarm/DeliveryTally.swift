package import Checkers

/// What became of the rows of one place over many runs.
package struct DeliveryTally: Sendable, Equatable {
  /// The place's name.
  package let name: String
  /// In how many runs rows were missing.
  package let runsWithLoss: Int
  /// In how many runs rows were there too often.
  package let runsWithDuplicates: Int
  /// How many rows were missing in all.
  package let lost: Int
  /// How many rows were there too often in all.
  package let duplicated: Int

  /// Adds up what became of a place.
  package init(name: String, _ deliveries: [SinkDelivery]) {
    self.name = name
    runsWithLoss = deliveries.count { $0.lost > 0 }
    runsWithDuplicates = deliveries.count { $0.duplicated > 0 }
    lost = deliveries.reduce(0) { $0 + $1.lost }
    duplicated = deliveries.reduce(0) { $0 + $1.duplicated }
  }
}

extension DeliveryTally: CustomStringConvertible {
  /// A line for people.
  package var description: String {
    "\(name): rows missing in \(runsWithLoss) runs (\(lost)), too often in \(runsWithDuplicates) "
      + "(\(duplicated))"
  }
}
