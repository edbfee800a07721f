import StreamModel

/// What goes through the operators in these tests.
struct Item: Codable, Hashable, Sendable, CustomStringConvertible {
  var key: String
  var id: Int
  var value: Int

  init(_ key: String, _ id: Int, value: Int = 1) {
    self.key = key
    self.id = id
    self.value = value
  }

  var description: String { "\(key)\(id)=\(value)" }
}

/// What comes out of them: a text that belongs to a key.
struct Row: Hashable, Codable, Sendable, CustomStringConvertible {
  var key: String
  var text: String

  init(_ key: String, _ text: String) {
    self.key = key
    self.text = text
  }

  init(_ item: Item) {
    self.init(item.key, "\(item.id)=\(item.value)")
  }

  var description: String { "\(key):\(text)" }
}

/// What a user function throws in these tests.
struct Mishap: Error, Equatable {}
