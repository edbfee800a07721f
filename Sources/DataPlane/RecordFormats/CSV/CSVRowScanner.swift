/// Where the fields of the present row lie; one for a file, used row after row.
///
/// RFC 4180, strictly, but for one thing: a row ends with its line, also within quotes, since a
/// split could not be entered otherwise.
final class CSVRowScanner {
  /// Where a field lies in its line, without its quotes.
  private struct Slot {
    var start: Int
    var count: Int
    /// Whether it holds doubled quotes.
    var hasEscapes: Bool
  }

  /// The names in the header, which are as many as each row has fields; empty while the header
  /// itself is read.
  let columns: [String]

  private var slots: [Slot] = []
  private var line = UnsafeRawBufferPointer(start: nil, count: 0)
  private var unescaped: [UInt8] = []
  /// The columns in the order in which the last rows' were asked for: nobody looks up a name
  /// twice.
  private var asked: [(name: String, column: Int)] = []
  private var next = 0

  init(columns: [String]) {
    self.columns = columns
    slots.reserveCapacity(columns.count)
  }

  /// How many fields the present row has.
  var count: Int { slots.count }

  // MARK: Fields

  /// Calls `body` with a field of the present row.
  @inline(__always)
  func withField<Value>(
    _ column: Int,
    _ body: (FieldText) throws(RowError) -> Value
  ) throws(RowError) -> Value {
    let slot = slots[column]
    if slot.hasEscapes { return try withUnescaped(slot, body) }
    let bytes = UnsafeRawBufferPointer(
      rebasing: line[slot.start..<slot.start &+ slot.count]
    )
    return try body(FieldText(bytes: bytes))
  }

  private func withUnescaped<Value>(
    _ slot: Slot,
    _ body: (FieldText) throws(RowError) -> Value
  ) throws(RowError) -> Value {
    unescaped.removeAll(keepingCapacity: true)
    var wasQuote = false
    for byte in line[slot.start..<slot.start + slot.count] {
      wasQuote = byte == UInt8(ascii: "\"") && !wasQuote
      if !wasQuote { unescaped.append(byte) }
    }
    let bytes = unescaped
    return try bytes.withUnsafeBufferPointer { (buffer) throws(RowError) in
      try body(FieldText(bytes: UnsafeRawBufferPointer(buffer)))
    }
  }

  /// The number of a column; every row asks for the same ones in the same order, as a rule.
  func column(named name: String) throws(RowError) -> Int {
    if next < asked.count, asked[next].name == name {
      next &+= 1
      return asked[next &- 1].column
    }
    if next > 0, asked[next &- 1].name == name { return asked[next &- 1].column }
    guard let column = columns.firstIndex(of: name) else {
      throw RowError(
        NameSuggestion.text("column", name, among: columns),
        concernsFile: true
      )
    }
    if next < asked.count {
      asked[next] = (name, column)
    } else if asked.count < columns.count * 2 {
      asked.append((name, column))
    } else {
      return column
    }
    next += 1
    return column
  }

  /// A column, for people.
  func place(of column: Int) -> String {
    guard column < columns.count else { return "column \(column + 1)" }
    return "column \(FieldText.shortened(columns[column], to: 40))"
  }

  // MARK: Rows

  /// Finds the fields of a line that is not empty and has no line end.
  ///
  /// - Throws: ``RowError`` when they are not as many as the columns, or not well-formed.
  func scan(_ line: UnsafeRawBufferPointer) throws(RowError) {
    self.line = line
    next = 0
    var found = slots
    slots = []
    found.removeAll(keepingCapacity: true)
    var seen: UInt8 = 0
    var excess = 0
    var index = 0
    defer { slots = found }
    while true {
      let slot: Slot
      if index < line.count, line[index] == UInt8(ascii: "\"") {
        slot = try quoted(from: index + 1, column: found.count, &seen)
        index = slot.start + slot.count + 1
        guard index == line.count || line[index] == UInt8(ascii: ",") else {
          throw RowError.expected(
            "a comma behind a closing quote",
            found: FieldText.quoted(line[index...].prefix(256))
          ).at(place(of: found.count))
        }
      } else {
        let start = index
        while index < line.count {
          let byte = line[index]
          if byte <= UInt8(ascii: ",") {
            if byte == UInt8(ascii: ",") { break }
            if byte == UInt8(ascii: "\"") || byte == 0 || byte == 0x0D {
              throw Self.stray(byte).at(place(of: found.count))
            }
          }
          seen |= byte
          index &+= 1
        }
        slot = Slot(start: start, count: index &- start, hasEscapes: false)
      }
      if columns.isEmpty || found.count < columns.count {
        found.append(slot)
      } else {
        excess += 1
      }
      if index >= line.count { break }
      index &+= 1
    }
    guard columns.isEmpty || found.count + excess == columns.count else {
      throw wrongCount(found.count + excess)
    }
    if seen & 0x80 != 0 { try validate(found) }
  }

  /// The field behind an opening quote.
  private func quoted(
    from start: Int,
    column: Int,
    _ seen: inout UInt8
  ) throws(RowError) -> Slot {
    var index = start
    var hasEscapes = false
    while index < line.count {
      let byte = line[index]
      if byte == UInt8(ascii: "\"") {
        guard index + 1 < line.count, line[index + 1] == UInt8(ascii: "\"") else {
          return Slot(start: start, count: index - start, hasEscapes: hasEscapes)
        }
        hasEscapes = true
        index += 1
      } else if byte == 0 {
        throw Self.stray(byte).at(place(of: column))
      }
      seen |= byte
      index &+= 1
    }
    throw RowError.expected("a closing quote in the same line", found: "its end")
      .at(place(of: column))
  }

  private static func stray(_ byte: UInt8) -> RowError {
    switch byte {
    case 0: .expected("text", found: "a NUL byte")
    case 0x0D:
      .expected("a line end of LF or of CR LF", found: "a carriage return without a line feed")
    default: .expected("a field that begins with its quote", found: "a quote within")
    }
  }

  private func wrongCount(_ count: Int) -> RowError {
    let place = count < columns.count ? self.place(of: count) : nil
    let fields = count == 1 ? "1 field" : "\(count) fields"
    return RowError("expected \(columns.count) fields as in the header, found \(fields)", at: place)
  }

  private func validate(_ slots: [Slot]) throws(RowError) {
    guard String(validating: line, as: UTF8.self) == nil else { return }
    let bad = slots.firstIndex {
      String(validating: line[$0.start..<$0.start + $0.count], as: UTF8.self) == nil
    }
    throw RowError.expected("UTF-8", found: "bytes that are not").at(place(of: bad ?? 0))
  }

  /// The names in a header line.
  ///
  /// - Throws: ``RowError`` when one is empty or stands there twice.
  static func names(in line: UnsafeRawBufferPointer) throws(RowError) -> [String] {
    let scanner = CSVRowScanner(columns: [])
    try scanner.scan(line)
    var names: [String] = []
    for column in 0..<scanner.count {
      let name = try scanner.withField(column) { (field) throws(RowError) in field.string }
      guard !name.isEmpty else {
        throw RowError("expected a name, found nothing", at: "column \(column + 1)")
      }
      names.append(name)
    }
    if let twice = duplicate(in: names) {
      throw RowError("expected different names, found \(FieldText.quoted(twice.utf8)) twice")
    }
    return names
  }

  private static func duplicate(in names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }
}
