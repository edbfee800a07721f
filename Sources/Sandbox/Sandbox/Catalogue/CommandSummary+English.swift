extension CommandSummary {
  /// What the verb does, in a line.
  package var english: String {
    switch self {
    case .deploy: "set a cluster up"
    case .submit: "hand a job to the cluster"
    case .cancel: "end a job"
    case .checkpoint: "take a checkpoint now"
    case .socket: "type a text into the socket that a job reads, or close it"
    case .run: "let virtual time pass, or pass until something holds"
    case .step: "go to the next thing that happens"
    case .kill: "kill a process: its memory is gone"
    case .fail: "let a task fail"
    case .restart: "start a killed process again"
    case .pause: "stop a process for a while"
    case .slow: "let a process take longer for everything"
    case .partition: "let no message pass between two processes"
    case .heal: "let messages pass again"
    case .show: "draw something"
    case .describe: "tell in words what show draws"
    case .expect: "say what should hold, now or within some time"
    case .save: "write the session to a file"
    }
  }
}
