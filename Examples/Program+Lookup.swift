public import DreyCluster

extension Program {
  /// Asks a service for each element, several at once, and keeps their order.
  public static let lookup = Program(
    "examples-lookup",
    columns: ["code", "country"]
  ) { environment in
    environment.fromData("ch", "fr", "it", "xx", "de")
      .orderedWait(timeout: .seconds(1), capacity: 3) { CountryLookup() }
      .sinkTo(FileSink.csv())
  }
}

/// Asks for the name of a country, which takes from 10 to 40 milliseconds.
struct CountryLookup: AsyncFunction {
  private let service = SimulatedService(
    minLatency: .milliseconds(10),
    maxLatency: .milliseconds(40)
  )
  private let names = ["ch": "Switzerland", "de": "Germany", "fr": "France", "it": "Italy"]

  func asyncInvoke(
    _ code: String,
    _ random: inout RandomStream
  ) -> AsyncReply<Tuple2<String, String>> {
    service.reply(Tuple2(code, names[code] ?? "unknown"), &random)
  }

  func timeout(_ code: String) -> [Tuple2<String, String>] { [Tuple2(code, "no answer")] }
}
