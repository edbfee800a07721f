/// One JSON text, read strictly and laid out flat; used again line after line.
///
/// Our own, because Foundation stays out of the data plane: its decoder would more than double the
/// time a program takes to start, takes the last of two equal keys without a word, and cannot say
/// in which column a line is wrong. *Source:* RFC 8259, and the tape of simdjson.
final class JSONTape {
  /// What stands at a node.
  enum Kind: UInt8 {
    case null
    case bool
    case number
    case string
    case array
    case object

    /// For people.
    var name: String {
      switch self {
      case .null: "null"
      case .bool: "a truth value"
      case .number: "a number"
      case .string: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    }
  }

  /// A value or a key; the members of an object follow as key and value in turn.
  struct Node {
    var kind: Kind
    /// Whether a string holds escapes.
    var hasEscapes = false
    /// The text; of a string, without its quotes.
    var start: Int
    var count: Int
    /// The node behind all that belongs to this one.
    var end: Int
  }

  /// How deep arrays and objects may lie in each other.
  static let deepest = 128

  var nodes: [Node] = []
  var text = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The key behind the one that was found last: structures are asked in order, as a rule.
  private var hint = 0

  init() {}

  /// Reads a line.
  ///
  /// - Throws: ``RowError`` with the column, in bytes from 1, at which it is no JSON.
  func read(_ line: UnsafeRawBufferPointer) throws(RowError) {
    text = line
    nodes.removeAll(keepingCapacity: true)
    hint = 0
    var parser = JSONParser(line)
    swap(&parser.nodes, &nodes)
    defer { swap(&parser.nodes, &nodes) }
    try parser.readText()
  }

  /// The bytes of a node.
  func bytes(of node: Int) -> UnsafeRawBufferPointer {
    let node = nodes[node]
    return UnsafeRawBufferPointer(rebasing: text[node.start..<node.start + node.count])
  }

  /// Calls `body` with the text of a node; of a string, without its escapes.
  func withField<Value>(
    _ node: Int,
    _ body: (FieldText) throws(RowError) -> Value
  ) throws(RowError) -> Value {
    guard nodes[node].hasEscapes else { return try body(FieldText(bytes: bytes(of: node))) }
    let plain = JSONParser.unescaped(bytes(of: node))
    return try plain.withUnsafeBufferPointer { (buffer) throws(RowError) in
      try body(FieldText(bytes: UnsafeRawBufferPointer(buffer)))
    }
  }

  /// A node for people.
  func found(_ node: Int) -> String {
    switch nodes[node].kind {
    case .null, .array, .object: nodes[node].kind.name
    case .bool, .number:
      FieldText.shortened(String(decoding: bytes(of: node), as: UTF8.self), to: 40)
    case .string:
      (try? withField(node) { (field) throws(RowError) in FieldText.quoted(field.bytes) })
        ?? "a string"
    }
  }

  /// The value of a key of an object; nil when there is none.
  func value(of name: String, in object: Int) -> Int? {
    let end = nodes[object].end
    let first = object + 1
    var name = name
    return name.withUTF8 { wanted in
      let wanted = UnsafeRawBufferPointer(wanted)
      let start = hint > object && hint < end ? hint : first
      var key = start
      while key < end {
        if isKey(key, wanted) { return found(key) }
        key = nodes[key + 1].end
      }
      key = first
      while key < start {
        if isKey(key, wanted) { return found(key) }
        key = nodes[key + 1].end
      }
      return nil
    }
  }

  private func found(_ key: Int) -> Int {
    hint = nodes[key + 1].end
    return key + 1
  }

  private func isKey(_ key: Int, _ wanted: UnsafeRawBufferPointer) -> Bool {
    if nodes[key].hasEscapes {
      return JSONParser.unescaped(bytes(of: key)).elementsEqual(wanted)
    }
    return nodes[key].count == wanted.count && bytes(of: key).elementsEqual(wanted)
  }

  /// The keys of an object.
  func names(in object: Int) -> [String] {
    var names: [String] = []
    var key = object + 1
    while key < nodes[object].end {
      names.append(
        (try? withField(key) { (field) throws(RowError) in field.string }) ?? ""
      )
      key = nodes[key + 1].end
    }
    return names
  }
}
