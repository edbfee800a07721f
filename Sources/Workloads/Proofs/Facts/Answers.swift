import Foundation  // JSONSerialization: numbers keep the text that the file has
package import RecordFormats

/// What is known of the datasets: counts that a right engine must reproduce, by their names.
package struct Answers: Sendable {
  /// For each fact the values of its answer, by their places: those of `{"a": [1, 2]}` are `a/0`
  /// and `a/1`.
  package let facts: [String: [String: String]]

  /// Reads the file of answers.
  ///
  /// - Throws: `UnreadableInput` when it is no such file.
  package init(parsing bytes: InputBytes) throws {
    let data = unsafe Data(bytes.buffer)
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    guard let list = object?["facts"] as? [[String: Any]], !list.isEmpty else {
      throw UnreadableInput("the answers hold no facts")
    }
    var facts: [String: [String: String]] = [:]
    for entry in list {
      guard let id = entry["id"] as? String, let value = entry["value"] else {
        throw UnreadableInput("an answer has no id or no value")
      }
      var places: [String: String] = [:]
      Self.flatten(value, at: [], into: &places)
      facts[id] = places
    }
    self.facts = facts
  }

  /// The values of an answer, which is a number at each place.
  func numbers(of id: String) -> [String: Int] {
    (facts[id] ?? [:]).compactMapValues { Int($0) }
  }

  private static func flatten(
    _ value: Any,
    at place: [String],
    into places: inout [String: String]
  ) {
    switch value {
    case let object as [String: Any]:
      for name in object.keys.sorted() {
        flatten(object[name] ?? "", at: place + [name], into: &places)
      }
    case let list as [Any]:
      for (index, value) in list.enumerated() {
        flatten(value, at: place + [String(index)], into: &places)
      }
    default: places[place.joined(separator: "/")] = "\(value)"
    }
  }
}
