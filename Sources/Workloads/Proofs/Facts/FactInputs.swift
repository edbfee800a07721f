import DataStreamAPI
import ReferenceJobs

/// What the jobs of facts read, each dataset once.
final class FactInputs {
  let environment: StreamExecutionEnvironment

  private(set) lazy var departures = read("departures", as: Departure.self)
  private(set) lazy var arrivals = read("arrivals", as: Arrival.self)
  private(set) lazy var weather = read("weather", as: WeatherObservation.self)
  private(set) lazy var quakes = read("quakes", as: Quake.self)
  private(set) lazy var clicks = read("clicks", as: Click.self)
  private(set) lazy var sensors = read("sensors", as: SensorReading.self)
  private(set) lazy var payments =
    environment.readJSONLines("payments", as: Payment.self)
    .name("payments").uid("payments")

  init(environment: StreamExecutionEnvironment) {
    self.environment = environment
  }

  /// The rows of a dataset.
  func read<Row: Decodable & SendableMetatype>(
    _ dataset: String,
    as type: Row.Type
  ) -> DataStream<Row> {
    environment.readCSVFile(dataset, as: type)
      .name(dataset).uid(dataset)
  }
}
