/// The streams of a graph as parallel rails that run down the page, as version histories are drawn.
///
/// Every node stands on a rail; its inputs' rails bend into it, those of its outputs leave it.
struct RailLayout: Sendable {
  /// A stream between two nodes, by their positions.
  struct Stream: Sendable {
    var source: Int
    var target: Int
  }

  /// What stands beside a row of rails.
  enum Subject: Sendable, Equatable {
    case node(Int)
    /// The row below a node, with the rails that leave it.
    case belowNode(Int)
    /// The last rows of a stream, where it reaches its node.
    case stream(Int)
  }

  /// One row of the picture.
  struct Row: Sendable, Equatable {
    var rails: String
    /// The same rails where nothing happens, for further lines beside the same subject.
    var plainRails: String
    var subject: Subject
  }

  private(set) var rows: [Row] = []
  /// The columns that the widest row takes.
  var width: Int { rows.map { DisplayWidth.of($0.rails) }.max() ?? 0 }

  private let streams: [Stream]
  private let style: TextStyle
  /// The stream on each rail; nil where the rail is free.
  private var rails: [Int?] = []

  /// Lays out nodes that each come after those that they read from.
  init(nodeCount: Int, streams: [Stream], style: TextStyle) {
    self.streams = streams
    self.style = style
    for node in 0..<nodeCount {
      let rail = join(inputsOf: node)
      place(node, on: rail)
      fork(outputsOf: node, from: rail)
    }
  }

  /// Bends the rails of a node's inputs into one; takes a free one where there are none.
  private mutating func join(inputsOf node: Int) -> Int {
    let inputs = rails.indices.filter { rails[$0].map { streams[$0].target == node } ?? false }
    guard let first = inputs.first, let firstStream = rails[first] else {
      return freeRail(after: -1)
    }
    // The stream that comes straight down is named last: it is the one nearest to the node.
    for rail in inputs.dropFirst() {
      guard let stream = rails[rail] else { continue }
      let bend = bent(from: first, to: rail, end: .bottomRight)
      rails[rail] = nil
      rows.append(Row(rails: bend, plainRails: straight(), subject: .stream(stream)))
    }
    rows.append(Row(rails: straight(), plainRails: straight(), subject: .stream(firstStream)))
    return first
  }

  private mutating func place(_ node: Int, on rail: Int) {
    // A source's rail begins here; the last of a sink's ends here.
    let sign = cells { $0 == rail ? style(.node) : rails[$0] == nil ? " " : style(.vertical) }
    let outputs = streams.indices.filter { streams[$0].source == node }
    rails[rail] = outputs.first
    rows.append(Row(rails: sign, plainRails: straight(), subject: .node(node)))
  }

  private mutating func fork(outputsOf node: Int, from rail: Int) {
    let outputs = streams.indices.filter { streams[$0].source == node }
    for stream in outputs.dropFirst() {
      let next = freeRail(after: rail)
      let bend = bent(from: rail, to: next, end: .topRight)
      rails[next] = stream
      rows.append(Row(rails: bend, plainRails: straight(), subject: .belowNode(node)))
    }
  }

  private mutating func freeRail(after rail: Int) -> Int {
    if let free = rails.indices.first(where: { $0 > rail && rails[$0] == nil }) { return free }
    rails.append(nil)
    return rails.count - 1
  }

  private func straight() -> String {
    cells { rails[$0] == nil ? " " : style(.vertical) }
  }

  /// The rails with a bend between two of them, to the right of the first.
  private func bent(from first: Int, to last: Int, end: Mark) -> String {
    cells(fillingFrom: first, to: last) { rail in
      if rail == first { return style(.branch) }
      if rail == last { return style(end) }
      let isTaken = rails[rail] != nil
      if first < rail, rail < last { return style(isTaken ? .crossing : .horizontal) }
      return isTaken ? style(.vertical) : " "
    }
  }

  private func cells(
    fillingFrom first: Int = 0,
    to last: Int = 0,
    _ cell: (Int) -> String
  ) -> String {
    var text = ""
    for rail in rails.indices {
      if rail > 0 { text += first < rail && rail <= last ? style(.horizontal) : " " }
      text += cell(rail)
    }
    return text
  }
}
