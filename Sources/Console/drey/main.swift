import Shell

DreyCommand.start(Array(CommandLine.arguments.dropFirst()))
