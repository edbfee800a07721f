import Deployment
import JobGraphs
import Sandbox
import SimulationKernel

/// Commands of every kind, drawn from a seed.
struct GeneratedCommands {
  private var random: RandomStream

  init(seed: UInt64) {
    random = RandomStream(seed: seed, name: "commands")
  }

  mutating func next() -> Command {
    switch random.below(19) {
    case 0: return .kill(process: name())
    case 1: return .failTask(name: task(), index: random.below(40))
    case 2: return .restart(process: name())
    case 3: return .pause(process: name(), for: duration())
    case 4:
      return .slow(
        process: name(),
        percent: Int64(100 + random.below(900)),
        for: maybe { $0.duration() }
      )
    case 5: return .partition(name(), name())
    case 6: return .heal(name(), name())
    case 7:
      return .deploy(
        ClusterShape(
          kind: pick(DeploymentKind.allCases),
          taskManagers: maybe { $0.count() },
          slots: maybe { $0.count() }
        )
      )
    case 8: return .submit(submission())
    case 9: return .cancel(job: maybe { $0.name() })
    case 10: return .run(for: duration())
    case 11: return .runUntil(expectation(), within: maybe { $0.duration() })
    case 12: return .step(count())
    case 13: return .checkpoint(job: maybe { $0.name() })
    case 14:
      return .show(
        ShowRequest(
          pick(ShowRequest.Subject.allCases),
          of: maybe { $0.submission() },
          inWords: random.chance(1, in: 2)
        )
      )
    case 15: return .expect(expectation(), within: maybe { $0.duration() })
    case 16: return .sendToSocket(name())
    case 17: return .closeSocket
    default: return .save(file: name())
    }
  }

  private mutating func submission() -> JobSubmission {
    var submission = JobSubmission(job: name())
    submission.variant = maybe { $0.name() }
    submission.name = maybe { $0.name() }
    submission.parallelism = maybe { $0.count() }
    submission.rate = maybe { $0.count() }
    submission.input = maybe { $0.name() }
    submission.socket = maybe { $0.pick(["127.0.0.1:9999", "a b:1", "::1:65535"]) }
      .flatMap { SocketAddress($0) }
    submission.checkpointInterval = maybe {
      $0.random.chance(1, in: 2) ? .off : .every($0.duration())
    }
    submission.guarantee = maybe { $0.pick(DeliveryGuarantee.allCases) }
    submission.isChained = maybe { $0.random.chance(1, in: 2) }
    submission.runtimeMode = maybe { $0.pick(RuntimeMode.allCases) }
    return submission
  }

  private mutating func expectation() -> Expectation {
    switch random.below(7) {
    case 6: return random.chance(1, in: 3) ? .outputIsRight(job: nil) : .not(plainExpectation())
    default: return plainExpectation()
    }
  }

  private mutating func plainExpectation() -> Expectation {
    switch random.below(6) {
    case 0: return .job(name(), pick(JobState.allCases))
    case 1:
      return .task(TaskName(name: task(), index: random.below(9)), pick(ExecutionState.allCases))
    case 2: return .process(name(), pick(ProcessCondition.allCases))
    case 3: return .outputEqualsFailureFree(job: maybe { $0.name() })
    case 4: return .outputIsRight(job: maybe { $0.name() })
    default: return .measure(measure(), pick(Comparison.allCases), random.below(1_000_000))
    }
  }

  private mutating func measure() -> Measure {
    let quantity = pick(Measure.Quantity.allCases)
    var subject: String?
    switch quantity {
    case .count, .state, .checkpointedState: subject = name()
    case .position, .checkpointedPosition:
      subject = TaskName(name: task(), index: random.below(9)).text
    default: break
    }
    return Measure(quantity, of: subject, in: maybe { $0.name() })
  }

  /// Names as people give them, and worse ones.
  private mutating func name() -> String {
    let names = [
      "tm-1", "word-count", "counts -> rows: Writer", "jobmanager", "航班", "a b", "at", "within",
      "in", "of", "#1", "\"quoted\"", "back\\slash", "tab\there", "line\nbreak", "x[3]", "\r\n",
      "\u{2028}",
      "\u{85}\u{0B}", "\\u{41}", "", "é",
      "the-nest", "until", "C:\\data\\words.txt",
    ]
    let base = pick(names)
    return random.chance(1, in: 4) ? base + pick(names) : base
  }

  /// A task's name is never empty.
  private mutating func task() -> String { "t" + name() }

  private mutating func count() -> Int { 1 + random.below(1000) }

  private mutating func duration() -> VirtualDuration {
    .nanoseconds(1 + Int64(random.below(1_000_000_000)) * Int64(pick([1, 1000, 1_000_000])))
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[random.below(choices.count)]
  }

  private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
    random.chance(1, in: 2) ? make(&self) : nil
  }
}

/// Lines that are almost commands, and lines that are nothing at all.
struct CommandNoise {
  private var random: RandomStream
  private var commands: GeneratedCommands
  private let pieces = [
    "kill", "tm-1", "at", "3s", "fail", "task", "[", "]", "for", "to", "%", "é", "\u{0}", "9",
    "expect", "count", "of", "==", "-1", "9999999999999999999", "--", "--slots", "\"", "\\", "run",
    "until", "within", "#", "\n", "\u{301}", "👩‍👩‍👧", "show", "drey session 1\nseed 1\n@",
  ]

  init(seed: UInt64) {
    random = RandomStream(seed: seed, name: "noise")
    commands = GeneratedCommands(seed: seed)
  }

  mutating func next() -> String {
    switch random.below(3) {
    case 0:
      return (0..<random.below(9)).map { _ in pieces[random.below(pieces.count)] }
        .joined(separator: random.chance(1, in: 2) ? " " : "")
    case 1:
      return String(
        decoding: (0..<random.below(40)).map { _ in UInt8(random.below(256)) },
        as: UTF8.self
      )
    default:
      var text = Array(commands.next().text.unicodeScalars)
      for _ in 0..<1 + random.below(3) where !text.isEmpty {
        let place = random.below(text.count)
        if random.chance(1, in: 2) {
          text.remove(at: place)
        } else {
          text.insert(contentsOf: pieces[random.below(pieces.count)].unicodeScalars, at: place)
        }
      }
      return String(String.UnicodeScalarView(text))
    }
  }
}
