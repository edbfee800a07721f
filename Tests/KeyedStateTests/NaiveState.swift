import KeyedState

/// A state of a kind by definition: for each key the cells that have not expired.
struct NaiveState {
  let kind: StateKind
  let timeToLive: StateTimeToLive?

  struct Cell {
    /// The key of a map.
    var id = 0
    var content: [Int]
    var lastAccess: Int64
  }

  private var cells: [Int: [Cell]] = [:]

  init(_ kind: StateKind, timeToLive: StateTimeToLive?) {
    self.kind = kind
    self.timeToLive = timeToLive
  }

  private mutating func expire(_ key: Int, _ now: Int64) {
    guard let timeToLive else { return }
    cells[key]?.removeAll { $0.lastAccess + timeToLive.milliseconds <= now }
  }

  /// What there is to see; counts as an access of all that is seen.
  mutating func seen(_ key: Int, _ now: Int64, only id: Int? = nil) -> [Int] {
    expire(key, now)
    var list = cells[key] ?? []
    var seen: [Int] = []
    for index in list.indices where id == nil || list[index].id == id {
      seen += list[index].content
      if timeToLive?.updateType == .onReadAndWrite { list[index].lastAccess = now }
    }
    cells[key] = list
    return seen
  }

  mutating func add(_ number: Int, _ key: Int, _ now: Int64) {
    expire(key, now)
    var list = cells[key] ?? []
    switch kind {
    case .list: list.append(Cell(content: [number], lastAccess: now))
    case .map:
      let cell = Cell(id: number % 5, content: [number], lastAccess: now)
      if let index = list.firstIndex(where: { $0.id == cell.id }) {
        list[index] = cell
      } else {
        list.append(cell)
      }
    case .reducing:
      list = [Cell(content: [(list.first?.content[0] ?? 0) + number], lastAccess: now)]
    case .aggregating:
      let before = list.first?.content ?? [0, 0]
      list = [Cell(content: [before[0] + number, before[1] + 1], lastAccess: now)]
    case .value, .table: list = [Cell(content: [number], lastAccess: now)]
    }
    cells[key] = list
  }

  mutating func clear(_ key: Int) { cells[key] = nil }

  mutating func drop(_ id: Int, _ key: Int) {
    if kind == .map {
      cells[key]?.removeAll { $0.id == id }
    } else {
      clear(key)
    }
  }

  mutating func replace(_ numbers: [Int], _ key: Int, _ now: Int64) {
    if kind == .list { clear(key) }
    for number in numbers { add(number, key, now) }
  }
}
