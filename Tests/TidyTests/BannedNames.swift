/// Clocks, chance, threads and traps are kept out of the sources by their names.
struct BannedNames: Rule {
  let statement = "Nothing below the console takes time, chance or threads from the air"

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Sources/").flatMap { file in
      let tokens = file.tokens
      return tokens.indices.compactMap { index in
        Self.bansByBeginning[tokens[index].text]?
          .first { $0.applies(to: file.path) && $0.matches(tokens, at: index) }
          .map { file.violation(tokens[index].line, "`\($0.name)`: \($0.reason)") }
      }
    }
  }

  /// A sequence of tokens that must not appear.
  struct Ban: Sendable {
    let pattern: [String]
    let reason: String
    let exempt: [String]
    /// Tokens before it that make it something else: a declaration, a member of another type.
    let innocentAfter: Set<String>

    init(
      _ pattern: String,
      _ reason: String,
      exempt: [String] = [],
      innocentAfter: Set<String> = []
    ) {
      self.pattern = pattern.split(separator: " ").map(String.init)
      self.reason = reason
      self.exempt = exempt
      self.innocentAfter = innocentAfter
    }

    var name: String { pattern.joined(separator: pattern.last == "{" ? " " : "") }

    func applies(to path: String) -> Bool {
      !exempt.contains { path.hasPrefix($0) }
    }

    func matches(_ tokens: [Token], at index: Int) -> Bool {
      guard index + pattern.count <= tokens.count else { return false }
      for (offset, word) in pattern.enumerated() where tokens[index + offset].text != word {
        return false
      }
      if pattern.last == "!", !tokens[index + pattern.count - 1].isGlued { return false }
      if index > 0, innocentAfter.contains(tokens[index - 1].text) { return false }
      let after = index + pattern.count
      return after >= tokens.count || tokens[after].text != ":"
    }
  }
}

extension BannedNames {
  static let bans: [Ban] =
    trapBans
    + outside("virtual time is the only time", clockNames)
    + outside("chance comes from a seeded stream", chanceNames)
    + outside("hashes and ids are our own", hashNames)
    + outside("the kernel runs on one thread, synchronously", taskNames)
    + outside("only the run farm owns threads", threadNames, alsoIn: ["Sources/Sandbox/RunFarm/"])
    + outside(
      "the environment is the console's",
      environmentNames,
      alsoIn: ["Sources/Sandbox/RunFarm/"]
    )

  /// The bans by their first token: most tokens begin none.
  private static let bansByBeginning = Dictionary(grouping: bans) { $0.pattern[0] }

  private static let trapBans: [Ban] = [
    Ban("try !", "handle the error or let it pass"),
    Ban("as !", "a cast that can fail says what happens then"),
    // A program needs one import, and that is all a re-export is good for.
    Ban(
      "@ _exported",
      "imports are explicit, file by file",
      exempt: ["Sources/Client/DataStreamAPI/", "Sources/Teaching/DreyCluster/"]
    ),
    Ban(
      "print (",
      "only the console prints",
      exempt: ["Sources/Console/"],
      innocentAfter: [".", "func"]
    ),
  ]

  private static let clockNames = [
    "Date (", "Date . now", "ContinuousClock", "SuspendingClock", "DispatchTime", "clock_gettime",
    "gettimeofday", "usleep", "nanosleep", "sleep (", "Thread . sleep",
  ]

  private static let chanceNames = [
    ". random (", "randomElement", "shuffled (", "shuffle (", "SystemRandomNumberGenerator",
    "arc4random", "arc4random_uniform", "rand (",
  ]

  private static let hashNames = ["UUID (", "hashValue", "Hasher"]

  private static let taskNames = [
    "Task {", "Task (", "Task . detached", "Task . sleep", "async", "await", "MainActor",
  ]

  private static let threadNames = [
    "DispatchQueue", "Thread (", "Mutex", "NSLock", "NSRecursiveLock", "NSCondition",
    "pthread_create",
  ]

  private static let environmentNames = ["getenv", "ProcessInfo"]

  /// What makes a name that is banned innocent: it is declared, or it is a type of our own.
  private static let innocence: [String: Set<String>] = [
    "Task {": ["->", "&", ",", ":", "class", "enum", "extension", "protocol", "some", "struct"],
    // The signature of Hashable: dictionaries may be asked, only their order may not.
    "Hasher": ["inout"],
    "rand (": [".", "func"],
    "async": [".", "case"],
    "await": [".", "case"],
    "shuffle (": [".", "func"],
    "shuffled (": ["func"],
    "sleep (": [".", "func"],
  ]

  private static func outside(
    _ reason: String,
    _ names: [String],
    alsoIn: [String] = []
  ) -> [Ban] {
    names.map { name in
      Ban(
        name,
        reason,
        exempt: ["Sources/Console/", "Sources/Server/"] + alsoIn,
        innocentAfter: innocence[name] ?? []
      )
    }
  }
}
