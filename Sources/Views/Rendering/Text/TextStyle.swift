/// How text is drawn: with which characters, and whether in colour.
package struct TextStyle: Sendable, Equatable {
  /// The characters that lines and marks are made of.
  package enum Characters: Sendable, CaseIterable {
    /// Box drawing and symbols.
    case unicode
    /// Plain ASCII, for terminals and logs that know no more; names stay as they are.
    case ascii
  }

  /// The characters in use.
  package var characters: Characters
  /// Whether escape sequences for colour are written.
  package var isColoured: Bool

  /// Makes a style.
  package init(characters: Characters, isColoured: Bool) {
    self.characters = characters
    self.isColoured = isColoured
  }

  /// The mark for what is right, or for what is not.
  package func verdict(isRight: Bool) -> String {
    self(isRight ? .finished : .failed)
  }

  /// A mark in the characters of this style.
  package func callAsFunction(_ mark: Mark) -> String {
    characters == .unicode ? mark.unicode : mark.ascii
  }

  /// A sign in the characters of this style.
  package func callAsFunction(_ sign: Sign) -> String {
    let look = Theme.look(of: sign)
    return characters == .unicode ? look.unicode : look.ascii
  }
}

/// What a colour means; what carries no meaning has none.
package enum Ink: Sendable, Equatable {
  /// Nothing special.
  case plain
  /// What names something.
  case strong
  /// What only frames or labels.
  case faint
  /// What works as it should.
  case running
  /// What waits.
  case waiting
  /// What failed or died.
  case failed
  /// What belongs to a checkpoint.
  case checkpoint
  /// What belongs to a watermark.
  case watermark

  /// The number of the escape sequence that switches it on; nil for none.
  var code: String? { Theme.code(of: self) }
}
