import StreamModel

/// Writes marbles as text: the other side of ``MarbleReader``.
struct MarbleWriter {
  private let marbles: Marbles
  private let names: [String]
  private var items: [String] = []
  private var input: Int?

  init(_ marbles: Marbles) {
    self.marbles = marbles
    var taken: [String] = []
    names = marbles.windows.map { window in
      let name = Self.name(of: window, marbles.times)
      taken.append(name)
      let count = taken.count { $0 == name }
      return count == 1 ? name : "\(name)'\(count)"
    }
  }

  mutating func text() -> String {
    addHeader()
    for event in marbles.events { add(event) }
    let mentioned = Self.mentioned(marbles.events)
    for window in marbles.windows.indices {
      let holds = marbles.windows[window].holds
      if holds != marbles.recordsByDefault(of: window) {
        items.append("{\(names[window]):\(holds.map { " " + reference($0) }.joined())}")
      } else if !mentioned.contains(window) {
        items.append("{\(names[window])}")
      }
    }
    return items.joined(separator: " ")
  }

  /// Inputs and windows whose order would not be seen from what happens to them.
  private mutating func addHeader() {
    let inputs = Self.inputs(marbles.events)
    if marbles.inputs != [""] || inputs.contains(where: { $0 != 0 }) {
      let isInOrder = inputs == Array(marbles.inputs.indices)
      if !isInOrder { items += marbles.inputs.map { MarbleNotation.word($0) + ":" } }
    } else {
      input = 0
    }
    let mentioned = Self.mentioned(marbles.events)
    if mentioned != Array(marbles.windows.indices.prefix(mentioned.count)) {
      items += names.map { "{\($0)}" }
    }
  }

  private mutating func add(_ event: Marbles.Event) {
    switch event {
    case .record(let record):
      turn(to: record.input)
      items.append(text(of: record))
    case .watermark(let time, let input):
      turn(to: input)
      items.append("|\(text(of: time))|")
    case .combined(let time): items.append("||\(text(of: time))||")
    case .idle(let input):
      turn(to: input)
      items.append(".")
    case .active(let input):
      turn(to: input)
      items.append(">")
    case .fires(let window, let result) where names.indices.contains(window):
      items.append("{\(names[window]) = \(MarbleNotation.word(result))}")
    case .clears(let window) where names.indices.contains(window):
      items.append("{\(names[window]) cleared}")
    case .joins(let window, let other)
    where names.indices.contains(window) && names.indices.contains(other):
      items.append("{\(names[window]) -> \(names[other])}")
    case .fires, .clears, .joins: break
    }
  }

  private mutating func turn(to input: Int) {
    guard input != self.input, marbles.inputs.indices.contains(input) else { return }
    self.input = input
    items.append(MarbleNotation.word(marbles.inputs[input]) + ":")
  }

  private func text(of record: Marbles.Record) -> String {
    let sign =
      switch record.lateness {
      case .onTime: ""
      case .late: "!"
      case .dropped: "!!"
      }
    return "\(name(of: record))@\(marbles.times.written(record.time))\(sign)"
  }

  private func name(of record: Marbles.Record) -> String {
    let whole = record.key + record.label
    if record.isPlainlyNamed, MarbleNotation.word(whole) == whole { return whole }
    return MarbleNotation.word(record.key) + "/" + MarbleNotation.word(record.label)
  }

  /// A record by its name, or by its number where the name is not enough.
  private func reference(_ number: Int) -> String {
    let records = marbles.records
    guard records.indices.contains(number) else { return "#\(number + 1)" }
    let name = name(of: records[number])
    let isOnlyOne = records.count { self.name(of: $0) == name } == 1
    return isOnlyOne && records[number].isPlainlyNamed && name == MarbleNotation.word(name)
      ? name : "#\(number + 1)"
  }

  private func text(of time: EventTime) -> String {
    time == Marbles.end ? "end" : marbles.times.written(time)
  }

  /// What a window is called, without what tells it from another of the same name.
  static func name(of window: Marbles.Window, _ times: Marbles.Times) -> String {
    let key = window.key.isEmpty ? "" : MarbleNotation.word(window.key)
    return switch window.extent {
    case .span(let start, let end): "\(key)[\(times.written(start)),\(times.written(end)))"
    case .count(let count): "\(key)[#\(count)]"
    case .global: "\(key)[*]"
    }
  }

  /// The windows in the order in which they are mentioned.
  private static func mentioned(_ events: [Marbles.Event]) -> [Int] {
    var windows: [Int] = []
    func mention(_ window: Int) {
      if !windows.contains(window) { windows.append(window) }
    }
    for event in events {
      switch event {
      case .fires(let window, _), .clears(let window): mention(window)
      case .joins(let window, let other):
        mention(window)
        mention(other)
      case .record, .watermark, .combined, .idle, .active: continue
      }
    }
    return windows
  }

  /// The inputs in the order in which something comes from them.
  private static func inputs(_ events: [Marbles.Event]) -> [Int] {
    var inputs: [Int] = []
    for event in events {
      switch event {
      case .record(let record): inputs.append(record.input)
      case .watermark(_, let input), .idle(let input), .active(let input): inputs.append(input)
      case .combined, .fires, .clears, .joins: continue
      }
    }
    return inputs.enumerated().filter { !inputs[..<$0.offset].contains($0.element) }
      .map(\.element)
  }
}
