import StreamModel
public import StreamOperators

// What a test sees of the operator.

extension OperatorHarness {
  /// Everything that the operator said, in order, side outputs left out.
  ///
  /// Of several subtasks the first one's comes first where they said something at once; watermarks
  /// and status are those of all together.
  public var output: [OutputElement<Output>] { log.entries.map(\.element) }

  /// The same in short, one word or two for each: `late@1500`, `watermark 2000`, `idle`.
  public var lines: [String] { output.map(\.description) }

  /// The records with their event times.
  public var timedRecords: [TimedRecord<Output>] {
    output.compactMap { if case .record(let record) = $0 { record } else { nil } }
  }

  /// The records.
  public var records: [Output] { timedRecords.map(\.element) }

  /// The records of one subtask, counted from 0.
  public func records(ofSubtask subtask: Int) -> [Output] {
    log.entries.compactMap { entry in
      guard case .record(let record) = entry.element, entry.subtask == subtask else { return nil }
      return record.element
    }
  }

  /// How far event time came, step by step, in milliseconds since 1970.
  public var watermarks: [Int64] {
    output.compactMap { if case .watermark(let mark) = $0 { mark.timestamp } else { nil } }
  }

  /// The records of a side output with their event times, in order.
  ///
  /// - Precondition: The operator emits records of this type there.
  public func timedRecords<Element>(of tag: OutputTag<Element>) -> [TimedRecord<Element>] {
    log.records(of: tag)
  }

  /// The records of a side output, in order.
  ///
  /// - Precondition: The operator emits records of this type there.
  public func records<Element>(of tag: OutputTag<Element>) -> [Element] {
    log.records(of: tag).map(\.element)
  }

  /// Takes what the operator said so far away, side outputs too; what it says next stands alone.
  @discardableResult
  public func takeOutput() -> [OutputElement<Output>] {
    defer { log.removeAll() }
    return output
  }

  /// How many records, batches, watermarks, status changes and ends wait in front of the operator
  /// until it has room: back pressure.
  public var waitingInputs: Int { steps.count }
}
