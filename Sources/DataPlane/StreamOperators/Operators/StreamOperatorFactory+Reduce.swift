public import KeyedState
public import StreamModel

extension RecordBatch {
  /// The hashes that a keyed exchange put beside the records.
  @inlinable
  var requiredKeyHashes: UnsafeMutablePointer<UInt32> {
    guard let keyHashes else {
      fatalError("records without key hashes reached a keyed operator")
    }
    return keyHashes
  }
}

/// How many keys are touched before they are updated: enough to keep memory busy, few enough to
/// stay near.
@usableFromInline let touchedAtOnce = 32

extension StreamOperatorFactory {
  /// Combines the records of each key and emits the result so far in place of each record.
  ///
  /// *Source:* Flink `StreamGroupedReduceOperator`.
  @inlinable
  public static func reduce<Element: Codable & SendableMetatype, Key>(
    by selector: KeySelector<Element, Key>,
    _ combine: @escaping @Sendable (Element, Element) throws -> Element
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Element>(outputs)
      let store = try context.keyedStore(by: Key.self)
      let table = try store.table(named: "reduced", by: Key.self, of: Element.self)
      let receiver = BatchReceiver<Element>(operatorName: context.name) { batch in
        let hashes = batch.requiredKeyHashes
        for index in 0..<batch.count {
          let record = batch.values + index
          var isNew = false
          let reduced = try selector.withKey(of: record) { key in
            try table.update(
              scattered: hashes[index],
              keyAt: key,
              initial: {
                isNew = true
                return record.pointee
              }()
            ) { state in
              if !isNew { state = try combine(state, record.pointee) }
              return state
            }
          }
          record.pointee = reduced
        }
        try output.emit(batch)
      }
      return HookedOperator(context, [receiver], OperatorHooks(store))
    }
    .reducingInBatch(by: selector, combine)
  }

  /// Adds a number up for each key: emits the key's first record with the sum so far.
  ///
  /// Where a record is nothing but its key and the number, that is the present record with the sum
  /// so far, and nothing needs to be copied but the number. *Source:* Flink `SumAggregator`, which
  /// keeps the other fields of the first record too.
  @inlinable
  public static func sum<Element: Codable & SendableMetatype, Key, Number>(
    _ path: any WritableKeyPath<Element, Number> & Sendable,
    by selector: KeySelector<Element, Key>,
    adding add: @escaping @Sendable (Number, Number) -> Number
  ) -> StreamOperatorFactory {
    let combine = { @Sendable (first: Element, second: Element) -> Element in
      var sum = first
      sum[keyPath: path] = add(first[keyPath: path], second[keyPath: path])
      return sum
    }
    guard let offset = MemoryLayout<Element>.offset(of: path),
      selector.isAllOfARecord(with: Number.self, at: offset)
    else {
      return reduce(by: selector, combine)
    }
    return StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Element>(outputs)
      let store = try context.keyedStore(by: Key.self)
      let table = try store.table(named: "reduced", by: Key.self, of: Element.self)
      let receiver = BatchReceiver<Element>(operatorName: context.name) { batch in
        let hashes = batch.requiredKeyHashes
        for start in stride(from: 0, to: batch.count, by: touchedAtOnce) {
          let end = min(start + touchedAtOnce, batch.count)
          var touched: UInt8 = 0
          for index in start..<end {
            touched ^= selector.withKey(of: batch.values + index) {
              table.touch(scattered: hashes[index], keyAt: $0)
            }
          }
          table.noteTouched(touched)
          for index in start..<end {
            let record = batch.values + index
            let number = (UnsafeMutableRawPointer(record) + offset)
              .assumingMemoryBound(to: Number.self)
            selector.withKey(of: record) { key in
              var isNew = false
              table.update(
                scattered: hashes[index],
                keyAt: key,
                initial: {
                  isNew = true
                  return record.pointee
                }()
              ) { state in
                guard !isNew else { return }
                withUnsafeMutableBytes(of: &state) { bytes in
                  guard let base = bytes.baseAddress else { return }
                  let sum = (base + offset).assumingMemoryBound(to: Number.self)
                  sum.pointee = add(sum.pointee, number.pointee)
                  number.pointee = sum.pointee
                }
              }
            }
          }
        }
        try output.emit(batch)
      }
      return HookedOperator(context, [receiver], OperatorHooks(store))
    }
    .reducingInBatch(by: selector, combine)
  }
}
