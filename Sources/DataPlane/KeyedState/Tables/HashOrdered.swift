// Sets and dictionaries have an order of their own in every process. Their bytes must not: they
// are written in the order of their elements' bytes.

/// A collection whose order must not be seen in the bytes.
protocol HashOrdered {
  func writeInOrder(to writer: StateWriter, path: [any CodingKey]) throws
}

/// A collection that is read back by its own rule because it was written by its own rule.
protocol HashOrderedReadable {
  static func readInOrder(at offset: Int, of decoder: StateDecoder) throws -> Self
}

/// Elements with the bytes by which they are put in order.
private func inOrderOfBytes<Element>(
  _ elements: [Element],
  _ bytes: (Element) throws -> [UInt8]
) throws -> [Element] {
  let marked = try elements.map { (element: $0, bytes: try bytes($0)) }
  return marked.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.element)
}

extension Set: HashOrdered where Element: Encodable {
  func writeInOrder(to writer: StateWriter, path: [any CodingKey]) throws {
    let frame = writer.open(.list)
    for element in try inOrderOfBytes(Array(self), { try StateEncoder.bytes(of: $0) }) {
      try writer.resume(frame, path)
      try StateEncoder.write(element, to: writer, path: path)
    }
    try writer.close(through: frame, path)
  }
}

extension Set: HashOrderedReadable where Element: Decodable {
  static func readInOrder(at offset: Int, of decoder: StateDecoder) throws -> Set<Element> {
    var elements = Set<Element>()
    for position in try decoder.reader.elements(at: offset, .list, decoder.codingPath) {
      elements.insert(try decoder.read(Element.self, at: position, key: nil))
    }
    return elements
  }
}

extension Dictionary: HashOrdered where Key: Encodable, Value: Encodable {
  func writeInOrder(to writer: StateWriter, path: [any CodingKey]) throws {
    let frame = writer.open(.map)
    for (key, value) in try inOrderOfBytes(Array(self), { try StateEncoder.bytes(of: $0.key) }) {
      try writer.resume(frame, path)
      try StateEncoder.write(key, to: writer, path: path)
      try StateEncoder.write(value, to: writer, path: path)
    }
    try writer.close(through: frame, path)
  }
}

extension Dictionary: HashOrderedReadable where Key: Decodable, Value: Decodable {
  static func readInOrder(at offset: Int, of decoder: StateDecoder) throws -> [Key: Value] {
    var content: [Key: Value] = [:]
    let positions = try decoder.reader.elements(at: offset, .map, decoder.codingPath)
    guard positions.count.isMultiple(of: 2) else {
      throw decoder.reader.mismatch("a value for each key of a map", "a key alone", offset)
    }
    for index in stride(from: 0, to: positions.count, by: 2) {
      let key = try decoder.read(Key.self, at: positions[index], key: nil)
      content[key] = try decoder.read(Value.self, at: positions[index + 1], key: nil)
    }
    return content
  }
}
