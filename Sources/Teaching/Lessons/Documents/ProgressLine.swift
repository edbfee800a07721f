import Yams

/// One line of a log, which is a JSON object.
///
/// JSON is YAML, so the YAML parser reads it.
struct ProgressLine {
  private let fields: [(key: String, value: Node.Scalar)]
  private let line: Int

  /// Reads a line.
  ///
  /// - Throws: That it is no object of texts and numbers.
  init(_ text: String, at line: Int) throws(ProgressProblem) {
    let objection = ProgressProblem(line: line, phrase: .noObject)
    // Nothing that is written here is nested; what is is not given to the parser at all.
    guard text.hasPrefix("{"), text.hasSuffix("}"), !Self.isNested(text) else {
      throw objection
    }
    let parser = try? Parser(yaml: text, resolver: .basic, encoding: .utf8)
    guard let root = try? parser?.singleRoot(), let mapping = root.mapping else { throw objection }
    var fields: [(key: String, value: Node.Scalar)] = []
    for (key, value) in mapping {
      guard let key = key.scalar, key.style == .doubleQuoted, let value = value.scalar else {
        throw objection
      }
      fields.append((key.string, value))
    }
    self.fields = fields
    self.line = line
  }

  /// Whether a brace or bracket opens outside of strings after the first.
  private static func isNested(_ text: String) -> Bool {
    var isString = false
    var isEscaped = false
    for byte in text.utf8.dropFirst() {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isString
      } else if byte == UInt8(ascii: "\"") {
        isString.toggle()
      } else if !isString, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        return true
      }
    }
    return false
  }

  /// The line as the header.
  func header() throws(ProgressProblem) -> Progress.Header {
    guard fields.first?.key == "drey-progress" else {
      throw ProgressProblem(line: line, phrase: .noHeader)
    }
    let version: Int = try number("drey-progress")
    guard version == Progress.version else {
      throw ProgressProblem(line: line, phrase: .otherVersion(version))
    }
    guard fields.map(\.key) == ["drey-progress", "lesson", "content", "seed"] else {
      throw ProgressProblem(line: line, phrase: .noHeader)
    }
    return Progress.Header(
      lesson: try text("lesson"),
      contentHash: try text("content"),
      seed: try number("seed")
    )
  }

  /// The line as an entry.
  func entry() throws(ProgressProblem) -> Progress.Entry {
    switch fields.map(\.key) {
    case ["entered", "step"]: .entered(try text("entered"), step: try step("step"))
    case ["reset"]: .reset(try step("reset"))
    default: throw ProgressProblem(line: line, phrase: .unknownLine)
    }
  }

  private func text(_ key: String) throws(ProgressProblem) -> String {
    guard let value = value(key), value.style == .doubleQuoted else {
      throw ProgressProblem(line: line, phrase: .badValue(key))
    }
    return value.string
  }

  private func number<Number: FixedWidthInteger>(_ key: String) throws(ProgressProblem) -> Number {
    guard let value = value(key), value.style == .plain, let number = Number(value.string) else {
      throw ProgressProblem(line: line, phrase: .badValue(key))
    }
    return number
  }

  /// The number of a step, from 1.
  private func step(_ key: String) throws(ProgressProblem) -> Int {
    let step: Int = try number(key)
    guard step >= 1 else { throw ProgressProblem(line: line, phrase: .badValue(key)) }
    return step
  }

  private func value(_ key: String) -> Node.Scalar? {
    fields.first { $0.key == key }?.value
  }
}
