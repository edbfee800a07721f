import StreamModel

/// Reads marbles from text, as ``MarbleNotation`` describes it.
struct MarbleReader {
  /// A record in a window's list, until all records are known.
  private enum Reference {
    case number(Int)
    case name(String)
  }

  private var scanner: MarbleScanner
  private var model = Marbles(inputs: [])
  private var input: Int?
  /// The windows by their names.
  private var windows: [String: Int] = [:]
  /// What is listed of each window, and where.
  private var listed: [Int: [(Reference, at: Int)]] = [:]

  init(_ text: String) {
    scanner = MarbleScanner(text)
  }

  mutating func marbles() throws(MarbleError) -> Marbles {
    while let next = scanner.nextItem() { try readItem(next) }
    if model.inputs.isEmpty { model.inputs = [""] }
    if scanner.hasTimeOfDay { model.times = .timeOfDay }
    for window in model.windows.indices {
      model.windows[window].holds =
        if let references = listed[window] {
          try resolved(references)
        } else {
          model.recordsByDefault(of: window)
        }
    }
    return model
  }

  private mutating func readItem(_ next: Unicode.Scalar) throws(MarbleError) {
    switch next {
    case "|": try readWatermark()
    case "{": try readStatement()
    case ".":
      scanner.skip()
      model.events.append(.idle(input: currentInput()))
    case ">":
      scanner.skip()
      model.events.append(.active(input: currentInput()))
    default: try readRecordOrInput()
    }
  }

  private mutating func currentInput() -> Int {
    if let input { return input }
    turn(to: "")
    return input ?? 0
  }

  private mutating func turn(to name: String) {
    input = model.inputs.firstIndex(of: name) ?? model.inputs.count
    if input == model.inputs.count { model.inputs.append(name) }
  }

  private mutating func readWatermark() throws(MarbleError) {
    let start = scanner.position
    scanner.skip()
    let bars = scanner.take("|") ? 2 : 1
    let time = try scanner.time(orEnd: true)
    for _ in 0..<bars where !scanner.take("|") {
      throw scanner.error(.openWatermark(bars: bars), at: start)
    }
    model.events.append(
      bars == 2 ? .combined(time) : .watermark(time, input: currentInput())
    )
  }

  private mutating func readRecordOrInput() throws(MarbleError) {
    let start = scanner.position
    guard let word = try scanner.word() else {
      throw scanner.error(.unexpected(scanner.rest(from: start)), at: start)
    }
    if scanner.take(":") { return turn(to: word.text) }
    var (key, label) = word.isQuoted ? (word.text, "") : Self.split(word.text)
    if scanner.take("/") {
      guard let second = try scanner.word() else {
        throw scanner.error(.unexpected(scanner.rest(from: start)), at: start)
      }
      (key, label) = (word.text, second.text)
    }
    guard scanner.take("@") else { throw scanner.error(.noTime(word.text), at: start) }
    var record = Marbles.Record(key: key, label: label, time: try scanner.time(orEnd: false))
    record.input = currentInput()
    if scanner.take("!") { record.lateness = scanner.take("!") ? .dropped : .late }
    model.events.append(.record(record))
  }

  /// A word cut before its first digit.
  private static func split(_ word: String) -> (key: String, label: String) {
    let scalars = word.unicodeScalars
    let cut = scalars.firstIndex { ("0"..."9").contains($0) } ?? scalars.endIndex
    return (String(scalars[..<cut]), String(scalars[cut...]))
  }

  private mutating func readStatement() throws(MarbleError) {
    let start = scanner.position
    scanner.skip()
    let window = try readWindow()
    scanner.skipSpaces()
    let position = scanner.position
    if scanner.take("=") {
      scanner.skipSpaces()
      guard let result = try scanner.word() else {
        throw scanner.error(.badStatement(""), at: position)
      }
      model.events.append(.fires(window: window, result: result.text))
    } else if scanner.take(":") {
      try readList(of: window)
    } else if scanner.take("->") {
      scanner.skipSpaces()
      model.events.append(.joins(window: window, into: try readWindow()))
    } else if let word = try scanner.word() {
      guard word.text == "cleared" else {
        throw scanner.error(.badStatement(word.text), at: position)
      }
      model.events.append(.clears(window: window))
    }
    scanner.skipSpaces()
    guard scanner.take("}") else {
      let isOver = scanner.nextItem() == nil
      throw scanner.error(isOver ? .openBrace : .badStatement(""), at: isOver ? start : position)
    }
  }

  /// Reads a window's name; the first time that it is mentioned there is one more.
  private mutating func readWindow() throws(MarbleError) -> Int {
    scanner.skipSpaces()
    let start = scanner.position
    let key = try scanner.word()?.text ?? ""
    guard scanner.take("[") else { throw scanner.error(.noWindow, at: start) }
    let window = Marbles.Window(key: key, extent: try readExtent())
    let name = MarbleWriter.name(of: window, .milliseconds)
    var twin = name
    if scanner.take("'") {
      let number = try scanner.number()
      let previous = number == 2 ? name : "\(name)'\(number - 1)"
      guard number >= 2, windows[previous] != nil else {
        throw scanner.error(.missingTwin(scanner.text(from: start)), at: start)
      }
      twin = "\(name)'\(number)"
    }
    if let known = windows[twin] { return known }
    windows[twin] = model.windows.count
    model.windows.append(window)
    return model.windows.count - 1
  }

  private mutating func readExtent() throws(MarbleError) -> Marbles.Window.Extent {
    let start = scanner.position
    if scanner.take("*]") { return .global }
    if scanner.take("#") {
      let count = try scanner.number()
      guard scanner.take("]") else { throw scanner.error(.badExtent, at: start) }
      return .count(count)
    }
    let first = try scanner.time(orEnd: false)
    guard scanner.take(",") else { throw scanner.error(.badExtent, at: start) }
    let second = try scanner.time(orEnd: false)
    guard scanner.take(")") else { throw scanner.error(.badExtent, at: start) }
    guard first <= second else { throw scanner.error(.emptyWindow, at: start) }
    return .span(first, second)
  }

  private mutating func readList(of window: Int) throws(MarbleError) {
    var references = listed[window] ?? []
    while true {
      scanner.skipSpaces()
      let start = scanner.position
      if scanner.take("#") {
        references.append((.number(try scanner.number()), at: start))
      } else if let word = try scanner.word() {
        references.append((.name(word.text), at: start))
      } else {
        listed[window] = references
        return
      }
    }
  }

  private func resolved(
    _ references: [(Reference, at: Int)]
  ) throws(MarbleError) -> [Int] {
    let records = model.records
    var numbers: [Int] = []
    for (reference, position) in references {
      switch reference {
      case .number(let number):
        guard records.indices.contains(number - 1) else {
          throw scanner.error(.noRecord("#\(number)"), at: position)
        }
        numbers.append(number - 1)
      case .name(let name):
        let named = records.indices.filter {
          records[$0].isPlainlyNamed && records[$0].key + records[$0].label == name
        }
        guard let number = named.first else {
          throw scanner.error(.noRecord(name), at: position)
        }
        guard named.count == 1 else { throw scanner.error(.ambiguousRecord(name), at: position) }
        numbers.append(number)
      }
    }
    return numbers
  }
}
