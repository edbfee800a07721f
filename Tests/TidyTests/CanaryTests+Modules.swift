extension CanaryTests {
  static let importCanaries: [Canary] = [
    Canary(
      "the kernel knows nothing of streams",
      ImportOrder(),
      in: "Sources/Kernel/SimulationKernel/Clock.swift",
      "import HeapModule\n  package import StreamModel\n",
      finds: [2]
    ),
    Canary(
      "a model may know the kernel",
      ImportOrder(),
      in: "Sources/Model/StreamModel/Record.swift",
      "public import SimulationKernel\n"
    ),
    Canary(
      "peers talk through the protocol only",
      ImportOrder(),
      in: "Sources/ControlPlane/JobMaster/Scheduler.swift",
      "import ClusterProtocol\nimport struct TaskManager.Slot\n",
      finds: [2]
    ),
    Canary(
      "the control plane sees no program",
      ImportOrder(),
      in: "Sources/ControlPlane/Deployment/Session.swift",
      "@preconcurrency import GraphTranslation\nprivate import DataStreamAPI\n",
      finds: [1, 2]
    ),
    Canary(
      "views look at the journal, not into the cluster",
      ImportOrder(),
      in: "Sources/Views/Rendering/Graph.swift",
      "import TaskRuntime\nimport JobMaster\nimport JobGraphs\n",
      finds: [1, 2]
    ),
    Canary(
      "Foundation stays out of the planes",
      ImportOrder(),
      in: "Sources/DataPlane/KeyedState/Page.swift",
      "#if canImport(Foundation)\nimport Foundation\n#endif\n",
      finds: [2]
    ),
    Canary(
      "Foundation in the workloads needs a reason",
      ImportOrder(),
      in: "Sources/Workloads/Datasets/Flights.swift",
      "import Foundation\nimport Foundation  // parses dates of the dataset\n",
      finds: [1]
    ),
    Canary(
      "the C library needs a reason",
      ImportOrder(),
      in: "Sources/DataPlane/StreamOperators/Lines.swift",
      "import Glibc  // memchr\nimport Glibc\n",
      finds: [2]
    ),
    Canary(
      "the run farm owns threads",
      ImportOrder(),
      in: "Sources/Sandbox/RunFarm/Farm.swift",
      "import Dispatch\nimport Foundation\n"
    ),
    Canary(
      "the console does not",
      ImportOrder(),
      in: "Sources/Console/Shell/Pace.swift",
      "import Dispatch\nimport ArgumentParser\n",
      finds: [1]
    ),
    Canary(
      "an unknown module is asked about",
      ImportOrder(),
      in: "Sources/Console/Shell/Pace.swift",
      "import Rainbow\n",
      finds: [1]
    ),
    Canary(
      "a comment and a string import nothing",
      ImportOrder(),
      in: "Sources/Kernel/SimulationKernel/Clock.swift",
      "// import Foundation\nlet text = \"import Foundation\"\n"
    ),
  ]

  static let folderCanaries: [Canary] = [
    Canary(
      "a role lives in its plane",
      SourceFolders(),
      in: "Sources/Model/KeyedState/Page.swift",
      "",
      finds: [1]
    ),
    Canary(
      "a new role is listed",
      SourceFolders(),
      in: "Sources/Model/Utilities/Page.swift",
      "",
      finds: [1]
    ),
    Canary(
      "a source lies in a role",
      SourceFolders(),
      in: "Sources/Kernel/Clock.swift",
      "",
      finds: [1]
    ),
    Canary(
      "folders inside a role are free",
      SourceFolders(),
      [("Sources/Kernel/SimulationKernel/Network/Link.swift", "")],
      finds: []
    ),
    Canary(
      "a folder is built",
      SourceFolders(),
      [
        (
          "Package.swift",
          "role(\"Kernel\", \"SimulationKernel\"),\nrole(\n  \"Model\", \"SQL\"),\n"
        ),
        ("Sources/Kernel/SimulationKernel/Clock.swift", ""),
        ("Sources/Views/Rendering/Graph.swift", ""),
      ],
      finds: ["Package.swift:2", "Sources/Views/Rendering/Graph.swift:1"]
    ),
  ]

  static let documentCanaries: [Canary] = [
    Canary(
      "a missing table",
      GeneratedDocuments(),
      [("Package.swift", manifest)],
      finds: ["docs/modules.md:1"]
    ),
    Canary(
      "a stale table",
      GeneratedDocuments(),
      [("Package.swift", manifest), ("docs/modules.md", table("SimulationKernle"))],
      finds: ["docs/modules.md:10"]
    ),
    Canary(
      "a table with a row too many",
      GeneratedDocuments(),
      [("Package.swift", manifest), ("docs/modules.md", table("SimulationKernel") + "|\n")],
      finds: ["docs/modules.md:11"]
    ),
    Canary(
      "a table as it should be",
      GeneratedDocuments(),
      [("Package.swift", manifest), ("docs/modules.md", table("SimulationKernel"))],
      finds: []
    ),
  ]

  private static let manifest = """
    let heap = Target.Dependency.product(
      name: "HeapModule", package: "swift-collections")
    let package = Package(
      targets: [
        role("Kernel", "SimulationKernel", [heap]),
      ]
    )

    """

  private static func table(_ module: String) -> String {
    """
    <!-- Written by `make docs` from Package.swift; do not edit. -->

    # Modules

    Folders of `Sources/` are planes, and the targets in them are roles. A module uses
    only modules that come before it here.

    | plane | module | uses | from packages |
    |---|---|---|---|
    | Kernel | `\(module)` |  | `HeapModule` |

    """
  }
}
