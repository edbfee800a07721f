#if canImport(Glibc)
@preconcurrency import Glibc  // environ
#endif

/// What the program was called with.
package enum ProcessArguments {
  /// The program, as it was called, and its arguments.
  ///
  /// Swift reads them in `/proc` on Linux. Where nobody has mounted that, as in a folder that was
  /// made the root, they are taken from where the system has put them.
  package static let all = CommandLine.arguments.isEmpty ? initial : CommandLine.arguments

  /// The arguments on the stack that the process began with: their number, the arguments, a null,
  /// and then the environment, which is the place that is known.
  ///
  /// *Source:* System V Application Binary Interface, "Process Initialization".
  static var initial: [String] {
    #if canImport(Glibc)
    let environment = unsafe environ
    guard unsafe environment[-1] == nil else { return [] }
    var arguments: [String] = []
    var place = unsafe environment - 2
    while let argument = unsafe place.pointee, UInt(bitPattern: argument) != arguments.count {
      unsafe arguments.append(String(cString: argument))
      unsafe place -= 1
    }
    return arguments.reversed()
    #else
    return []
    #endif
  }
}
