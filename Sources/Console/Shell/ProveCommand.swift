import ArgumentParser

#if canImport(Glibc)
import Glibc  // access, execv
#else
import Darwin
#endif

/// `drey prove`: handed on to the program `drey-prove` beside this one.
///
/// It carries many jobs that nobody needs for a lesson, and whoever builds the lesson does not wait
/// for them.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Try what must hold: searches, jobs with known rows, lessons.",
    discussion: """
      Examples:
        drey prove searches --runs 20
        drey prove jobs
        drey prove lessons

      It is a program of its own, drey-prove, which lies beside drey once make prove has built it.
      """
  )

  @Argument(parsing: .captureForPassthrough, help: "What is tried, and how: see the examples.")
  var arguments: [String] = []

  func run() throws {
    let path = BundledFolder.executableFolder + "/drey-prove"
    guard access(path, X_OK) == 0 else {
      throw InputProblem("\(path) is not there; in the folder of the sources, make prove builds it")
    }
    let words = [path] + arguments
    var pointers = words.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    unsafe execv(path, &pointers)
    throw InputProblem("\(path) cannot be started: \(unsafe String(cString: strerror(errno)))")
  }
}
