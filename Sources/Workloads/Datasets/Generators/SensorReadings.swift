/// The dataset `sensors`: temperatures, half of them from one sensor.
///
/// The records lie in four partitions, by the sensor's number. Partition 3 is silent from minute 20
/// to minute 40, and what comes from partition 2 arrives 90 seconds late.
package struct SensorReadings: Sendable {
  /// A reading.
  package struct Reading: Sendable {
    /// When it was taken.
    package var eventTime: UTCTime
    /// When it arrived.
    package var knownAt: UTCTime
    /// The number of the sensor.
    package var sensor: Int
    /// The partition in which it lies.
    package var partition: Int
    /// Thousandths of a degree Celsius.
    package var milliCelsius: Int
  }

  /// The seed of the dataset.
  package static let seed: UInt64 = 1234

  /// The readings, in the order of arrival.
  package let readings: [Reading]

  /// Draws the readings.
  ///
  /// - Parameters:
  ///   - seed: The seed of every draw.
  ///   - sensors: How many sensors there are.
  ///   - events: How many readings are taken, with those that the silent partition loses.
  ///   - seconds: How long it takes.
  ///   - hotPercent: The share of sensor 0.
  package init(
    seed: UInt64 = Self.seed,
    sensors: Int = 200,
    events: Int = 30_000,
    seconds: Int = 3600,
    hotPercent: Int = 50
  ) {
    var random = SplitMix(seed: seed)
    let ranks = ZipfRanks(sensors - 1, q: 4)
    var readings: [(event: Int, reading: Reading)] = []
    for event in 0..<events {
      let time = event * seconds * 1000 / events + random.below(200)
      let sensor = random.below(100) < hotPercent ? 0 : 1 + ranks.next(&random)
      let wave = (time / 1000 * 7 + sensor * 131) % 5000
      let value = 20_000 + wave + random.below(300)
      let isSpike = random.below(500) == 0
      let delay = random.below(3000)
      let partition = sensor % 4
      if partition == 3, (1_200_000..<2_400_000).contains(time) { continue }
      let eventTime = UTCTime.syntheticStart + time
      let reading = Reading(
        eventTime: eventTime,
        knownAt: eventTime + delay + (partition == 2 ? 90_000 : 0),
        sensor: sensor,
        partition: partition,
        milliCelsius: value + (isSpike ? 15_000 : 0)
      )
      readings.append((event, reading))
    }
    self.readings =
      readings
      .sorted { ($0.reading.knownAt, $0.event) < ($1.reading.knownAt, $1.event) }
      .map(\.reading)
  }

  /// The readings as CSV with a header.
  package var csv: [UInt8] {
    var text = Array("seq,event_time,known_at,sensor,partition,milli_c\n".utf8)
    for (index, reading) in readings.enumerated() {
      text.appendDigits(of: index + 1)
      text.append(",")
      reading.eventTime.write(to: &text)
      text.append(",")
      reading.knownAt.write(to: &text)
      text.append(",s")
      text.appendDigits(of: reading.sensor, atLeast: 3)
      text.append(",")
      text.appendDigits(of: reading.partition)
      text.append(",")
      text.appendDigits(of: reading.milliCelsius)
      text.append("\n")
    }
    return text
  }
}
