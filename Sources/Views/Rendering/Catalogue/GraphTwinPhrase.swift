import JobGraphs

/// The sentences that say what the drawings of graphs show.
enum GraphTwinPhrase: Phrase {
  case graphOperator(
    name: String,
    parallelism: Int,
    group: String,
    inputs: [(strategy: ShipStrategy, from: String)]
  )
  case vertex(
    name: String,
    parallelism: Int,
    keyGroups: Int,
    group: String,
    inputs: [(strategy: ShipStrategy, from: String)]
  )
  case chain([String])
  case task(name: String, state: ExecutionState, place: GraphPhrase, attempt: GraphPhrase)
  case stream(ShipStrategy, from: String, to: String, channels: GraphPhrase)

  var english: String {
    switch self {
    case .graphOperator(let name, let parallelism, let group, let inputs):
      "\(name) has parallelism \(parallelism), in slot sharing group \(group)"
        + Self.reads(inputs)
    case .vertex(let name, let parallelism, let keyGroups, let group, let inputs):
      "\(name) has parallelism \(parallelism) and \(Wording.count(keyGroups, "key group")), "
        + "in slot sharing group \(group)" + Self.reads(inputs)
    case .chain(let names): "Its chain is \(Wording.list(names))."
    case .task(let name, let state, let place, let attempt):
      "\(name) is \(state.rawValue), \(place.english), \(attempt.english)."
    case .stream(let strategy, let source, let target, let channels):
      "\(target) reads \(source) by \(strategy.rawValue): \(channels.english)."
    }
  }

  private static func reads(_ inputs: [(strategy: ShipStrategy, from: String)]) -> String {
    guard !inputs.isEmpty else { return "." }
    let texts = inputs.map { input in
      let meaning = GraphPhrase.meaning(input.strategy).english
      return "\(input.from) by \(input.strategy.rawValue), \(meaning)"
    }
    return "; it reads \(texts.joined(separator: "; and "))."
  }
}
