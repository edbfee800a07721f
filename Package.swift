// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// The targets whose records live in flat memory that they own, so that a batch costs one
/// allocation, and the one that speaks to the operating system; everywhere else an unsafe operation
/// must be marked as one.
let rawMemory: Set<String> = [
  "StreamModel", "EventLog", "StreamOperators", "DataStreamAPI", "Shell",
]

/// A target of the house: its plane is its folder, its role is its name.
func role(_ plane: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name,
    dependencies: dependencies,
    path: "Sources/\(plane)/\(name)",
    swiftSettings: rawMemory.contains(name) ? settings : settings + [.strictMemorySafety()]
  )
}

/// The tests of one role, in `Tests/` under the same name.
func tests(_ name: String, _ dependencies: [Target.Dependency], copying: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: dependencies,
    path: "Tests/\(name)Tests",
    resources: copying.map { .copy($0) },
    swiftSettings: settings
  )
}

let model: [Target.Dependency] = ["SimulationKernel", "StreamModel", "JobGraphs"]
let dataPlane: [Target.Dependency] = model + ["KeyedState", "StreamOperators", "TaskRuntime"]
let protocols: [Target.Dependency] = model + ["ClusterProtocol"]
let control: [Target.Dependency] =
  protocols + ["Checkpointing", "Dispatcher", "JobMaster", "ResourceManager", "TaskManager"]
let client: [Target.Dependency] = ["DataStreamAPI", "GraphTranslation", "ClusterClient"]

let package = Package(
  name: "drey",
  products: [
    .executable(name: "drey", targets: ["drey"]),
    .library(name: "DataStreamAPI", targets: ["DataStreamAPI"]),
    .library(name: "OperatorTesting", targets: ["OperatorTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    role("Kernel", "SimulationKernel"),
    role("Model", "StreamModel", ["SimulationKernel"]),
    role("Model", "EventLog", ["SimulationKernel"]),
    role("Model", "JobGraphs", ["SimulationKernel", "StreamModel"]),
    role("Model", "ClusterProtocol", model),
    role("DataPlane", "KeyedState", ["StreamModel"]),
    role("DataPlane", "StreamOperators", model + ["EventLog", "KeyedState", heap, deque]),
    role("DataPlane", "TaskRuntime", model + ["KeyedState", "StreamOperators", deque]),
    role("Client", "DataStreamAPI", model + ["EventLog", "KeyedState", "StreamOperators"]),
    role("Client", "GraphTranslation", model),
    role("Client", "ClusterClient", protocols),
    role("ControlPlane", "Checkpointing", protocols),
    role("ControlPlane", "Dispatcher", protocols),
    role("ControlPlane", "JobMaster", protocols + ["Checkpointing"]),
    role("ControlPlane", "ResourceManager", protocols),
    role("ControlPlane", "TaskManager", dataPlane + ["ClusterProtocol"]),
    role("ControlPlane", "Deployment", control + ["ClusterClient", "TaskRuntime"]),
    role("Sandbox", "Workloads", ["DataStreamAPI", "StreamModel"]),
    role(
      "Sandbox",
      "Sandbox",
      control + client + ["Deployment", "KeyedState", "Workloads", "StreamOperators"]
    ),
    role("Sandbox", "Checkers", protocols + ["Deployment", "Sandbox", "StreamOperators"]),
    role("Sandbox", "RunFarm", ["ClusterProtocol", "Sandbox", "Checkers"]),
    role("Views", "Rendering", protocols),
    role(
      "Views",
      "SessionViews",
      protocols + ["DataStreamAPI", "Rendering", "Sandbox", "Workloads"]
    ),
    role(
      "Teaching",
      "OperatorTesting",
      dataPlane + ["ClusterProtocol", "Checkpointing", "DataStreamAPI", "Rendering"]
    ),
    role(
      "Teaching",
      "Lessons",
      ["SimulationKernel", "Deployment", "Rendering", "Sandbox", "SessionViews", yams]
    ),
    role(
      "Console",
      "Shell",
      protocols + [
        "Deployment", "Lessons", "Rendering", "Sandbox", "SessionViews", "StreamOperators",
        "Workloads", argumentParser,
      ]
    ),
    .executableTarget(
      name: "drey",
      dependencies: ["Shell"],
      path: "Sources/Console/drey",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "drey-bench",
      dependencies: protocols + [
        "Deployment", "DataStreamAPI", "Sandbox", "Shell", "StreamOperators", "Workloads",
      ],
      path: "Sources/Console/drey-bench",
      swiftSettings: settings
    ),

    .target(name: "GoldenCases", path: "Tests/GoldenCases", swiftSettings: settings),
    tests("Tidy", []),
    tests("SimulationKernel", ["SimulationKernel"]),
    tests("StreamOperators", model + ["EventLog", "GoldenCases", "KeyedState", "StreamOperators"]),
    tests("StreamModel", ["GoldenCases", "StreamModel"]),
    tests("EventLog", ["EventLog", "SimulationKernel"]),
    tests("KeyedState", ["KeyedState", "StreamModel"]),
    tests("Checkpointing", protocols + ["Checkpointing"]),
    tests("ResourceManager", protocols + ["ResourceManager"]),
    tests(
      "JobMaster",
      protocols + ["Checkpointing", "JobMaster", "ResourceManager", "Dispatcher", "ClusterClient"]
    ),
    tests("GraphTranslation", model + ["GraphTranslation", "DataStreamAPI"]),
    tests(
      "Rendering",
      protocols + ["DataStreamAPI", "OperatorTesting", "Rendering"],
      copying: ["Screens"]
    ),
    tests(
      "Lessons",
      [
        "Lessons", "Rendering", "Sandbox", "SessionViews", "SimulationKernel", "StreamOperators",
      ],
      copying: ["Screens"]
    ),
    tests(
      "RunFarm",
      protocols + [
        "Checkers", "DataStreamAPI", "RunFarm", "Sandbox", "StreamOperators", "Workloads",
      ]
    ),
    tests(
      "Sandbox",
      protocols + [
        "DataStreamAPI", "Deployment", "EventLog", "GraphTranslation", "Rendering", "Sandbox",
        "SessionViews", "StreamOperators", "Workloads",
      ]
    ),
    tests("Workloads", ["StreamOperators", "Workloads"]),
    tests(
      "ReferenceJobs",
      protocols + [
        "DataStreamAPI", "GoldenCases", "KeyedState", "Sandbox", "StreamOperators", "Workloads",
      ]
    ),
    tests(
      "OperatorTesting",
      model + ["DataStreamAPI", "KeyedState", "OperatorTesting", "StreamOperators"]
    ),
    tests("TaskRuntime", model + ["GoldenCases", "TaskRuntime"]),
    tests("StreamTask", dataPlane + ["DataStreamAPI", "GraphTranslation"]),
    tests("DataStreamAPI", model + ["DataStreamAPI", "StreamOperators"]),
    tests(
      "Console",
      ["Checkers", "Sandbox", "Shell", "SimulationKernel", "StreamOperators", "Workloads", "drey"]
    ),
  ]
)

// What a target is built on is named to the build system in full: code is inlined through several
// modules, and one in between, whose compiled form has not changed, would hide from those above it
// that they have to be compiled again. Targets come after those that they name.
var below: [String: [String]] = [:]
for target in package.targets {
  var names: [String] = []
  for case .byNameItem(let name, _) in target.dependencies {
    names += ((below[name] ?? []) + [name]).filter { !names.contains($0) }
  }
  target.dependencies = target.dependencies.filter {
    if case .byNameItem = $0 { false } else { true }
  }
  target.dependencies += names.map { .byName(name: $0) }
  below[target.name] = names
}
