import SimulationKernel

/// A JSON object while it is written: keys keep their order.
struct JSONObject {
  private var bytes: [UInt8] = []

  /// Adds a value that is JSON already.
  mutating func add(_ key: String, json value: String) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
    JSONText.write(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    bytes += value.utf8
  }

  /// Adds a text.
  mutating func add(_ key: String, _ value: String) {
    add(key, json: Self.text(value))
  }

  /// Adds a number.
  mutating func add(_ key: String, _ value: some BinaryInteger) {
    add(key, json: String(value))
  }

  /// Adds an object.
  mutating func add(_ key: String, _ fields: KeyValuePairs<String, Int>) {
    var object = JSONObject()
    for (key, value) in fields { object.add(key, value) }
    add(key, json: object.text)
  }

  /// Adds a list of texts.
  mutating func add(_ key: String, _ texts: [String]) {
    add(key, json: "[" + texts.map(Self.text).joined(separator: ",") + "]")
  }

  /// Adds a list of objects.
  mutating func add(_ key: String, objects: [JSONObject]) {
    add(key, json: "[" + objects.map(\.text).joined(separator: ",") + "]")
  }

  /// The object on one line.
  var text: String { "{" + String(decoding: bytes, as: UTF8.self) + "}" }

  private static func text(_ value: String) -> String {
    var bytes: [UInt8] = []
    JSONText.write(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
