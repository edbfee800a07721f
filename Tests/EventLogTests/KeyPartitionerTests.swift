import EventLog
import Testing

@Suite struct KeyPartitionerTests {
  /// *Source:* Kafka `UtilsTest.testMurmur2`.
  @Test(arguments: [
    ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
    ("a-little-bit-longer-string", -1_486_304_829),
    ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
  ])
  func hashesAsKafkaDoes(_ text: String, _ expected: Int32) {
    #expect(hash(Array(text.utf8)) == expected)
  }

  /// Computed by a second implementation, in another language.
  @Test(arguments: [
    ([] as [UInt8], Int32(275646681), 2),
    ([130] as [UInt8], Int32(-2010535404), 6),
    ([183, 14] as [UInt8], Int32(760461177), 0),
    ([238, 127, 26] as [UInt8], Int32(-1354673665), 0),
    ([80, 57, 190, 240] as [UInt8], Int32(1327937313), 3),
    ([126, 194, 52, 127, 6] as [UInt8], Int32(-911594048), 1),
    ([110, 208, 143, 93, 199, 81] as [UInt8], Int32(-154674863), 2),
    ([36, 71, 227, 64, 67, 0, 2] as [UInt8], Int32(-1753065247), 6),
    ([107, 110, 84, 85, 148, 160, 101, 104] as [UInt8], Int32(-958844781), 3),
  ])
  func hashesEveryLengthOfRest(_ bytes: [UInt8], _ expected: Int32, _ ofSeven: Int) {
    #expect(hash(bytes) == expected)
    #expect(KeyPartitioner.partition(ofKey: bytes, among: 7) == ofSeven)
  }

  @Test func keepsAKeyInItsPartition() throws {
    var log = PartitionedLog()
    try log.createTopic("t", partitions: 5)
    for round in 0..<3 {
      let found = try log.append(key: [9], value: [], timestamp: Int64(round), toTopic: "t")
      #expect(found.partition.partition == KeyPartitioner.partition(ofKey: [9], among: 5))
      #expect(found.offset == Int64(round))
    }
  }

  @Test func staysInAPartitionUntilItsShareIsFull() throws {
    var log = PartitionedLog()
    try log.createTopic("t", partitions: 3, options: TopicOptions(stickyBytes: 10))
    let places = try (0..<8).map { _ in
      try log.append(value: [1, 2, 3, 4, 5], timestamp: 0, toTopic: "t").partition.partition
    }
    #expect(places == [0, 0, 1, 1, 2, 2, 0, 0])
  }

  private func hash(_ bytes: [UInt8]) -> Int32 {
    bytes.withUnsafeBytes { KeyPartitioner.murmur2($0) }
  }
}
