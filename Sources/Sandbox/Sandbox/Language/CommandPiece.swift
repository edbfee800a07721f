import SimulationKernel

/// A piece of the shape of a command; the grammar is made of these, and parsing, help, completion
/// and suggestions read them.
package indirect enum CommandPiece: Sendable {
  /// A word that must stand there.
  case word(String)
  /// Something that the user fills in.
  case slot(CommandSlot)
  /// Pieces that may be left out; they begin with a word, or fill the end of the line.
  case maybe([CommandPiece])
  /// One of several; each begins with a word of its own.
  case either([[CommandPiece]])
  /// Options of the form `--name VALUE`, in any order, each at most once.
  case options([CommandOption])
}

/// Something in a command that a user fills in.
package struct CommandSlot: Sendable {
  /// What may stand there.
  package enum Kind: Sendable {
    /// One of some words, upper or lower case.
    case choice([String])
    /// A whole number of at least that much.
    case number(least: Int)
    /// A length of virtual time above zero.
    case duration
    /// A length of virtual time above zero, or `off`.
    case durationOrOff
    /// A percentage from 100.
    case percent
    /// Elements per second.
    case rate
    /// The name of a process.
    case process
    /// The name of a submitted job.
    case job
    /// The name of a program.
    case program
    /// The name of a variant of a job.
    case variant
    /// A task, with its index.
    case task
    /// The name of an input.
    case input
    /// What parameters of a program are set to.
    case settings
    /// The address of a socket.
    case address
    /// The path of a file.
    case file
    /// Any text.
    case text
  }

  /// The name under which what stands there is found.
  let name: String
  /// What may stand there.
  package let kind: Kind

  init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// What help writes in its place.
  package var placeholder: String {
    switch kind {
    case .choice(let words): words.joined(separator: "|")
    case .number: "N"
    case .duration: "TIME"
    case .durationOrOff: "TIME|off"
    case .percent: "PERCENT"
    case .rate: "N/s"
    case .process: "PROCESS"
    case .job, .program: "JOB"
    case .variant: "VARIANT"
    case .task: "TASK[N]"
    case .input: "INPUT"
    case .settings: "NAME=VALUE,…"
    case .address: "HOST:PORT"
    case .file: "FILE"
    case .text: name.uppercased()
    }
  }
}

/// An option of a command.
package struct CommandOption: Sendable {
  /// Its name, without the dashes.
  package let name: String
  /// Its value.
  package let slot: CommandSlot

  init(_ name: String, _ kind: CommandSlot.Kind) {
    self.name = name
    slot = CommandSlot(name, kind)
  }
}

/// What stood in the slots of a command.
struct CommandValues {
  /// What stood in one slot.
  enum Value {
    case text(String)
    case number(Int)
    case duration(VirtualDuration)
    case off
    case task(TaskName)
    case settings([ParameterSetting])
  }

  private var values: [(name: String, value: Value)] = []
  /// The words that were met, in order: which alternative was taken.
  private(set) var words: [String] = []

  mutating func note(_ word: String) {
    words.append(word)
  }

  mutating func set(_ name: String, _ value: Value) {
    values.append((name, value))
  }

  func has(_ name: String) -> Bool {
    values.contains { $0.name == name }
  }

  func text(_ name: String) -> String? {
    if case .text(let text) = value(name) { text } else { nil }
  }

  func number(_ name: String) -> Int? {
    if case .number(let number) = value(name) { number } else { nil }
  }

  func duration(_ name: String) -> VirtualDuration? {
    if case .duration(let duration) = value(name) { duration } else { nil }
  }

  func task(_ name: String) -> TaskName? {
    if case .task(let task) = value(name) { task } else { nil }
  }

  func settings(_ name: String) -> [ParameterSetting]? {
    if case .settings(let settings) = value(name) { settings } else { nil }
  }

  func isOff(_ name: String) -> Bool {
    if case .off = value(name) { true } else { false }
  }

  private func value(_ name: String) -> Value? {
    values.first { $0.name == name }?.value
  }
}
