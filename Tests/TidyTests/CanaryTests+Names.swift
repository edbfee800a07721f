extension CanaryTests {
  private static let kernel = "Sources/Kernel/SimulationKernel/Clock.swift"

  static let nameCanaries: [Canary] = bannedCanaries + sparedCanaries

  private static let bannedCanaries: [Canary] =
    [
      "let now = Date()", "let id = UUID().uuidString", "let n = Int.random(in: 0..<6)",
      "let one = tasks.randomElement()", "let mixed = tasks.shuffled()",
      "var chance = SystemRandomNumberGenerator()", "Task { run() }", "Task.detached { run() }",
      "func run() async {}", "let x = await run()", "DispatchQueue.main.sync {}",
      "let worker = Thread { run() }; Thread(block: run)", "let lock = NSLock()",
      "let state = Mutex(0)", "let hash = key.hashValue", "var hasher = Hasher()", "usleep(10)",
      "sleep(1)", "nanosleep(&time, nil)", "clock_gettime(CLOCK_MONOTONIC, &time)",
      "gettimeofday(&time, nil)", "let clock = ContinuousClock()", "let clock = SuspendingClock()",
      "let home = getenv(name)", "try! run()", "let task = any as! Task", "print(state)",
      "@_exported import StreamModel", "let text = \"now: \\(Date())\"",
    ].map { Canary("a kernel with \($0)", BannedNames(), in: kernel, "\n\($0)\n", finds: [2]) }
    + [
      Canary("an actor", NoActors(), in: kernel, "final actor Clock {\n}\n", finds: [1]),
      Canary(
        "threads outside the farm",
        BannedNames(),
        in: "Sources/Sandbox/Sandbox/Session.swift",
        "let lock = NSLock()\n",
        finds: [1]
      ),
      Canary(
        "a server that prints and casts",
        BannedNames(),
        in: "Sources/Server/Dashboard/Page.swift",
        "print(Date())\nlet page = any as! Page\n",
        finds: [1, 2]
      ),
    ]

  private static let sparedCanaries: [Canary] = [
    Canary(
      "comments and strings",
      BannedNames(),
      in: kernel,
      """
      // Date() and print(x)
      /* await /* nested */ Date() */
      let a = "Date()", b = #"try! "UUID()" \\(await)"#
      let c = \"""
        Task { "quoted" } \\(name) print(x)
        \"""
      let d = try !run(), e = /try! print(x)/
      """
    ),
    Canary(
      "names that only look like it",
      BannedNames(),
      in: kernel,
      """
      struct Task { let updateDate: EventDate }
      extension Task { func sleep(for span: Span) { clock.sleep(span) } }
      func task(async: Bool) -> Task { .async }
      func hash(into hasher: inout Hasher) { hasher.combine(id) }
      journal.print(state)
      let actor = 1
      """
    ),
    Canary("an actor that is a value", NoActors(), in: kernel, "let actor = Actor()\nuse(actor)\n"),
    Canary(
      "the console's own clock",
      BannedNames(),
      in: "Sources/Console/Shell/Pace.swift",
      "print(ContinuousClock().now, Date(), getenv(name))\n"
    ),
    Canary(
      "the farm's own threads",
      BannedNames(),
      in: "Sources/Sandbox/RunFarm/Farm.swift",
      "DispatchQueue.concurrentPerform(iterations: 2) { _ in lock.withLock {} }\nMutex(0)\n"
    ),
  ]

  static let orderCanaries: [Canary] = [
    Canary(
      "a walk through keys and values",
      UnorderedCollections(),
      in: kernel,
      """
      for key in table.keys { use(key) }
      let all = tables[0].values.map(\\.size)
      let held = table.values
      let key = table.keys
        .first
      if table.keys == others { return }
      """,
      finds: [1, 2, 3, 4, 6]
    ),
    Canary(
      "sorted, asked, changed, or explained",
      UnorderedCollections(),
      in: kernel,
      """
      for key in table.keys.sorted() { use(key) }
      if table.keys.contains(key), table.values.isEmpty { batch.values[0] = 1 }
      for key in table.keys { sum += key }  // order: a sum does not depend on it
      batch.values = []
      let record = batch.values + index
      let names = table.keys.filter { $0.hasPrefix(prefix) }
        .map(\\.name)
        .sorted()
      values.append(self.values)
      """
    ),
  ]

  static let namingCanaries: [Canary] =
    [
      "JobGraphImpl", "StateHelper", "StringUtils", "TaskInfo", "CheckpointData", "SlotManager",
      "DefaultScheduler", "AbstractOperator", "BaseSource",
    ].map {
      Canary(
        "a type called \($0)",
        Naming(),
        in: "Tests/JobMasterTests/NamingTests.swift",
        "struct NamingTests {\n  final class \($0): Sendable {}\n}\n",
        finds: [2]
      )
    } + [
      Canary(
        "names that only look like it",
        Naming(),
        in: "Sources/ControlPlane/TaskManager/TaskManagerProcess.swift",
        "struct TaskManagerProcess {}\nenum Basement {}\nenum Defaults {}\nstruct Metadata {}\n"
      ),
      Canary(
        "a file called after nothing in it",
        Naming(),
        in: "Sources/ControlPlane/JobMaster/Scheduling.swift",
        "struct Scheduler {}\n",
        finds: [1]
      ),
      Canary(
        "a theme of a type that is not there",
        Naming(),
        in: "Sources/ControlPlane/JobMaster/Scheduler+Slots.swift",
        "extension SlotPool: Sendable {}\n",
        finds: [1]
      ),
      Canary(
        "a theme of a type, extended or conformed to",
        Naming(),
        [
          ("Sources/Model/StreamModel/StreamKey+Text.swift", "extension String: StreamKey {}\n"),
          ("Sources/Model/StreamModel/Tuple2+Text.swift", "extension Tuple2: Codable {}\n"),
          ("Sources/Kernel/SimulationKernel/Invariant.swift", "func invariant() {}\n"),
          ("Sources/Console/drey/main.swift", "struct Anything {}\n"),
        ],
        finds: []
      ),
      Canary(
        "a file called after a drawer",
        Naming(),
        in: "Tests/SQLTests/TextUtils.swift",
        "",
        finds: [1]
      ),
    ]
}
