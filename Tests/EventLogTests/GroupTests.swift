import EventLog
import Testing

@Suite struct GroupTests {
  @Test func keepsOffsetsOfGroups() throws {
    var log = try PartitionedLog.withTopic(options: TopicOptions(segmentRecords: 2))
    for _ in 0..<6 { try log.append(value: [], timestamp: 0, to: first) }
    #expect(try log.lag(of: first, group: "g") == 6)
    try log.commitOffset(4, of: first, group: "g")
    #expect(log.committedOffset(of: first, group: "g") == 4)
    #expect(log.committedOffset(of: first, group: "h") == nil)
    #expect(try log.lag(of: first, group: "g") == 2)
    #expect(log.groups == ["g"])
    let producer = log.openProducer(of: "x", at: 0)
    let transaction = try log.beginTransaction(of: "x", producer: producer, at: 0)
    try log.append(value: [], timestamp: 0, to: first, from: .transaction(transaction))
    #expect(try log.lag(of: first, group: "g") == 3)
    #expect(try log.lag(of: first, group: "g", isolation: .readCommitted) == 2)
    log.deleteGroup("g")
    #expect(log.groups == [])
  }

  @Test func resetsAPositionByPolicy() throws {
    var log = try PartitionedLog.withTopic(
      options: TopicOptions(segmentRecords: 2, retention: RetentionLimits(records: 2))
    )
    for _ in 0..<6 { try log.append(value: [], timestamp: 0, to: first) }
    log.applyRetention(at: 0)
    func position(_ wanted: Int64?, _ reset: OffsetReset) throws -> Int64 {
      try log.position(in: first, wanted: wanted, reset: reset, group: "g")
    }
    #expect(try position(5, .none) == 5)
    #expect(try position(3, .earliest) == 4)
    #expect(try position(3, .latest) == 6)
    #expect(try position(9, .earliest) == 4)
    #expect(try position(nil, .latest) == 6)
    #expect(throws: LogError.offsetOutOfRange(first, offset: 3, earliest: 4, latest: 6)) {
      try position(3, .none)
    }
    #expect(throws: LogError.noCommittedOffset(group: "g", partition: first)) {
      try position(nil, .none)
    }
  }

  /// *Source:* the examples of Kafka `RangeAssignor` and `RoundRobinAssignor`.
  @Test func sharesPartitionsAsKafkaDoes() throws {
    let members = ["C1", "C0"].map { GroupMember(id: $0, topics: ["t0", "t1"]) }
    #expect(
      shares(members, .range, ["t0": 3, "t1": 3]) == [
        "C0: t0-0 t0-1 t1-0 t1-1", "C1: t0-2 t1-2",
      ]
    )
    #expect(
      shares(members, .roundRobin, ["t0": 3, "t1": 3]) == [
        "C0: t0-0 t0-2 t1-1", "C1: t0-1 t1-0 t1-2",
      ]
    )
  }

  @Test func sharesAmongMembersOfDifferentTopics() throws {
    let members = (0..<3).map { index in
      GroupMember(id: "C\(index)", topics: (0...index).map { "t\($0)" })
    }
    #expect(
      shares(members, .roundRobin, ["t0": 1, "t1": 2, "t2": 3]) == [
        "C0: t0-0", "C1: t1-0", "C2: t1-1 t2-0 t2-1 t2-2",
      ]
    )
  }

  @Test func everyPartitionHasOneReader() throws {
    for assignor in PartitionAssignor.allCases {
      for readers in 1..<8 {
        for count in 0..<12 {
          let members = (0..<readers).map { GroupMember(id: "m\($0)", topics: ["a", "none"]) }
          let found = assignor.assign(members) { $0 == "a" ? count : nil }
          let all = found.flatMap(\.partitions).map(\.partition)
          #expect(all.sorted() == Array(0..<count))
          let sizes = found.map(\.partitions.count)
          #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        }
      }
    }
    #expect(PartitionAssignor.range.assign([]) { _ in 3 } == [])
  }

  private func shares(
    _ members: [GroupMember],
    _ assignor: PartitionAssignor,
    _ counts: [String: Int]
  ) -> [String] {
    assignor.assign(members) { counts[$0] }.map { share in
      "\(share.member):" + share.partitions.map { " \($0)" }.joined()
    }
  }
}
