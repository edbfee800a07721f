package import DataStreamAPI

extension CommandGrammar {
  /// The names that completion can offer at a moment.
  package struct Names: Sendable {
    /// The processes.
    package var processes: [String]
    /// The jobs that were submitted.
    package var jobs: [String]
    /// The tasks, with their indices.
    package var tasks: [String]
    /// The inputs.
    package var inputs: [String]
    /// The programs that can be submitted.
    package var catalogue: JobCatalogue

    /// Describes what there is.
    package init(
      processes: [String] = [],
      jobs: [String] = [],
      tasks: [String] = [],
      inputs: [String] = [],
      catalogue: JobCatalogue = JobCatalogue()
    ) {
      self.processes = processes
      self.jobs = jobs
      self.tasks = tasks
      self.inputs = inputs
      self.catalogue = catalogue
    }
  }

  /// What may stand where a line breaks off, in the order of the grammar.
  ///
  /// The last word counts as unfinished unless a space follows it; it is completed by what begins
  /// with it.
  package static func completions(of line: String, _ names: Names) -> [String] {
    guard let words = try? CommandWords.split(line) else { return [] }
    let isWordOpen = line.last.map { !$0.isWhitespace } ?? false
    let prefix = isWordOpen ? words.last ?? "" : ""
    let complete = isWordOpen ? Array(words.dropLast()) : words
    guard let verb = complete.first else {
      return rules.map(\.verb).filter { $0.hasPrefix(prefix) }
    }
    guard let rule = rule(of: verb) else { return [] }
    var reader = CommandReader(line, words: complete, from: 1)
    guard let isRead = try? reader.read(rule.pieces), !isRead || reader.isAtEnd else { return [] }
    var found: [String] = []
    for candidate in reader.candidates {
      for text in texts(of: candidate, names) where text.hasPrefix(prefix) {
        if !found.contains(text) { found.append(text) }
      }
    }
    return found
  }

  private static func texts(of candidate: CommandReader.Candidate, _ names: Names) -> [String] {
    switch candidate {
    case .word(let word), .option(let word): return [word]
    case .slot(let slot):
      switch slot.kind {
      case .choice(let words): return words
      case .process: return names.processes
      case .job: return names.jobs + names.catalogue.names
      case .program: return names.catalogue.names
      case .variant: return names.catalogue.programs.flatMap(\.variantNames)
      case .settings:
        return names.catalogue.programs.flatMap(\.parameters).map { "\($0.name)=" }
      case .task: return names.tasks.map(CommandWords.quoted)
      case .input: return names.inputs
      case .durationOrOff: return ["off"]
      case .number, .duration, .percent, .rate, .address, .file, .text: return []
      }
    }
  }
}
