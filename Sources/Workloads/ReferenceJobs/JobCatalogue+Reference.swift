public import DataStreamAPI

extension JobCatalogue {
  /// The programs that Drey brings along: to run by name, and to read as examples.
  public static let reference = JobCatalogue([
    .wordCount, .wordCountNormalised, .windowedWordCount, .socketWordCount, .hourlyDepartures,
    .lateDepartures, .carrierDelay, .flightEnrichment, .departuresAndArrivals, .overdueLanding,
    .clickSessions, .hotSensors, .hotSensorsSalted, .fraud,
  ])
}
