import DataStreamAPI
import Workloads

/// What the jobs of facts read, each dataset once.
final class FactInputs {
  let environment: StreamExecutionEnvironment
  let parameters: JobParameters

  private(set) lazy var departures = read("departures", as: Departure.self)
  private(set) lazy var arrivals = read("arrivals", as: Arrival.self)
  private(set) lazy var weather = read("weather", as: WeatherObservation.self)
  private(set) lazy var quakes = read("quakes", as: Quake.self)
  private(set) lazy var clicks = read("clicks", as: Click.self)
  private(set) lazy var sensors = read("sensors", as: SensorReading.self)
  private(set) lazy var payments =
    environment.readJSONLines(
      parameters.input("payments"),
      as: Payment.self,
      rate: parameters.rate
    )
    .name("payments").uid("payments")

  init(environment: StreamExecutionEnvironment, parameters: JobParameters) {
    self.environment = environment
    self.parameters = parameters
  }

  /// The rows of a dataset.
  func read<Row: Decodable & SendableMetatype>(
    _ dataset: String,
    as type: Row.Type
  ) -> DataStream<Row> {
    environment.readCSVFile(parameters.input(dataset), as: type, rate: parameters.rate)
      .name(dataset).uid(dataset)
  }
}
