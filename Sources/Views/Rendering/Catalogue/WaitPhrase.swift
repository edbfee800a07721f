/// What is said of a run whose picture is long in coming.
enum WaitPhrase: Phrase {
  case deploying(tasks: Int), running(tasks: Int)

  var english: String {
    switch self {
    case .deploying(let tasks): "Deploying \(Wording.count(tasks, "task"))"
    case .running(let tasks): "Running \(Wording.count(tasks, "task"))"
    }
  }
}
