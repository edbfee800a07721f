import Yams

/// A mapping in YAML that is a part of a file, with its lines counted in the file.
///
/// Every scalar is taken as its text; what it must be, the reader of the field decides. So `no` is
/// a word here, and never false.
struct YAMLPart {
  /// A key with its value.
  struct Field {
    let key: String
    /// The line of the key.
    let line: Int
    let node: Node
  }

  /// What it is part of, for messages.
  let owner: LessonPhrase.Owner
  /// The line to which a problem with the whole belongs.
  let line: Int
  /// The fields, in the order of the text.
  let fields: [Field]
  /// The lines of the file that it covers.
  let place: ClosedRange<Int>

  /// The field of a name.
  subscript(key: String) -> Field? { fields.first { $0.key == key } }

  /// A node's line in the file.
  func line(of node: Node) -> Int { Self.line(node.mark?.line, in: place) }

  private static func line(_ line: Int?, in place: ClosedRange<Int>) -> Int {
    min(max(place.lowerBound + (line ?? 1) - 1, place.lowerBound), place.upperBound)
  }

  /// The bounds within which a part can be read without deep recursion.
  private static let widestLine = 400
  private static let mostBrackets = 200

  /// Reads lines of a file as one mapping.
  ///
  /// - Throws: What is wrong, and on which line.
  init(
    _ lines: [String],
    owner: LessonPhrase.Owner,
    openedAt line: Int
  ) throws(LessonFinding) {
    let place = (line + 1)...(line + max(1, lines.count))
    let brackets = lines.reduce(0) { count, line in
      count + line.utf8.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
    }
    guard brackets <= Self.mostBrackets, lines.allSatisfy({ $0.utf8.count <= Self.widestLine })
    else { throw LessonFinding(.tooDeep, line: line) }
    guard let root = try Self.root(lines.joined(separator: "\n") + "\n", in: place) else {
      throw LessonFinding(.emptyPart(owner), line: line)
    }
    try self.init(root, owner: owner, at: line, place: place)
  }

  /// Takes a node inside of a part as a mapping of its own.
  ///
  /// - Throws: What is wrong, and on which line.
  init(
    _ node: Node,
    owner: LessonPhrase.Owner,
    at line: Int,
    place: ClosedRange<Int>
  ) throws(LessonFinding) {
    guard let mapping = node.mapping else {
      throw LessonFinding(.notAMapping(owner), line: Self.line(node.mark?.line, in: place))
    }
    var fields: [Field] = []
    for (key, value) in mapping {
      let line = Self.line(key.mark?.line, in: place)
      guard let text = key.scalar?.string else { throw LessonFinding(.keyIsNoText, line: line) }
      fields.append(Field(key: text, line: line, node: value))
    }
    self.owner = owner
    self.line = line
    self.fields = fields
    self.place = place
  }

  private static func root(
    _ text: String,
    in place: ClosedRange<Int>
  ) throws(LessonFinding) -> Node? {
    do {
      return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw finding(error, in: place)
    } catch {
      throw LessonFinding(.badYAML("it cannot be read"), line: place.lowerBound)
    }
  }

  private static func finding(_ error: YamlError, in place: ClosedRange<Int>) -> LessonFinding {
    switch error {
    case .composer(let context, let problem, let mark, _):
      let text = [context?.text, problem].compactMap(\.self).joined(separator: " ")
      return LessonFinding(.badYAML(text), line: line(mark.line, in: place))
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return LessonFinding(.badYAML(problem), line: line(mark.line, in: place))
    case .reader(let problem, let offset, _, let yaml):
      let breaks = yaml.prefix(offset ?? 0).count { $0 == "\n" }
      return LessonFinding(.badYAML(problem), line: line(breaks + 1, in: place))
    case .duplicatedKeysInMapping(let keys, let context):
      return LessonFinding(
        .duplicateKey(keys.first ?? ""),
        line: line(context.mark.line, in: place)
      )
    default: return LessonFinding(.badYAML("it cannot be read"), line: place.lowerBound)
    }
  }
}

/// Something that is wrong, before it is known in which file.
struct LessonFinding: Error {
  let phrase: LessonPhrase
  let line: Int

  init(_ phrase: LessonPhrase, line: Int) {
    self.phrase = phrase
    self.line = line
  }
}
