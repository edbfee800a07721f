import Shell

DreyCommand.start(ProveCommand.self, Array(CommandLine.arguments.dropFirst()))
