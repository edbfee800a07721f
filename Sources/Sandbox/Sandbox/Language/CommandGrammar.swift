import DataStreamAPI
import Deployment
import JobGraphs

/// The grammar of the command language: one table, from which parsing, help, completion and
/// suggestions come.
package enum CommandGrammar {
  /// One verb of the language.
  package struct Rule: Sendable {
    /// The verb.
    package let verb: String
    /// What follows it.
    package let pieces: [CommandPiece]
    /// What it does.
    package let summary: CommandSummary
    /// A line to learn from.
    package let example: String
    let make: @Sendable (CommandValues) -> Command?

    /// The verb and what follows it, as help writes it.
    package var shape: String {
      ([verb] + pieces.map(CommandGrammar.shape)).joined(separator: " ")
    }
  }

  /// Every verb, in the order in which help lists them.
  package static let rules: [Rule] = clusterRules + timeRules + faultRules + lookingRules

  /// The rule of a verb.
  package static func rule(of verb: String) -> Rule? {
    rules.first { $0.verb == verb }
  }

  // MARK: The cluster and its jobs

  private static let clusterRules: [Rule] = [
    Rule(
      verb: "deploy",
      pieces: [
        .slot(CommandSlot("kind", .choice(DeploymentKind.allCases.map(\.rawValue)))),
        .options([
          CommandOption("taskmanagers", .number(least: 1)),
          CommandOption("slots", .number(least: 1)),
        ]),
      ],
      summary: .deploy,
      example: "deploy standalone --taskmanagers 3 --slots 1"
    ) { values in
      values.text("kind").flatMap(DeploymentKind.init(rawValue:)).map {
        .deploy(
          ClusterShape(
            kind: $0,
            taskManagers: values.number("taskmanagers"),
            slots: values.number("slots")
          )
        )
      }
    },
    Rule(
      verb: "submit",
      pieces: [.slot(CommandSlot("job", .program)), .options(submissionOptions)],
      summary: .submit,
      example: "submit word-count --parallelism 2 --rate 20/s"
    ) { values in submission(values).map { .submit($0) } },
    Rule(
      verb: "cancel",
      pieces: [.maybe([.slot(CommandSlot("job", .job))])],
      summary: .cancel,
      example: "cancel word-count"
    ) { .cancel(job: $0.text("job")) },
    Rule(
      verb: "checkpoint",
      pieces: [.maybe([.slot(CommandSlot("job", .job))])],
      summary: .checkpoint,
      example: "checkpoint"
    ) { .checkpoint(job: $0.text("job")) },
    Rule(
      verb: "socket",
      pieces: [
        .either([[.word("send"), .slot(CommandSlot("text", .text))], [.word("close")]])
      ],
      summary: .socket,
      example: "socket send hello"
    ) { values in
      values.words.contains("close") ? .closeSocket : values.text("text").map { .sendToSocket($0) }
    },
  ]

  static let submissionOptions: [CommandOption] = [
    CommandOption("variant", .variant), CommandOption("name", .text),
    CommandOption("parallelism", .number(least: 1)), CommandOption("rate", .rate),
    CommandOption("input", .input), CommandOption("socket", .address),
    CommandOption("checkpoint-interval", .durationOrOff),
    CommandOption("guarantee", .choice(DeliveryGuarantee.allCases.map(\.rawValue))),
    CommandOption("chaining", .choice(["on", "off"])),
    CommandOption("runtime-mode", .choice(RuntimeMode.allCases.map(\.rawValue))),
    CommandOption("set", .settings),
  ]

  static func submission(_ values: CommandValues) -> JobSubmission? {
    guard let job = values.text("job") else { return nil }
    var submission = JobSubmission(job: job)
    submission.variant = values.text("variant")
    submission.name = values.text("name")
    submission.parallelism = values.number("parallelism")
    submission.rate = values.number("rate")
    submission.input = values.text("input")
    submission.socket = values.text("socket").flatMap { SocketAddress($0) }
    if values.isOff("checkpoint-interval") { submission.checkpointInterval = .off }
    if let interval = values.duration("checkpoint-interval") {
      submission.checkpointInterval = .every(interval)
    }
    submission.guarantee = values.text("guarantee").flatMap(DeliveryGuarantee.init(rawValue:))
    submission.isChained = values.text("chaining").map { $0 == "on" }
    submission.runtimeMode = values.text("runtime-mode").flatMap(RuntimeMode.init(rawValue:))
    submission.settings = values.settings("set") ?? []
    return submission
  }

  // MARK: Time

  private static let timeRules: [Rule] = [
    Rule(
      verb: "run",
      pieces: [
        .either([
          [.word("until"), .either(expectations), within],
          [.slot(CommandSlot("time", .duration))],
        ])
      ],
      summary: .run,
      example: "run 5s"
    ) { values in
      if let duration = values.duration("time") { return .run(for: duration) }
      return expectation(values).map { .runUntil($0, within: values.duration("limit")) }
    },
    Rule(
      verb: "step",
      pieces: [.maybe([.slot(CommandSlot("count", .number(least: 1)))])],
      summary: .step,
      example: "step 3"
    ) { .step($0.number("count") ?? 1) },
  ]

  static let within = CommandPiece.maybe([
    .word("within"), .slot(CommandSlot("limit", .duration)),
  ])

  // MARK: Looking

  private static let lookingRules: [Rule] = [
    showRule("show", .show, example: "show job-graph word-count --parallelism 4"),
    showRule("describe", .describe, example: "describe timeline"),
    Rule(
      verb: "expect",
      pieces: [.either(expectations), within],
      summary: .expect,
      example: "expect job word-count FINISHED within 5min"
    ) { values in
      expectation(values).map { .expect($0, within: values.duration("limit")) }
    },
    Rule(
      verb: "save",
      pieces: [.slot(CommandSlot("file", .file))],
      summary: .save,
      example: "save my-session.drey"
    ) { values in values.text("file").map { .save(file: $0) } },
  ]

  private static func showRule(
    _ verb: String,
    _ summary: CommandSummary,
    example: String
  ) -> Rule {
    Rule(
      verb: verb,
      pieces: [
        .slot(CommandSlot("subject", .choice(ShowRequest.Subject.allCases.map(\.rawValue)))),
        .maybe([.slot(CommandSlot("job", .job))]), .options(submissionOptions),
      ],
      summary: summary,
      example: example
    ) { values in
      // Options without a job would be of nothing.
      let isOfNothing = submissionOptions.contains { values.has($0.name) }
      guard values.has("job") || !isOfNothing else { return nil }
      return values.text("subject").flatMap(ShowRequest.Subject.init(rawValue:)).map {
        .show(ShowRequest($0, of: submission(values), inWords: verb == "describe"))
      }
    }
  }
}

/// What a verb of the language does, for help.
package enum CommandSummary: Sendable {
  case deploy, submit, cancel, checkpoint, socket, run, step
  case kill, fail, restart, pause, slow, partition, heal
  case show, describe, expect, save
}
