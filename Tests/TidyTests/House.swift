/// The order of the house: its planes, first the kernel, and the floors of each.
///
/// Held here and not read from `Package.swift`, which is what the table is there to check. A
/// target imports only targets of floors that come before its own; those that share a floor are
/// peers and do not import each other.
enum House {
  /// A folder of `Sources`, and its targets.
  struct Plane: Sendable {
    let name: String
    let floors: [[String]]
  }

  /// Targets that may not import some of those before them.
  struct Fence: Sendable {
    let targets: Set<String>
    let forbidden: Set<String>
  }

  /// A module from outside, and the targets that may import it; no set means all of them.
  struct Outsider: Sendable {
    let module: String
    let targets: Set<String>?
    /// Where it is allowed only with a reason, as a comment on the line of the import.
    var targetsWithReason: Set<String> = []
  }

  static let planes: [Plane] = [
    Plane(name: "Kernel", floors: [["SimulationKernel"]]),
    Plane(
      name: "Model",
      floors: [
        ["StreamModel"], ["EventLog"], ["ExternalSystems"], ["JobGraphs"], ["ClusterProtocol"],
      ]
    ),
    Plane(
      name: "DataPlane",
      floors: [
        ["KeyedState", "RecordFormats"], ["StreamOperators"], ["Connectors", "TaskRuntime"],
      ]
    ),
    Plane(
      name: "Client",
      floors: [["DataStreamAPI"], ["GraphTranslation"], ["SQL"], ["ClusterClient"]]
    ),
    Plane(
      name: "ControlPlane",
      floors: [
        ["Checkpointing"], ["Dispatcher", "JobMaster", "ResourceManager", "TaskManager"],
        ["Deployment"],
      ]
    ),
    Plane(name: "Sandbox", floors: [["Sandbox"], ["Checkers"], ["RunFarm"]]),
    Plane(name: "Views", floors: [["Rendering"], ["SessionViews"]]),
    Plane(
      name: "Teaching",
      floors: [["OperatorTesting"], ["DreyCluster"], ["Drills"], ["Lessons"], ["Grading"]]
    ),
    Plane(name: "Workloads", floors: [["Datasets"], ["ReferenceJobs"], ["Proofs"]]),
    Plane(name: "Server", floors: [["RESTServer"], ["Dashboard"], ["HistoryServer"]]),
    Plane(
      name: "Console",
      floors: [["CLibEdit"], ["Shell"], ["drey", "drey-bench", "drey-prove"]]
    ),
  ]

  static let fences: [Fence] = [
    Fence(
      targets: targets(of: "ControlPlane"),
      forbidden: ["DataStreamAPI", "GraphTranslation", "SQL"]
    ),
    Fence(
      targets: targets(of: "Views"),
      forbidden: targets(of: "ControlPlane").union(["TaskRuntime"])
    ),
  ]

  static let outsiders: [Outsider] = [
    Outsider(module: "HeapModule", targets: nil),
    Outsider(module: "DequeModule", targets: nil),
    Outsider(module: "OrderedCollections", targets: nil),
    Outsider(module: "ArgumentParser", targets: targets(of: "Console")),
    Outsider(
      module: "Yams",
      targets: targets(of: "Teaching", "Console")
    ),
    Outsider(module: "FlyingFox", targets: targets(of: "Server")),
    Outsider(module: "Foundation", targets: system, targetsWithReason: ["Datasets", "Proofs"]),
    Outsider(
      module: "FoundationEssentials",
      targets: system,
      targetsWithReason: ["Datasets", "Proofs"]
    ),
    // The C library: for `memchr` and the like; its clocks and chance are banned by name.
    Outsider(module: "Glibc", targets: system, targetsWithReason: everyone),
    Outsider(module: "Musl", targets: system, targetsWithReason: everyone),
    Outsider(module: "Darwin", targets: system, targetsWithReason: everyone),
    Outsider(module: "Dispatch", targets: ["RunFarm"]),
    Outsider(module: "Synchronization", targets: ["RunFarm"]),
  ]

  /// The targets that talk to the operating system.
  private static let system = targets(of: "Server", "Console").union(["RunFarm", "Grading"])

  private static let everyone = Set(planes.flatMap(\.floors).joined())

  static func targets(of names: String...) -> Set<String> {
    Set(planes.filter { names.contains($0.name) }.flatMap(\.floors).joined())
  }

  /// The plane in which a target lives.
  static func plane(of target: String) -> Plane? {
    planes.first { $0.floors.joined().contains(target) }
  }

  /// The place of a target in the order, counted through all planes.
  static func floor(of target: String) -> Int? {
    floors[target]
  }

  /// The floor of each target, asked for at every import.
  private static let floors: [String: Int] = {
    var floors: [String: Int] = [:]
    for (number, targets) in planes.flatMap(\.floors).enumerated() {
      for target in targets where floors[target] == nil { floors[target] = number }
    }
    return floors
  }()

  /// The target to which a source file belongs, by its path.
  static func target(ofPath path: String) -> String? {
    let parts = path.split(separator: "/")
    return parts.count > 3 && parts[0] == "Sources" ? String(parts[2]) : nil
  }
}
