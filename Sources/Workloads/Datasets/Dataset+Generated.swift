extension Dataset {
  /// The datasets that are made from a seed.
  package static let generated: [Dataset] = [words, clicks, payments, rates, sensors]

  private static let made = "Made by Drey from a seed; no person or firm is in it"
  private static let licence = "Apache License 2.0, as Drey"

  private static let words = Dataset(
    name: "words",
    summary: "made-up words, in any size",
    about: "Lines of words that mean nothing, a few of them frequent and most of them rare, as "
      + "in a language. It can be made in any size, for runs that take a while.",
    source: .generated(.words),
    format: .text,
    rows: 5247,
    bytes: 255_247,
    sha256: "791d89b765624a825074ea274cd5058a638b732ab85bfc2c9ba3e3798a75103c",
    origin: made,
    licence: licence
  )

  private static let clicks = Dataset(
    name: "clicks",
    summary: "visits to pages, in sessions",
    about: "Clicks of 400 users in sessions with more than 30 minutes between them. Records "
      + "come up to five minutes late, and one of a hundred comes twice.",
    source: .generated(.clicks),
    format: .csv,
    columns: [
      Column("seq", .integer, "1, 2, 3 and so on, in the order of arrival"),
      Column("event_id", .text, "one for each click; twice where a record came twice"),
      Column("event_time", .time, "when the user clicked"),
      Column("known_at", .time, "when the record arrived"),
      Column("user", .text, "the user"),
      Column("page", .text, "the page"),
    ],
    rows: 14_566,
    bytes: 1_052_255,
    sha256: "0f1a9cb8521e62f72d03c6708f52dd6602c81f2338adbb2a1145d65f32bbe101",
    clock: Clock(
      "event_time",
      arrival: "known_at",
      "2023-11-15T00:00:12.475Z",
      "2023-11-15T23:27:07.643Z"
    ),
    origin: made,
    licence: licence
  )

  private static let payments = Dataset(
    name: "payments",
    summary: "card payments, some of them frauds",
    about: "Payments among which 25 frauds hide: three small payments within two minutes, then "
      + "a large one within five. There are 60 decoys that look nearly like it, and the "
      + "records change their schema on the way.",
    source: .generated(.payments),
    format: .jsonLines,
    columns: [
      Column("id", .integer, "1, 2, 3 and so on, in the order of time"),
      Column("event_time", .time, "when the payment was made"),
      Column("card", .text, "the card"),
      Column("amount_cents", .integer, "the amount, in cents"),
      Column("schema", .integer, "2 in the last two fifths; earlier records have no such field"),
      Column("currency", .text, "EUR, USD, GBP or JPY; only with schema 2"),
      Column("country", .text, "where; only with schema 2"),
    ],
    rows: 12_280,
    bytes: 1_269_457,
    sha256: "c9c1b3138f576472b2185fcb6b3917257cdfebe1e5a0ba8db88c400db76d5e92",
    clock: Clock("event_time", "2023-11-15T00:00:01.946Z", "2023-11-15T05:59:59.183Z"),
    origin: made,
    licence: licence
  )

  private static let rates = Dataset(
    name: "rates",
    summary: "exchange rates that change",
    about: "What a unit of each currency is worth, a new version every ten minutes: to join "
      + "payments with the rate of their time. The yen gets no more versions after four "
      + "hours.",
    source: .generated(.rates),
    format: .csv,
    columns: [
      Column("valid_from", .time, "from when on the rate holds"),
      Column("currency", .text, "EUR, USD, GBP or JPY"),
      Column("micro_eur", .integer, "millionths of a euro for one unit"),
    ],
    rows: 97,
    bytes: 3511,
    sha256: "69a7e31d9c26295454d2359d8cd36f925240914aa1b0b8b14123f091eccf2a81",
    clock: Clock("valid_from", "2023-11-15T00:00:00Z", "2023-11-15T05:50:00Z"),
    origin: made,
    licence: licence
  )

  private static let sensors = Dataset(
    name: "sensors",
    summary: "temperatures, half from one sensor",
    about: "Readings of 200 sensors in four partitions. One sensor sends half of all, one "
      + "partition comes late and one is silent for twenty minutes.",
    source: .generated(.sensors),
    format: .csv,
    columns: [
      Column("seq", .integer, "1, 2, 3 and so on, in the order of arrival"),
      Column("event_time", .time, "when the reading was taken"),
      Column("known_at", .time, "when it arrived"),
      Column("sensor", .text, "the sensor; half of all readings are from s000"),
      Column("partition", .integer, "0 to 3; 2 comes late, 3 is silent from minute 20 to 40"),
      Column("milli_c", .integer, "thousandths of a degree Celsius"),
    ],
    rows: 28_777,
    bytes: 1_974_556,
    sha256: "416c3ab097597d7cf8ea8a5c1fb4ab0798ac7e89b4f10c96a17420e550019105",
    clock: Clock(
      "event_time",
      arrival: "known_at",
      "2023-11-15T00:00:00.150Z",
      "2023-11-15T00:59:59.914Z"
    ),
    origin: made,
    licence: licence
  )
}
