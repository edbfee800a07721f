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
  "StreamModel", "EventLog", "RecordFormats", "StreamOperators", "Connectors", "DataStreamAPI",
  "Shell",
]

/// What draws, and what reads what is typed.
///
/// To optimise it takes a fifth of a first build and is not felt, so the builds that somebody waits
/// for leave it out. Only then is there an unsafe flag, which would keep others from depending on
/// the package by its address.
let unhurried: Set<String> =
  Context.environment["DREY_QUICK_BUILD"] == nil
  ? [] : ["Rendering", "SessionViews", "Lessons", "Shell"]
let unoptimised = SwiftSetting.unsafeFlags(["-Onone"], .when(configuration: .release))

/// A target of the house: its plane is its folder, its role is its name.
func role(_ plane: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name,
    dependencies: dependencies,
    path: "Sources/\(plane)/\(name)",
    swiftSettings: settings + (rawMemory.contains(name) ? [] : [.strictMemorySafety()])
      + (unhurried.contains(name) ? [unoptimised] : [])
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
    .library(name: "DreyCluster", targets: ["DreyCluster"]),
    // What sources, operators and sinks are made of, for who writes one.
    .library(
      name: "OperatorAuthoring",
      targets: ["StreamModel", "KeyedState", "RecordFormats", "StreamOperators", "Connectors"]
    ),
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
    role("Model", "ExternalSystems", ["SimulationKernel", "StreamModel", "EventLog", deque]),
    role("Model", "JobGraphs", ["SimulationKernel", "StreamModel"]),
    role("Model", "ClusterProtocol", model),
    role("DataPlane", "KeyedState", ["StreamModel"]),
    role("DataPlane", "RecordFormats", ["SimulationKernel", "StreamModel"]),
    role(
      "DataPlane",
      "StreamOperators",
      model + ["ExternalSystems", "KeyedState", "RecordFormats", heap, deque]
    ),
    role("DataPlane", "Connectors", model + ["EventLog", "KeyedState", "StreamOperators"]),
    role("DataPlane", "TaskRuntime", model + ["KeyedState", "StreamOperators", deque]),
    role("Client", "DataStreamAPI", model + ["Connectors", "KeyedState", "StreamOperators"]),
    role("Client", "GraphTranslation", model),
    role("Client", "ClusterClient", protocols),
    role("ControlPlane", "Checkpointing", protocols),
    role("ControlPlane", "Dispatcher", protocols),
    role("ControlPlane", "JobMaster", protocols + ["Checkpointing"]),
    role("ControlPlane", "ResourceManager", protocols),
    role("ControlPlane", "TaskManager", dataPlane + ["ClusterProtocol"]),
    role("ControlPlane", "Deployment", control + ["ClusterClient", "TaskRuntime"]),
    role("Workloads", "Datasets", ["SimulationKernel", "StreamModel", "RecordFormats"]),
    role("Workloads", "ReferenceJobs", ["DataStreamAPI"]),
    role(
      "Sandbox",
      "Sandbox",
      control + client + ["Deployment", "KeyedState", "StreamOperators"]
    ),
    role("Sandbox", "Checkers", protocols + ["Deployment", "Sandbox", "StreamOperators"]),
    role("Sandbox", "RunFarm", ["ClusterProtocol", "Sandbox", "Checkers"]),
    role("Workloads", "Proofs", ["RunFarm", "Datasets", "ReferenceJobs"]),
    role("Views", "Rendering", protocols),
    role(
      "Views",
      "SessionViews",
      protocols + ["DataStreamAPI", "Rendering", "Sandbox"]
    ),
    role(
      "Teaching",
      "OperatorTesting",
      dataPlane + ["ClusterProtocol", "Checkpointing", "DataStreamAPI", "Rendering"]
    ),
    role("Teaching", "DreyCluster", ["Rendering", "Sandbox", "SessionViews"]),
    role(
      "Teaching",
      "Lessons",
      ["SimulationKernel", "Deployment", "Rendering", "Sandbox", "SessionViews", yams]
    ),
    role(
      "Console",
      "Shell",
      ["Sandbox", "Rendering", "SessionViews", "Lessons", "Datasets", argumentParser]
    ),
    .executableTarget(
      name: "drey",
      dependencies: ["Shell", "ReferenceJobs"],
      path: "Sources/Console/drey",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "drey-prove",
      dependencies: ["Shell", "Proofs", argumentParser],
      path: "Sources/Console/drey-prove",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "drey-bench",
      dependencies: protocols + [
        "Checkers", "Datasets", "Deployment", "DataStreamAPI", "ReferenceJobs", "RunFarm",
        "Sandbox", "Shell", "StreamOperators",
      ],
      path: "Sources/Console/drey-bench",
      swiftSettings: settings
    ),
    .target(
      name: "Examples",
      dependencies: ["DreyCluster"],
      path: "Examples",
      swiftSettings: settings
    ),

    .target(name: "GoldenCases", path: "Tests/GoldenCases", swiftSettings: settings),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("TestSupport", ["GoldenCases", "TestSupport"]),
    tests("Tidy", []),
    tests("SimulationKernel", ["SimulationKernel"]),
    tests(
      "StreamOperators",
      model + [
        "Connectors", "EventLog", "GoldenCases", "KeyedState", "StreamOperators", "TestSupport",
      ]
    ),
    tests("StreamModel", ["GoldenCases", "StreamModel"]),
    tests("EventLog", ["EventLog", "SimulationKernel", "TestSupport"]),
    tests("KeyedState", ["KeyedState", "StreamModel", "TestSupport"]),
    tests("Checkpointing", protocols + ["Checkpointing"]),
    tests("ResourceManager", protocols + ["ResourceManager"]),
    tests(
      "JobMaster",
      protocols + [
        "Checkpointing", "JobMaster", "ResourceManager", "Dispatcher", "ClusterClient",
        "TestSupport",
      ]
    ),
    tests("GraphTranslation", model + ["GoldenCases", "GraphTranslation", "DataStreamAPI"]),
    tests(
      "Rendering",
      protocols + ["DataStreamAPI", "OperatorTesting", "Rendering", "TestSupport"],
      copying: ["Screens"]
    ),
    tests(
      "Lessons",
      [
        "Lessons", "ReferenceJobs", "Rendering", "Sandbox", "SessionViews", "SimulationKernel",
        "StreamOperators", "TestSupport",
      ],
      copying: ["Screens"]
    ),
    tests("RunFarm", ["Checkers", "ClusterProtocol", "Proofs", "RunFarm", "Sandbox"]),
    tests(
      "Sandbox",
      protocols + [
        "DataStreamAPI", "Deployment", "EventLog", "GraphTranslation", "Rendering", "Sandbox",
        "ReferenceJobs", "SessionViews", "StreamOperators", "TestSupport",
      ]
    ),
    tests(
      "Workloads",
      ["DataStreamAPI", "Datasets", "ReferenceJobs", "StreamOperators", "TestSupport"]
    ),
    tests("ReferenceJobs", ["DataStreamAPI", "Datasets", "Proofs", "ReferenceJobs"]),
    tests(
      "OperatorTesting",
      model + ["DataStreamAPI", "KeyedState", "OperatorTesting", "StreamOperators", "TestSupport"]
    ),
    tests("TaskRuntime", model + ["GoldenCases", "TaskRuntime"]),
    tests("StreamTask", dataPlane + ["DataStreamAPI", "GraphTranslation", "TestSupport"]),
    tests("DataStreamAPI", model + ["DataStreamAPI", "StreamOperators"]),
    tests("DreyCluster", ["DreyCluster"]),
    tests("Examples", ["DreyCluster", "Examples", "OperatorTesting"]),
    tests(
      "Console",
      [
        "Checkers", "DataStreamAPI", "Datasets", "ReferenceJobs", "Sandbox", "Shell",
        "SimulationKernel", "StreamOperators", "TestSupport", "drey",
      ]
    ),
  ]
)

// What a target is built on is named to the build system in full: code is inlined through several
// modules, and one in between, whose compiled form has not changed, would hide from those above it
// that they have to be compiled again. Targets come after those that they name. The order matters:
// of what can be compiled, the build system takes first what is named first, so the chain that
// everything waits for stands before what fills the other core.
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
