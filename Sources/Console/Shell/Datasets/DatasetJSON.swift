import Datasets

/// Datasets as JSON objects.
enum DatasetJSON {
  /// What the catalogue says, without the columns.
  static func summary(of dataset: Dataset) -> JSONObject {
    var object = JSONObject()
    object.add("name", dataset.name)
    object.add("kind", dataset.generator == nil ? "bundled" : "generated")
    object.add("summary", dataset.summary)
    if let generator = dataset.generator {
      object.add("seed", generator.seed)
    } else {
      object.add("file", "datasets/\(dataset.file)")
    }
    object.add("format", dataset.format.name)
    object.add("rows", dataset.rows)
    object.add("bytes", dataset.bytes)
    object.add("sha256", dataset.sha256)
    return object
  }

  /// What the catalogue says, and what was found in the bytes.
  static func description(of contents: DatasetContents, firstRows: Int) -> JSONObject {
    let dataset = contents.dataset
    var object = summary(of: dataset)
    object.add("about", dataset.about)
    object.add("origin", dataset.origin)
    object.add("licence", dataset.licence)
    object.add("columns", objects: dataset.columns.map(column))
    if let clock = dataset.clock {
      object.add("event_time", clock.eventTime)
      if let arrival = clock.arrival { object.add("arrival", arrival) }
      object.add("first", clock.span.lowerBound.description)
      object.add("last", clock.span.upperBound.description)
    }
    if let disorder = contents.disorder {
      object.add("rows_behind", disorder.rowsBehind)
      object.add("lag_ms", spread(disorder.lags))
      if let delays = disorder.delays { object.add("delay_ms", spread(delays)) }
    }
    object.add("first_rows", Array(contents.rows.prefix(firstRows)))
    return object
  }

  private static func column(_ column: Dataset.Column) -> JSONObject {
    var object = JSONObject()
    object.add("name", column.name)
    object.add("type", column.kind.rawValue)
    object.add("meaning", column.meaning)
    return object
  }

  private static func spread(_ spread: Spread) -> KeyValuePairs<String, Int> {
    [
      "min": spread.smallest, "p50": spread.percentile(50), "p90": spread.percentile(90),
      "p99": spread.percentile(99), "max": spread.largest,
    ]
  }
}
