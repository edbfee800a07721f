/// What a user wants to look at.
package struct ShowRequest: Equatable, Sendable {
  /// What can be looked at.
  package enum Subject: String, CaseIterable, Sendable {
    /// The program before chaining.
    case streamGraph = "stream-graph"
    /// The vertices after chaining, and the streams between them.
    case jobGraph = "job-graph"
    /// The attempts of the subtasks.
    case executionGraph = "execution-graph"
    /// The running job: lanes, records, barriers.
    case run
    /// The slots, and what runs in them.
    case slots
    /// The whole run over time.
    case timeline
    /// One checkpoint, retold.
    case checkpoint
    /// Where sources and state went back to.
    case recovery
    /// The rows that became visible.
    case rows
    /// The keyed state, now and in the last checkpoint.
    case state
    /// How far event time has come at each task, and whom it waits for.
    case watermarks
    /// The jobs of the session.
    case jobs
  }

  /// What is looked at.
  package var subject: Subject
  /// Which one: a submitted job, a reference job with its options, or the number of a checkpoint.
  package var target: JobSubmission?
  /// Whether it is told in words instead of drawn.
  package var isInWords: Bool

  /// Describes a request.
  package init(_ subject: Subject, of target: JobSubmission? = nil, inWords: Bool = false) {
    self.subject = subject
    self.target = target
    isInWords = inWords
  }

  /// The canonical text.
  package var text: String {
    let verb = isInWords ? "describe" : "show"
    return "\(verb) \(subject.rawValue)" + (target.map { " \($0.text)" } ?? "")
  }
}
