/// Actors bring an order of execution that is not defined.
struct NoActors: Rule {
  let statement = "No actor is declared below the console"

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Sources/").filter { file in
      !file.path.hasPrefix("Sources/Console/") && !file.path.hasPrefix("Sources/Server/")
    }.flatMap { file in
      file.declarations.filter { $0.keyword == "actor" }
        .map { file.violation($0.line, "actor \($0.name): the kernel runs on one thread") }
    }
  }
}
