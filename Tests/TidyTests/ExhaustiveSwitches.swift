/// A new case of an enum is a compile error wherever somebody has to decide about it.
struct ExhaustiveSwitches: Rule {
  let statement = "A switch over an enum names every case"

  /// What still has a `default`, by file and how many; a number that is too high is a violation
  /// too, so that it only falls.
  static let remaining: [String: Int] = [
    // Over enums of the standard library and of others, to which cases may be added.
    "Sources/DataPlane/RecordFormats/FieldText.swift": 1,
    "Sources/Teaching/Lessons/Documents/YAMLPart.swift": 1,
    "Sources/Views/Rendering/Marbles/MarbleNotation.swift": 2,
    "Sources/Views/Rendering/Text/DisplayWidth.swift": 1,
    // Over pairs of enums.
    "Sources/Teaching/Lessons/Playing/LessonAnswer.swift": 1,
    // Over our own: the journal has too many kinds of entries for each reader to name them.
    "Sources/Console/Shell/RunShow.swift": 1,
    "Sources/Sandbox/Sandbox/Session/ClusterLedger.swift": 1,
    "Sources/Sandbox/Sandbox/Session/JobHistory.swift": 2,
    "Sources/Views/Rendering/Run/RunPicture+Journal.swift": 5,
    "Sources/Views/SessionViews/SessionView.swift": 1,
    // Commands and measures, likewise.
    "Sources/Sandbox/Sandbox/Session/Command+Checks.swift": 1,
    "Sources/Sandbox/Sandbox/Session/SandboxSession+Commands.swift": 2,
    "Sources/Sandbox/Sandbox/Session/SandboxSession+Judging.swift": 3,
    "Sources/Sandbox/Sandbox/Session/SandboxSession+Time.swift": 2,
    "Sources/Teaching/Lessons/Playing/LessonPlayer.swift": 1,
    "Sources/Console/drey-bench/KernelBenchmark.swift": 1,
    "Sources/DataPlane/RecordFormats/JSON/JSONValueDecoder.swift": 1,
  ]

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Sources/", "Examples/").flatMap { file in
      let found = file.switches.filter(\.isOverEnum).compactMap(\.defaultLine)
      let allowed = Self.remaining[file.path] ?? 0
      if found.count < allowed {
        return [file.violation(1, "\(found.count) defaults over enums, and \(allowed) are allowed")]
      }
      return found.dropFirst(allowed).map {
        file.violation($0, "default: hides what a new case should do; name the cases")
      }
    }
  }
}
