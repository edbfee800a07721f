/// A member of a consumer group: a reader among those that share the work.
public struct GroupMember: Sendable, Codable, Equatable {
  /// Its name in the group.
  public var id: String
  /// The topics that it reads.
  public var topics: [String]

  /// Names a member.
  public init(id: String, topics: [String]) {
    self.id = id
    self.topics = topics
  }
}

/// The partitions that a member reads.
public struct MemberAssignment: Sendable, Codable, Equatable {
  /// The member's name.
  public let member: String
  /// Its partitions, in the order in which they were given.
  public fileprivate(set) var partitions: [TopicPartition]
}

/// How the partitions of topics are shared by the members of a group.
public enum PartitionAssignor: String, Sendable, Codable, CaseIterable {
  /// Topic by topic, neighbouring partitions to one member; the first members get one more when it
  /// does not come out even. *Source:* Kafka `RangeAssignor`, without racks.
  case range
  /// One partition after the other to one member after the other that reads its topic.
  /// *Source:* Kafka `RoundRobinAssignor`.
  case roundRobin

  /// Shares partitions; the answer has each member once, by name, and those without any too.
  ///
  /// Of two members with one name the first counts. `partitionCount` says how many partitions a
  /// topic has, or nil when it is not there.
  public func assign(
    _ members: [GroupMember],
    partitionCount: (String) -> Int?
  ) -> [MemberAssignment] {
    var sorted: [GroupMember] = []
    for member in members where !sorted.contains(where: { $0.id == member.id }) {
      sorted.append(member)
    }
    sorted.sort { $0.id < $1.id }
    var shares = sorted.map { MemberAssignment(member: $0.id, partitions: []) }
    var turn = 0
    for topic in Set(sorted.flatMap(\.topics)).sorted() {
      let readers = sorted.indices.filter { sorted[$0].topics.contains(topic) }
      let count = partitionCount(topic) ?? 0
      switch self {
      case .range:
        for partition in 0..<count {
          let place = Self.rangePlace(of: partition, among: count, readers: readers.count)
          shares[readers[place]].partitions.append(TopicPartition(topic, partition))
        }
      case .roundRobin:
        for partition in 0..<count {
          while !sorted[turn].topics.contains(topic) { turn = (turn + 1) % sorted.count }
          shares[turn].partitions.append(TopicPartition(topic, partition))
          turn = (turn + 1) % sorted.count
        }
      }
    }
    return shares
  }

  /// The reader of a partition: the first `count % readers` of them have one partition more.
  private static func rangePlace(of partition: Int, among count: Int, readers: Int) -> Int {
    let (each, extra) = (count / readers, count % readers)
    let larger = (each + 1) * extra
    return partition < larger ? partition / (each + 1) : extra + (partition - larger) / each
  }
}
