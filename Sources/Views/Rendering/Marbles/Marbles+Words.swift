import StreamModel

extension Marbles {
  private static let toldAtMost = 60

  /// What happened, in sentences: what arrived and what it brought about, then the windows.
  package func describe() -> [String] {
    let all = steps
    let stretch = MarbleStretch(all, around: focus, room: Self.toldAtMost) { _ in 1 }
    var phrases: [MarbleSentence] = []
    if all.isEmpty { phrases.append(.nothing) }
    if stretch.before > 0 { phrases.append(.before(stretch.before)) }
    for step in all[stretch.range] { phrases += sentences(of: step) }
    if stretch.after > 0 { phrases.append(.after(stretch.after)) }
    let numbers = all[stretch.range].compactMap(\.number)
    for (index, fate) in WindowFate.fates(of: windows.count, in: all).enumerated()
    where stretch.isWhole || windows[index].holds.contains(where: numbers.contains) {
      phrases.append(
        .window(windowName(index), holds: windows[index].holds.count, fate, joined(fate))
      )
    }
    return phrases.map(\.english)
  }

  private func joined(_ fate: WindowFate) -> String? {
    fate.joined.map { windowName($0) }
  }

  private func told(_ watermark: EventTime) -> String {
    watermark == Self.end ? MarblePhrase.theEnd.english : times.shown(watermark)
  }

  private func sentences(of step: MarbleStep) -> [MarbleSentence] {
    func named(_ input: Int) -> String? { inputs.count > 1 ? inputName(input) : nil }
    var sentences: [MarbleSentence] = []
    switch step.cause {
    case .record(let record, let number):
      sentences.append(
        .record(
          record.name,
          time: times.shown(record.time),
          input: named(record.input),
          record.lateness,
          watermark: step.clock.map { told($0) }
        )
      )
      let opened = windows.indices.filter { windows[$0].holds.first == number }
      if !opened.isEmpty { sentences.append(.opens(opened.map { windowName($0) })) }
    case .inputWatermark(let time, let input):
      sentences.append(.watermark(told(time), input: inputName(input)))
    case .watermark(let time): sentences.append(.watermark(told(time), input: nil))
    case .idle(let input): sentences.append(.idle(named(input)))
    case .active(let input): sentences.append(.active(named(input)))
    }
    return sentences
      + step.effects.map { effect in
        switch effect {
        case .fires(let window, let result, let time):
          .fires(windowName(window), result: result, isAgain: time > 1)
        case .clears(let window): .clears(windowName(window))
        case .joins(let window, let other): .joins(windowName(window), windowName(other))
        }
      }
  }
}
