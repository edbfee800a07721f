import ReferenceJobs
import Shell

DreyCommand.start(Array(CommandLine.arguments.dropFirst()), catalogue: .reference)
