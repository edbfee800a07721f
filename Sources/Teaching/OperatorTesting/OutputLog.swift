import StreamModel
import StreamOperators
import TaskRuntime

/// Everything that the subtasks of an operator said.
///
/// Watermarks and status are put together as an operator behind them would, by the valve of its
/// input.
final class OutputLog<Output>: SideOutputListener {
  /// What was said, and by which subtask; nil for what all say together.
  private(set) var entries: [(element: OutputElement<Output>, subtask: Int?)] = []
  private var sides: [(tag: String, records: Any)] = []
  private var valve: WatermarkValve

  init(parallelism: Int) {
    valve = WatermarkValve(channels: parallelism)
  }

  func receiver(named name: String, subtask: Int) -> BatchReceiver<Output> {
    BatchReceiver(operatorName: name) { batch in
      self.entries += TimedRecord.records(of: batch).map { (.record($0), subtask) }
    }
  }

  func take<Element>(_ batch: RecordBatch<Element>, of tag: String) {
    let records = TimedRecord.records(of: batch)
    guard let index = sides.firstIndex(where: { $0.tag == tag }) else {
      return sides.append((tag, records))
    }
    sides[index].records = self.records(of: OutputTag<Element>(tag)) + records
  }

  func records<Element>(of tag: OutputTag<Element>) -> [TimedRecord<Element>] {
    guard let side = sides.first(where: { $0.tag == tag.id }) else { return [] }
    guard let records = side.records as? [TimedRecord<Element>] else {
      fatalError("the side output \(tag.id) holds other records than \(Element.self)")
    }
    return records
  }

  func watermark(_ watermark: Watermark, subtask: Int) {
    follow(valve.watermark(watermark, on: subtask))
  }

  func status(isIdle: Bool, subtask: Int) {
    follow(valve.status(isIdle: isIdle, on: subtask))
  }

  func append(_ element: OutputElement<Output>) {
    entries.append((element, nil))
  }

  func removeAll() {
    entries = []
    sides = []
  }

  private func follow(_ outputs: [WatermarkValve.Output]) {
    for output in outputs {
      switch output {
      case .watermark(let watermark): append(.watermark(watermark))
      case .status(let isIdle): append(.status(isIdle: isIdle))
      }
    }
  }
}
