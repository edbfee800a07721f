import OperatorTesting
import StreamModel

/// What came of a script.
struct Played: Equatable {
  typealias Mark = OutputElement<Row>

  var marks: [Mark] = []
  var sides: [[TimedRecord<Item>]] = []
  var visible: [String] = []

  /// How alike two runs are that should be the same.
  enum Likeness: Sendable {
    /// Everything in the same order.
    case exact
    /// Between two watermarks the rows of each key in the same order.
    case byKey
    /// Between two watermarks the same rows.
    case betweenWatermarks
    /// The same rows in the same order, whatever is said of event time.
    case rowsInOrder
    /// The same rows.
    case rows
  }

  /// What counts when runs are alike in that way.
  func seen(as likeness: Likeness) -> [String] {
    let rows = marks.compactMap { if case .record(let row) = $0 { row } else { nil } }
    var lines: [String] =
      switch likeness {
      case .exact: said.map(\.description)
      case .byKey: sorted { $0.element.key < $1.element.key }
      case .betweenWatermarks: sorted { $0.description < $1.description }
      case .rowsInOrder: rows.map(\.description)
      case .rows: rows.map(\.description).sorted()
      }
    for (index, side) in sides.enumerated() {
      let texts = side.map { "side \(index): \($0)" }
      lines += likeness == .exact || likeness == .rowsInOrder ? texts : texts.sorted()
    }
    return lines + (likeness == .rows ? visible.sorted() : visible)
  }

  /// What was said, without what it adds nothing to: promises that were made already.
  private var said: [Mark] {
    var last = Watermark.none
    return marks.filter { mark in
      guard case .watermark(let watermark) = mark else { return true }
      defer { last = max(last, watermark) }
      return watermark > last
    }
  }

  /// The rows in an order of their own from one watermark to the next.
  private func sorted(
    _ isBefore: (TimedRecord<Row>, TimedRecord<Row>) -> Bool
  ) -> [String] {
    var lines: [String] = []
    var rows: [(offset: Int, row: TimedRecord<Row>)] = []
    func flush() {
      rows.sort {
        if isBefore($0.row, $1.row) { return true }
        return !isBefore($1.row, $0.row) && $0.offset < $1.offset
      }
      lines += rows.map(\.row.description)
      rows = []
    }
    for mark in said {
      if case .record(let row) = mark {
        rows.append((rows.count, row))
      } else {
        flush()
        lines.append(mark.description)
      }
    }
    flush()
    return lines
  }
}
