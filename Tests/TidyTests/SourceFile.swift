/// One text file, and what the rules see in it.
///
/// Everything but the text is empty for a file that is not Swift.
struct SourceFile: Sendable {
  /// From the root of the repository, with slashes.
  let path: String
  let text: String
  let lines: [String]
  /// The lines with comments and the contents of string literals blanked.
  let code: [String]
  /// The lines with all but the comments blanked.
  let comments: [String]
  let tokens: [Token]
  let declarations: [Declaration]
  let switches: [Switch]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard path.hasSuffix(".swift") else {
      (code, comments, tokens, declarations, switches) = ([], [], [], [], [])
      return
    }
    let mask = CodeMask(text)
    code = mask.code
    comments = mask.comments
    tokens = Token.all(in: mask.code)
    declarations = Declaration.all(in: tokens)
    switches = Switch.all(in: tokens)
  }

  var isSwift: Bool { path.hasSuffix(".swift") }

  /// The last part of the path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  func violation(_ line: Int, _ message: String) -> Violation {
    Violation(path: path, line: line, message: message)
  }
}
