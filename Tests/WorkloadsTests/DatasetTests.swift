import TestSupport
import Testing

import Datasets

/// The catalogue says what is really in the files.
@Suite struct DatasetTests {
  @Test func hasTheDatasetsOfTheLessons() {
    #expect(
      Dataset.all.map(\.name) == [
        "the-nest", "departures", "arrivals", "airlines", "airports", "planes", "weather",
        "quakes", "words", "clicks", "payments", "rates", "sensors",
      ]
    )
  }

  @Test(arguments: Dataset.bundled.map(\.name))
  func describesTheFile(_ name: String) throws {
    let dataset = try #require(Dataset.named(name))
    var figures = DatasetFigures()
    figures.add(try Bundled.bytes("datasets/" + dataset.file))
    #expect(figures.bytes == dataset.bytes)
    #expect(figures.sha256 == dataset.sha256)
    #expect(figures.rows(in: dataset.format) == dataset.rows)
  }

  @Test(arguments: Dataset.all.map(\.name))
  func describesTheColumnsAndTheTimes(_ name: String) throws {
    let volume = try Bundled.volume(name)
    let (contents, dataset) = (volume.contents, volume.contents.dataset)
    #expect(contents.rows.count == dataset.rows)
    #expect(contents.columns == dataset.columns.map(\.name))
    guard let clock = dataset.clock else { return }
    let times = try volume.column(clock.eventTime).compactMap { UTCTime($0) }
    #expect(times.count == dataset.rows)
    #expect(times.min() == clock.span.lowerBound)
    #expect(times.max() == clock.span.upperBound)
    guard let arrival = clock.arrival else { return }
    let arrivals = try volume.column(arrival).compactMap { UTCTime($0) }
    #expect(arrivals.count == dataset.rows)
    #expect(arrivals == arrivals.sorted())
  }

  @Test(arguments: Dataset.all.filter { $0.format != .text }.map(\.name))
  func describesTheKindsOfTheColumns(_ name: String) throws {
    let volume = try Bundled.volume(name)
    for column in volume.contents.dataset.columns {
      let misfit = try volume.column(column.name).first { value in
        switch column.kind {
        case .text: false
        case .integer: !value.isEmpty && Int(value) == nil
        case .decimal: !value.isEmpty && Double(value) == nil
        case .time: UTCTime(value) == nil
        }
      }
      #expect(misfit == nil, "\(name).\(column.name)")
    }
  }

  @Test(arguments: [
    ("departures", "tailnum", 173), ("departures", "dep_delay_min", 610),
    ("planes", "year", 41), ("weather", "gust_mph", 599), ("weather", "pressure_mb", 143),
    ("arrivals", "air_time_min", 17), ("payments", "currency", 7368),
  ])
  func tellsHowOftenAColumnIsBlank(_ name: String, _ column: String, _ count: Int) throws {
    let values = try Bundled.volume(name).column(column)
    #expect(values.count { $0.isEmpty } == count)
  }

  @Test(arguments: Dataset.all.filter { $0.format == .jsonLines }.map(\.name))
  func readsTheFieldsOfALine(_ name: String) throws {
    let volume = try Bundled.volume(name)
    for row in Draws.cases(volume.fields.indices, byDay: 200) {
      #expect(volume.contents.fields(ofRow: row) == volume.fields[row])
    }
  }

  @Test func knowsHowFarDeparturesAreOutOfOrder() throws {
    let contents = try Bundled.volume("departures").contents
    let disorder = try #require(contents.disorder)
    let minutes = [50, 90, 99, 100].map { disorder.lags.percentile($0) / 60_000 }
    #expect(disorder.rowsBehind == 7483)
    #expect(minutes == [3, 59, 200, 885])
    let row = contents.fields(ofRow: disorder.rowWithLargestLag)
    #expect(row[1] == "0317-DL2119-LGA")
    #expect(disorder.delays?.smallest == -22 * 60_000)
  }

  @Test(arguments: ["arrivals", "weather", "quakes", "payments", "rates"])
  func knowsWhatLiesInOrder(_ name: String) throws {
    let volume = try Bundled.volume(name)
    let clock = try #require(volume.contents.dataset.clock)
    let times = try volume.column(clock.eventTime).compactMap { UTCTime($0) }
    #expect(times.count == volume.contents.rows.count)
    #expect(EventTimeDisorder(times, arrivals: nil).rowsBehind == 0)
  }

  @Test func sumsAreThoseOfTheListBesideTheFiles() throws {
    let lines = Dataset.bundled.map { "\($0.sha256)  \($0.file)" }
    #expect(try Bundled.lines("datasets/SHA256SUMS").sorted() == lines.sorted())
  }

  @Test func provenanceNamesEveryDatasetWithItsRowsAndSum() throws {
    let text = try Bundled.lines("datasets/PROVENANCE.md").joined(separator: "\n")
    for dataset in Dataset.bundled {
      #expect(text.contains(dataset.file.split(separator: "/").last ?? ""), "\(dataset.name)")
      #expect(text.contains("\(dataset.sha256)  \(dataset.file)"), "\(dataset.name)")
    }
    for dataset in Dataset.generated { #expect(text.contains("`\(dataset.name)`")) }
  }

  @Test func measuresLagsAndDelays() {
    let times = [10, 30, 20, 30, 5].map { UTCTime(milliseconds: $0) }
    let arrivals = [11, 30, 50, 60, 4].map { UTCTime(milliseconds: $0) }
    let disorder = EventTimeDisorder(times, arrivals: arrivals)
    #expect(disorder.rowsBehind == 2)
    #expect(disorder.rowWithLargestLag == 4)
    #expect(
      [40, 60, 61, 80, 81, 100].map { disorder.lags.percentile($0) } == [0, 0, 10, 10, 25, 25]
    )
    #expect(disorder.delays?.smallest == -1)
    #expect(disorder.delays?.largest == 30)
  }
}
