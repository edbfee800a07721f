import Sandbox
import Yams

extension LessonReader {
  /// Reads the lines of a part as YAML and reports fields that it does not have.
  mutating func part(
    _ lines: [String],
    _ owner: LessonPhrase.Owner,
    openedAt line: Int
  ) -> YAMLPart? {
    do throws(LessonFinding) {
      let part = try YAMLPart(lines, owner: owner, openedAt: line)
      reportStrangers(in: part)
      return part
    } catch {
      report(error)
      return nil
    }
  }

  /// Takes a node inside of a part as a mapping, whose keys the part's author chose.
  mutating func mapping(
    _ node: Node,
    _ owner: LessonPhrase.Owner,
    at line: Int,
    in part: YAMLPart
  ) -> YAMLPart? {
    do throws(LessonFinding) {
      return try YAMLPart(node, owner: owner, at: line, place: part.place)
    } catch {
      report(error)
      return nil
    }
  }

  mutating func reportStrangers(in part: YAMLPart) {
    for field in part.fields where !part.owner.names.contains(field.key) {
      let nearest = Suggestion.nearest(to: field.key, among: part.owner.names)
      report(.unknownKey(field.key, part.owner, nearest: nearest), line: field.line)
    }
  }

  /// The field of a name, which must be there.
  mutating func required(_ key: String, in part: YAMLPart) -> YAMLPart.Field? {
    if let field = part[key] { return field }
    report(.missingKey(key, part.owner), line: part.line)
    return nil
  }

  /// The text of a field that is there.
  mutating func text(of field: YAMLPart.Field) -> String? {
    guard let scalar = field.node.scalar else {
      report(.wrongType(field.key, .text), line: field.line)
      return nil
    }
    let text = TextLines.trimmed(scalar.string)
    if text.isEmpty {
      report(.emptyValue(field.key), line: field.line)
      return nil
    }
    return text
  }

  /// The text of a field that must be there.
  mutating func text(_ key: String, in part: YAMLPart) -> String? {
    guard let field = required(key, in: part) else { return nil }
    return text(of: field)
  }

  /// The id of a part; where it is optional, nil can also mean that there is none.
  mutating func id(in part: YAMLPart, isRequired: Bool) -> String? {
    guard isRequired || part["id"] != nil, let field = required("id", in: part),
      let id = text(of: field)
    else { return nil }
    guard isName(id) else {
      report(.badName(id), line: field.line)
      return nil
    }
    note(id: id, line: field.line)
    return id
  }

  /// Whether a text is a name: small letters, digits and hyphens, beginning with a letter.
  func isName(_ text: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    guard let first = text.utf8.first, letters.contains(first) else { return false }
    return text.utf8.allSatisfy {
      letters.contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
  }

  // MARK: Front matter

  mutating func frontMatter(_ lines: [String]) -> LessonDocument.FrontMatter? {
    guard let part = part(lines, .frontMatter, openedAt: 1) else { return nil }
    let title = text("title", in: part)
    let summary = text("summary", in: part)
    let minutes = minutes(in: part)
    let teaches = concepts("teaches", in: part)
    let needs = concepts("needs", in: part)
    let seed = seed(in: part)
    guard let title, let summary, let minutes, let teaches, let needs, let seed else { return nil }
    return LessonDocument.FrontMatter(
      title: title,
      summary: summary,
      minutes: minutes,
      teaches: teaches,
      needs: needs,
      seed: seed
    )
  }

  private mutating func minutes(in part: YAMLPart) -> Int? {
    guard let field = required("minutes", in: part), let text = text(of: field) else { return nil }
    guard let minutes = Int(text) else {
      report(.wrongType("minutes", .wholeNumber), line: field.line)
      return nil
    }
    guard (1...60).contains(minutes) else {
      report(.minutesOutOfRange(minutes), line: field.line)
      return nil
    }
    return minutes
  }

  private mutating func seed(in part: YAMLPart) -> UInt64? {
    guard let field = required("seed", in: part), let text = text(of: field) else { return nil }
    if let seed = UInt64(text) { return seed }
    report(.wrongType("seed", .wholeNumber), line: field.line)
    return nil
  }

  private mutating func concepts(_ key: String, in part: YAMLPart) -> [LessonDocument.Concept]? {
    guard let field = required(key, in: part) else { return nil }
    guard let list = field.node.sequence else {
      report(.wrongType(key, .names), line: field.line)
      return nil
    }
    var concepts: [LessonDocument.Concept] = []
    for node in list {
      let line = part.line(of: node)
      guard let name = node.scalar?.string else {
        report(.wrongType(key, .names), line: line)
        return nil
      }
      if !isName(name) { report(.badName(name), line: line) }
      if concepts.contains(where: { $0.name == name }) {
        report(.repeatedConcept(name, key: key), line: line)
      }
      concepts.append(LessonDocument.Concept(name: name, line: line))
    }
    return concepts
  }
}
