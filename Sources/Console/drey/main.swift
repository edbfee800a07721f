import ReferenceJobs
import Shell

DreyCommand.start(Array(ProcessArguments.all.dropFirst()), catalogue: .reference)
