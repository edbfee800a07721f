extension PartitionedLog: CustomStringConvertible {
  /// All that the log holds, line by line and in one order: two logs that are equal to every caller
  /// have the same text.
  public var description: String {
    (topicTable.entries.flatMap { Self.lines(of: $0.key, $0.value) }
      + transactionTable.entries.map { Self.line(of: $0.key, $0.value) }
      + groupTable.entries.flatMap { group in
        group.value.entries.map { "group \(group.key): \($0.key) at \($0.value)" }
      })
      .joined(separator: "\n")
  }

  private static func lines(of name: String, _ topic: TopicLog) -> [String] {
    topic.partitions.enumerated().flatMap { number, log in
      var lines = [
        "\(TopicPartition(name, number)): \(log.startOffset) to \(log.endOffset), "
          + "stable \(log.lastStableOffset), segments at "
          + log.segments.map { "\($0.firstOffset)" }.joined(separator: " ")
      ]
      log.forEach(from: log.startOffset, to: log.endOffset) { frame in
        lines.append("  " + line(of: frame))
        return true
      }
      lines += log.aborted.map {
        "  aborted: producer \($0.producerID) from \($0.firstOffset) to \($0.markerOffset)"
      }
      lines += log.producers.entries.map {
        "  producer \($0.key) of epoch \($0.value.epoch) sent \($0.value.lastSequence)"
      }
      return lines
    }
  }

  private static func line(of frame: RecordFrame) -> String {
    let header = frame.header
    var line = "\(frame.offset) at \(header.timestamp)"
    if header.producerID >= 0 { line += " by \(header.producerID)/\(header.epoch)" }
    if header.isControl {
      return line + " " + ControlMarker.decision(key: frame.key).rawValue
    }
    if header.producerID >= 0 { line += " #\(header.sequence)" }
    if header.isTransactional { line += " in a transaction" }
    if let key = frame.key { line += " key \(hexadecimal(key))" }
    return line + " value \(hexadecimal(frame.value))"
  }

  private static func line(of id: String, _ entry: TransactionEntry) -> String {
    "transactional id \(id): \(entry.producer), number \(entry.number) \(entry.state.rawValue)"
      + entry.partitions.map { " \($0)" }.joined()
      + entry.offsets.map { " \($0.group):\($0.partition)=\($0.offset)" }.joined()
  }

  private static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
