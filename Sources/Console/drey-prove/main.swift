import Shell

DreyCommand.start(ProveCommand.self, Array(ProcessArguments.all.dropFirst()))
