import KeyedState
import StreamModel
import TestSupport
import Testing

enum Shape: Codable, Equatable {
  case circle(radius: Double)
  case rectangle(Int, height: Int)
  case nothing
}

struct Sensor: Codable, Equatable {
  var id: String
  var reading: Double?
  var flags: Set<String>
  var history: [Int16]
  var labels: [String: Int]
  var byNumber: [Int: String]
  var shape: Shape
  var nested: [[Bool]]
  var large: UInt64
  var small: Float
  var pair: Tuple2<String, Int>
  var tree: Tree?
}

final class Tree: Codable, Equatable {
  var value: Int
  var children: [Tree]

  init(_ value: Int, _ children: [Tree] = []) {
    self.value = value
    self.children = children
  }

  static func == (left: Tree, right: Tree) -> Bool {
    left.value == right.value && left.children == right.children
  }
}

class Vehicle: Codable {
  var wheels = 4
}

final class Truck: Vehicle {
  var load = 9
  private enum CodingKeys: String, CodingKey { case load }

  override init() { super.init() }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    load = try container.decode(Int.self, forKey: .load)
    try super.init(from: container.superDecoder())
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try super.encode(to: container.superEncoder())
    try container.encode(load, forKey: .load)
  }
}

private struct Empty: Codable, Equatable {}

/// Two lists filled in turns: more than the format can take.
private struct Interleaved: Codable {
  init() {}
  init(from decoder: any Decoder) throws {}

  func encode(to encoder: any Encoder) throws {
    enum Keys: String, CodingKey { case left, right }
    var container = encoder.container(keyedBy: Keys.self)
    var left = container.nestedUnkeyedContainer(forKey: .left)
    var right = container.nestedUnkeyedContainer(forKey: .right)
    try left.encode(1)
    try right.encode(2)
    try left.encode(3)
  }
}

func sensor(_ random: inout SeededRandom) -> Sensor {
  let words = (0..<random.below(5)).map { "w\($0)é" }
  return Sensor(
    id: "s\(random.next())",
    reading: random.below(2) == 0 ? nil : Double(random.below(1000)) / 7,
    flags: Set(words),
    history: (0..<random.below(6)).map { Int16($0 - 3) },
    labels: Dictionary(uniqueKeysWithValues: words.map { ($0, random.below(9)) }),
    byNumber: [3: "three", -1: "minus one"],
    shape: [.circle(radius: 1.5), .rectangle(2, height: 3), .nothing][random.below(3)],
    nested: [[true], [], [false, true]],
    large: UInt64.max - random.next() % 5,
    small: 0.25,
    pair: Tuple2("p", random.below(100)),
    tree: random.below(2) == 0 ? nil : Tree(1, [Tree(2), Tree(3, [Tree(4)])])
  )
}

@Suite struct StateCodecTests {
  private func roundTrip<Value: Codable & Equatable>(
    _ value: Value,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let decoded: Value = try read(write(value))
    #expect(decoded == value, sourceLocation: sourceLocation)
  }

  /// The bytes of a value and the number of them that are not names.
  private struct Encoded: Equatable {
    var bytes: [UInt8]
    var end: Int
  }

  private func write<Value: Codable>(
    _ value: Value,
    _ codec: StateCodec<Value>? = nil
  ) throws -> Encoded {
    let writer = StateWriter()
    try (codec ?? StateCodec<Value>()).write(value, writer)
    let end = writer.length
    writer.putNames()
    return Encoded(bytes: writer.bytes, end: end)
  }

  private func read<Value: Codable>(
    _ encoded: Encoded,
    _ codec: StateCodec<Value>? = nil
  ) throws -> Value {
    let names = try StateReader.names(in: encoded.bytes, encoded.end..<encoded.bytes.count)
    let reader = StateReader(encoded.bytes, values: 0..<encoded.end, names: names)
    let value = try (codec ?? StateCodec<Value>()).read(reader)
    #expect(reader.offset == encoded.end)
    return value
  }

  @Test func numbersAndStringsComeBack() throws {
    for number in [0, 1, -1, 63, 64, -65, Int.max, Int.min, 1 << 40] { try roundTrip(number) }
    for number in [Int32.min, -1, 0, Int32.max] { try roundTrip(number) }
    for number in [UInt64.min, 1, UInt64.max] { try roundTrip(number) }
    for number in [0.0, -0.0, 1e300, .infinity, -Double.leastNonzeroMagnitude] {
      try roundTrip(number)
    }
    for text in ["", "a", "𝄞", "\u{e9}", "e\u{301}", String(repeating: "long ", count: 100)] {
      let back: String = try read(write(text))
      #expect(String.isSame(back, text))
    }
    try roundTrip([UInt8(0), 255])
    try roundTrip(Int8(-128))
    try roundTrip(true)
    try roundTrip(Float(1.5))
    let nan: Double = try read(write(Double.nan))
    #expect(nan.isNaN)
  }

  @Test func structuresOfEveryKindComeBack() throws {
    var random = SeededRandom(1)
    for _ in 0..<50 { try roundTrip(sensor(&random)) }
    try roundTrip(Empty())
    try roundTrip([Empty(), Empty()])
    try roundTrip(Shape.rectangle(1, height: 2))
    try roundTrip([Int?.none, 3])
    try roundTrip([String: [Set<Int>]]())
    try roundTrip(["a": [Set([1, 2])], "b": []])
    try roundTrip(Int?.none)
  }

  @Test func aSuperclassComesBack() throws {
    let truck = Truck()
    truck.wheels = 18
    let back: Truck = try read(write(truck))
    #expect(back.wheels == 18)
    #expect(back.load == 9)
  }

  @Test func setsAndDictionariesAreWrittenInOneOrder() throws {
    let words = (0..<100).map { "w\($0)" }
    var grown = Set<String>(minimumCapacity: 4000)
    for word in words.reversed() { grown.insert(word) }
    #expect(try write(Set(words)) == write(grown))
    let pairs = words.map { ($0, [$0: 1, "x": 2]) }
    var dictionary = [String: [String: Int]](minimumCapacity: 4000)
    for (word, value) in pairs.reversed() { dictionary[word] = value }
    #expect(try write(Dictionary(uniqueKeysWithValues: pairs)) == write(dictionary))
  }

  private func compareWays<Value: Codable & Equatable>(_ values: [Value]) throws {
    let fast = StateCodec<Value>()
    for value in values {
      let bytes = try write(value, fast)
      #expect(try bytes == write(value, .general), "\(value)")
      #expect(try read(bytes, .general) == value)
      #expect(try read(bytes, fast) == value)
    }
  }

  @Test func theFastWayWritesTheBytesOfTheGeneralWay() throws {
    var random = SeededRandom(2)
    let numbers = (0..<200).map { _ in Int(truncatingIfNeeded: random.next()) >> random.below(64) }
    try compareWays(numbers)
    try compareWays(numbers.map { Int64($0) })
    try compareWays(numbers.map { Int32(truncatingIfNeeded: $0) })
    try compareWays(numbers.map { Double($0) / 3 })
    try compareWays(numbers.map { "text \($0) é" })
    try compareWays([true, false])
    try compareWays(numbers.map { Tuple2("k\($0)", $0) })
    try compareWays(numbers.map { Tuple2(Tuple2($0 > 0, 1.5), Tuple2(Int32(1), "x")) })
    #expect(StateCodec<String>().isDirect)
    #expect(StateCodec<Tuple2<Tuple2<String, Int>, Bool>>().isDirect)
    #expect(!StateCodec<Tuple2<Shape, Int>>().isDirect)
  }

  @Test func unsupportedValuesAreRefused() {
    #expect(throws: StateCodecError.self) { try write(Interleaved()) }
    var tree = Tree(0)
    for depth in 0..<10_000 { tree = Tree(depth, [tree]) }
    let error = #expect(throws: StateCodecError.self) { try write(tree) }
    #expect(error?.problem == .unsupported)
    while let child = tree.children.first {
      tree.children = []
      tree = child
    }
  }

  // MARK: Evolution

  private struct Version1: Codable, Equatable {
    var id: String
    var count: Int32
    var old: [String: Int]
  }

  private struct Version2: Codable, Equatable {
    enum CodingKeys: String, CodingKey {
      case added
      case number = "count"
      case id
    }
    var added: Double?
    var number: Int
    var id: String
  }

  @Test func aLaterVersionFindsItsFieldsByName() throws {
    let bytes = try write(Version1(id: "x", count: 7, old: ["gone": 1]))
    let later: Version2 = try read(bytes)
    #expect(later == Version2(added: nil, number: 7, id: "x"))
  }

  @Test func aMissingFieldIsNamed() throws {
    let bytes = try write(Version2(added: 1, number: 7, id: "x"))
    let error = #expect(throws: StateCodecError.self) { let _: Version1 = try read(bytes) }
    #expect(error?.problem == .missingField)
    #expect(error?.expected == "a field old")
    #expect(error?.found == "the fields added, count, id")
  }

  @Test func aPairInAnotherOrderComesBack() throws {
    struct Swapped: Codable {
      var f1: Int
      var extra: Bool
      var f0: String
    }
    let bytes = try write(Swapped(f1: 5, extra: true, f0: "x"))
    let pair: Tuple2<String, Int> = try read(bytes)
    #expect(pair == Tuple2("x", 5))
  }

  @Test func aWrongTypeIsNamedWithItsPlace() throws {
    struct Wrong: Codable {
      struct Inner: Codable { var count: Int }
      var inner: [Inner]
    }
    struct Right: Codable {
      struct Inner: Codable { var count: String }
      var inner: [Inner]
    }
    let bytes = try write(Wrong(inner: [Wrong.Inner(count: 1)]))
    let error = #expect(throws: StateCodecError.self) { let _: Right = try read(bytes) }
    #expect(error?.problem == .mismatch)
    #expect(error?.expected == "a string")
    #expect(error?.found == "an integer")
    #expect(error?.place.contains("inner.0.count") == true)
    #expect(throws: StateCodecError.self) { let _: Int8 = try read(write(300)) }
  }

  // MARK: Any bytes

  /// Bytes without a checksum to protect them: whatever they are, an error or a value comes back.
  @Test func noBytesMakeADecoderTrap() throws {
    var random = SeededRandom(99)
    for _ in 0..<Draws.runs(byDay: 200, search: 10_000) {
      let encoded = try write(sensor(&random))
      var bytes = Array(encoded.bytes[..<encoded.end])
      let end = bytes.count
      switch random.below(3) {
      case 0: bytes.removeSubrange(random.below(end)..<end)
      case 1:
        for _ in 0...random.below(4) { bytes[random.below(end)] ^= 1 << UInt8(random.below(8)) }
      default: bytes = (0..<random.below(200)).map { _ in UInt8(random.below(13)) }
      }
      let names =
        ["id", "reading", "flags", "history", "labels", "byNumber", "shape", "nested"]
        + ["large", "small", "pair", "tree", "f0", "f1", "_0", "circle", "value", "children"]
      let whole = 0..<bytes.count
      _ = try? StateCodec<Sensor>().read(StateReader(bytes, values: whole, names: names))
      _ = try? StateCodec<Tree>().read(StateReader(bytes, values: whole, names: names))
      _ = try? StateCodec<[String: [Shape]]>()
        .read(StateReader(bytes, values: whole, names: names))
      _ = try? StateCodec<Tuple2<String, Tuple2<Int, Double>>>()
        .read(StateReader(bytes, values: whole, names: names))
    }
  }

  @Test func deepNestingIsRefused() {
    let bytes = [UInt8](repeating: 9, count: 1_000_000)
    let reader = StateReader(bytes, values: 0..<bytes.count, names: [])
    #expect(throws: StateCodecError.self) { try StateCodec<Tree>().read(reader) }
  }
}
