import Shell

do {
  try Benchmarks(CommandLine.arguments.dropFirst()).run()
} catch {
  Benchmarks.fail("\(error)")
}
