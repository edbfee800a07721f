/// A task as a user names it: a vertex or an operator in it, and its index from 0.
package struct TaskName: Equatable, Sendable {
  /// The name of the vertex, or of an operator in it.
  package var name: String
  /// The subtask's index.
  package var index: Int

  /// Names a task.
  package init(name: String, index: Int) {
    self.name = name
    self.index = index
  }

  /// Reads `counts[0]`; nil when it is not of that form.
  package init?(parsing text: String) {
    guard text.hasSuffix("]"), let open = text.lastIndex(of: "["), open > text.startIndex else {
      return nil
    }
    let digits = text[text.index(after: open)...].dropLast()
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(digits) else {
      return nil
    }
    self.init(name: String(text[..<open]), index: index)
  }

  /// The canonical text, such as `counts[0]`.
  package var text: String { "\(name)[\(index)]" }
}
