extension CanaryTests {
  private static let source = "Sources/Views/Rendering/Graph.swift"

  static let sizeCanaries: [Canary] = [
    Canary(
      "a line of 101 columns",
      SizeLimits(),
      in: "Tests/SQLTests/Rows.swift",
      line(100) + line(101) + "// " + String(repeating: "é", count: 97) + "\n",
      finds: [2]
    ),
    Canary(
      "functions of 70 lines and of 71",
      SizeLimits(),
      in: source,
      function("short", lines: 70) + function("long", lines: 71),
      finds: [71]
    ),
    Canary(
      "a table of 80 rows, one with a long row, and one that does more than switch",
      SizeLimits(),
      in: source,
      table("rows", cases: 80) + table("row", cases: 80, longest: 20)
        + table("more", cases: 80, before: "let x = 1"),
      finds: [87, 192]
    ),
    Canary(
      "a long computed property, initialiser and subscript",
      SizeLimits(),
      in: source,
      "struct Graph {\n" + body("var size: Int", lines: 71)
        + body("init?(from text: String = { \"\" }())", lines: 71)
        + body("subscript(_ x: Int) -> [Int: Int]", lines: 71) + "}\n",
      finds: [2, 73, 144]
    ),
    Canary(
      "a protocol's requirements have no length",
      SizeLimits(),
      in: source,
      "protocol Drawn {\n  func draw() -> Int\n  init(x: Int)\n}\n" + body("enum Long", lines: 90)
    ),
    Canary(
      "a file of 401 lines",
      SizeLimits(),
      [
        (source, String(repeating: "\n", count: 401)),
        ("Sources/Views/Rendering/Short.swift", String(repeating: "\n", count: 400)),
        ("Tests/SQLTests/Rows.swift", String(repeating: "\n", count: 800)),
      ],
      finds: ["\(source):1"]
    ),
  ]

  private static func line(_ columns: Int) -> String {
    "//" + String(repeating: "x", count: columns - 2) + "\n"
  }

  private static func body(_ heading: String, lines: Int) -> String {
    "\(heading) {\n" + String(repeating: "  // }\n", count: lines - 2) + "}\n"
  }

  private static func table(
    _ name: String,
    cases: Int,
    longest: Int = 1,
    before: String? = nil
  ) -> String {
    "func \(name)() -> String {\n" + (before.map { $0 + "\n" } ?? "") + "switch self {\n"
      + String(repeating: "case .a: \"\"\n", count: cases)
      + "case .b:\n" + String(repeating: "f()\n", count: longest) + "}\n}\n"
  }

  private static func function(_ name: String, lines: Int) -> String {
    body("func \(name)(\n) throws(Failure) -> (Int) -> Int where T: P", lines: lines - 1)
  }

  static let commentCanaries: [Canary] = [
    Canary(
      "public and package without a comment",
      DocumentedDeclarations(),
      in: source,
      """
      package import JobGraphs
      public struct Graph {
        package var size: Int { 0 }
        // An ordinary comment.
        @inlinable
        @available(
          *, deprecated)
        public static func draw() {}
        public private(set) var width = 0
        package init() {}
      }
      """,
      finds: [2, 3, 8, 9, 10]
    ),
    Canary(
      "requirements of a protocol, members of an extension",
      DocumentedDeclarations(),
      in: source,
      """
      /// Can be drawn.
      public protocol Drawn {
        associatedtype Ink
        func draw(in ink: Ink)
      }
      extension Drawn {
        package func erase() {}
      }
      """,
      finds: [3, 4, 7]
    ),
    Canary(
      "documented, hidden, or inherited",
      DocumentedDeclarations(),
      in: source,
      """
      /// A graph.
      // swift-format-ignore
      @frozen
      public struct Graph {
        let hidden = 0
        private func draw() { let package = 0; use(package) }
        /** Its size. */
        @usableFromInline package
        var size: Int
        package override func draw() {}
      }
      protocol Hidden { func draw() }
      """
    ),
  ]

  static let textCanaries: [Canary] = [
    Canary(
      "tests in XCTest",
      TestFramework(),
      in: "Tests/SQLTests/Rows.swift",
      "import Testing\n@preconcurrency import XCTest\n",
      finds: [2]
    ),
    Canary(
      "a path of one machine",
      OutsidePaths(),
      [
        ("docs/guide.md", "See `/\("work")/drey` and https://example.org/\("work")/drey.\n"),
        ("docs/more.md", "Your /\("home")/someone, your homework/\("work")/x\n"),
        (source, "\nlet scratch = \"/\("tmp")/drey\"\n"),
        ("Tests/SQLTests/Rows.swift", "let scratch = \"/\("tmp")/drey\"\n"),
      ],
      finds: ["\(source):2", "docs/guide.md:1", "docs/more.md:1"]
    ),
  ]
}
