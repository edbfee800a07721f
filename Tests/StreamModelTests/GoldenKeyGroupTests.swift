import GoldenCases
import StreamModel
import Testing

@Suite struct GoldenKeyGroupTests {
  @Test func everyRecordedKeyHasItsHashGroupAndOperator() throws {
    for record in Golden.list("keys", in: try Golden.object("keygroups.json")) {
      let type = record["type"] as? String ?? ""
      let hash = try #require(javaHash(of: record["key"], type: type), "\(record)")
      #expect(Int(hash) == record["hashCode"] as? Int, "\(record)")
      #expect(
        Int(KeyGroupAssignment.murmur(ofHash: hash)) == record["murmurHash"] as? Int,
        "\(record)"
      )
      for assignment in Golden.list("assignments", in: record) {
        try check(hash, assignment)
      }
    }
  }

  private func check(_ hash: Int32, _ assignment: [String: Any]) throws {
    let most = try #require(assignment["maxParallelism"] as? Int)
    let group = KeyGroupAssignment.keyGroup(ofHash: hash, maxParallelism: most)
    #expect(group.index == assignment["keyGroup"] as? Int, "\(hash)")
    let operators = (1...5).map {
      KeyGroupAssignment.operatorIndex(of: group, maxParallelism: most, parallelism: $0)
    }
    #expect(operators == assignment["operatorIndexForParallelism1to5"] as? [Int], "\(hash)")
  }

  private func javaHash(of key: Any?, type: String) -> Int32? {
    switch type {
    case "String": (key as? String)?.javaHash
    case "Integer": (key as? Int).flatMap { Int32(exactly: $0) }?.javaHash
    case "Long": (key as? Int)?.javaHash
    case "Double": (key as? Double)?.javaHash
    case "Boolean": (key as? Bool)?.javaHash
    case "Tuple2<String,Integer>":
      (key as? [Any]).flatMap { parts in
        guard let f0 = parts[0] as? String, let f1 = parts[1] as? Int else { return nil }
        return Tuple2(f0, Int32(f1)).javaHash
      }
    default: nil
    }
  }

  @Test func everyRecordedRangeIsTheSame() throws {
    for record in Golden.list("ranges", in: try Golden.object("keygroup_ranges.json")) {
      let most = try #require(record["maxParallelism"] as? Int)
      let parallelism = try #require(record["parallelism"] as? Int)
      let ranges = (0..<parallelism).map {
        KeyGroupRange(operatorIndex: $0, parallelism: parallelism, maxParallelism: most)
      }
      #expect(
        ranges.map { [$0.lowest.index, $0.highest.index] } == record["rangesInclusive"] as? [[Int]],
        "\(record)"
      )
      let all = (0..<most).map { KeyGroup($0) }
      #expect(ranges.flatMap { $0 } == all, "\(parallelism) of \(most)")
    }
  }

  @Test func everyRecordedDefaultMaxParallelismIsTheSame() throws {
    let golden = try Golden.object("keygroup_ranges.json")
    let first: [Int]? = Golden.value("defaultMaxParallelismForParallelism1to300", in: golden)
    #expect([nil, 300].contains(first?.count))
    for (index, most) in (first ?? []).enumerated() {
      #expect(KeyGroupAssignment.defaultMaxParallelism(forParallelism: index + 1) == most)
    }
    let more: [String: Int]? = Golden.value("defaultMaxParallelismMore", in: golden)
    #expect(more?.isEmpty != true)
    for (parallelism, most) in more ?? [:] {
      let parallelism = try #require(Int(parallelism))
      #expect(KeyGroupAssignment.defaultMaxParallelism(forParallelism: parallelism) == most)
    }
  }

  @Test func everyRecordedMurmurHashIsTheSame() throws {
    for record in Golden.list("murmurHash", in: try Golden.object("keygroup_ranges.json")) {
      let hash = try #require((record["in"] as? Int).flatMap { Int32(exactly: $0) })
      #expect(Int(KeyGroupAssignment.murmur(ofHash: hash)) == record["out"] as? Int)
    }
  }

  @Test(arguments: [(1, 128), (3, 128), (5, 5), (7, 180), (13, 32768)])
  func theOwnerOfAGroupHasItInItsRange(parallelism: Int, most: Int) {
    for index in 0..<most {
      let group = KeyGroup(index)
      let owner = KeyGroupAssignment.operatorIndex(
        of: group,
        maxParallelism: most,
        parallelism: parallelism
      )
      let range = KeyGroupRange(
        operatorIndex: owner,
        parallelism: parallelism,
        maxParallelism: most
      )
      #expect(range.contains(group))
    }
  }

  @Test func rangesIntersect() {
    let low = KeyGroupRange(KeyGroup(0), through: KeyGroup(9))
    let high = KeyGroupRange(KeyGroup(7), through: KeyGroup(20))
    let far = KeyGroupRange(KeyGroup(21), through: KeyGroup(22))
    #expect(low.intersection(high) == KeyGroupRange(KeyGroup(7), through: KeyGroup(9)))
    #expect(low.intersection(far) == nil)
    #expect(far.count == 2)
    #expect(!low.contains(KeyGroup(10)))
    #expect(KeyGroupRange.all(maxParallelism: 128).count == 128)
  }

  @Test func aSubtaskBeyondTheParallelismIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = KeyGroupRange(operatorIndex: 2, parallelism: 2, maxParallelism: 128)
    }
    await #expect(processExitsWith: .failure) {
      _ = KeyGroupRange(operatorIndex: 0, parallelism: 129, maxParallelism: 128)
    }
  }
}
