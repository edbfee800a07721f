import StreamModel

/// How what happened is called in pictures and sentences.
extension Marbles {
  /// A watermark as it is shown.
  func shown(_ time: EventTime) -> String {
    time == Self.end ? MarblePhrase.end.english : times.shown(time)
  }

  /// A window as it is called: `a [0,5000)`, `a #1`.
  func windowName(_ window: Int, withKey: Bool = true) -> String {
    guard windows.indices.contains(window) else { return "" }
    let key = withKey ? windows[window].key : ""
    let phrase: MarblePhrase =
      switch windows[window].extent {
      case .span(let start, let end):
        .span(key: key, from: times.shown(start), to: times.shown(end))
      case .count(let number): .count(key: key, number)
      case .global: .global(key: key)
      }
    return phrase.english
  }

  /// What a step brings about, and why a record in it is late, in a few words each.
  ///
  /// - Parameters:
  ///   - step: What arrives.
  ///   - limit: How many windows are told of one by one.
  /// - Returns: The notes, in the order of what happened.
  func notes(of step: MarbleStep, limit: Int = 4) -> [TextLine] {
    var notes: [TextLine] = []
    if let record = step.record, record.lateness != .onTime {
      let clock = step.clock.map { shown($0) }
      let isDropped = record.lateness == .dropped
      let phrase: MarblePhrase =
        isDropped
        ? .tooLate(record.name, watermark: clock) : .late(record.name, watermark: clock)
      notes.append(TextLine(phrase, record.lateness.sign.ink))
    }
    notes += joinNotes(of: step)
    let fired = step.effects.compactMap { effect -> MarblePhrase? in
      guard case .fires(let window, let result, let time) = effect else { return nil }
      return .fires(window: windowName(window), result: result, time: time)
    }
    let told = fired.count > limit ? limit - 1 : fired.count
    notes += fired.prefix(told).map { TextLine($0, .strong) }
    if fired.count > told {
      notes.append(TextLine(MarblePhrase.otherWindows(fired.count - told), .faint))
    }
    let cleared = step.effects.compactMap { effect -> String? in
      if case .clears(let window) = effect { windowName(window) } else { nil }
    }
    if !cleared.isEmpty {
      let others = MarblePhrase.otherWindows(cleared.count - 2).english
      let names = cleared.count > 3 ? cleared.prefix(2) + [others] : cleared[...]
      notes.append(TextLine(MarblePhrase.cleared(Array(names)), .faint))
    }
    return notes
  }

  /// The sessions that become one, one note for each new session.
  private func joinNotes(of step: MarbleStep) -> [TextLine] {
    var groups: [(into: Int, windows: [Int])] = []
    for case .joins(let window, let into) in step.effects {
      if let index = groups.firstIndex(where: { $0.into == into }) {
        groups[index].windows.append(window)
      } else {
        groups.append((into, [window]))
      }
    }
    return groups.map { group in
      let names = group.windows.enumerated().map { windowName($1, withKey: $0 == 0) }
      return TextLine(MarblePhrase.joins(names, into: windowName(group.into, withKey: false)))
    }
  }
}

extension Marbles.Lateness {
  /// The sign of such a record.
  var sign: Sign {
    switch self {
    case .onTime: .onTime
    case .late: .late
    case .dropped: .tooLate
    }
  }
}
