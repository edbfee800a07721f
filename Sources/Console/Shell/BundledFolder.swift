#if canImport(Glibc)
import Glibc  // access, readlink, realpath
#else
import Darwin
#endif

/// A folder that comes with Drey.
///
/// Where Drey is installed, it lies in `share/drey` beside the program's folder; in the sources, it
/// lies in a folder above the program. A link to the program leads to the program itself.
package enum BundledFolder: String, CaseIterable {
  /// The lessons with their transcripts.
  case lessons
  /// The datasets that are not generated.
  case datasets

  /// A file in it by which it is known; other folders may have the same name.
  private var sign: String {
    switch self {
    case .lessons: "word-count/lesson.md"
    case .datasets: "SHA256SUMS"
    }
  }

  /// Where it lies; nil when it is nowhere.
  var path: String? { path(program: Self.executableFolder, workingFolder: ".") }

  /// That it is nowhere, and what can be done, as a part of a sentence.
  var absence: String {
    "the folder \(rawValue) was not found, neither in \(Self.share(Self.executableFolder))"
      + " nor in sources of Drey above the program or here; keep drey with what is unpacked or"
      + " installed beside it, or run it where its sources lie"
  }

  /// Where it lies, seen from a program.
  ///
  /// What lies beside the program comes first, so that nobody's folder of the same name is taken
  /// for it. Folders above and the working directory may be anybody's: they count where all that
  /// comes with Drey lies together, as in the sources.
  ///
  /// - Parameters:
  ///   - program: The program's folder.
  ///   - workingFolder: Where the program was started.
  /// - Returns: Its path; nil when it is nowhere.
  package func path(program: String, workingFolder: String) -> String? {
    let share = Self.share(program)
    if isThere(in: share) { return "\(share)/\(rawValue)" }
    var folders: [String] = []
    var above = program
    while let slash = above.lastIndex(of: "/") {
      folders.append(above)
      above = String(above[..<slash])
    }
    return (folders + [workingFolder])
      .first { folder in Self.allCases.allSatisfy { $0.isThere(in: folder) } }
      .map { "\($0)/\(rawValue)" }
  }

  private func isThere(in folder: String) -> Bool {
    access("\(folder)/\(rawValue)/\(sign)", R_OK) == 0
  }

  /// Where folders lie that are installed with a program.
  private static func share(_ program: String) -> String {
    let above = program.lastIndex(of: "/").map { String(program[..<$0]) }
    return "\(above ?? "\(program)/..")/share/drey"
  }

  /// The folder of the program.
  static var executableFolder: String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    let path =
      count > 0
      ? String(decoding: buffer[..<count], as: UTF8.self)
      : file(calledAs: ProcessArguments.all.first ?? "")
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// The file of a program, as a shell finds it, behind all links.
  private static func file(calledAs name: String) -> String {
    let folders = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    let path =
      name.contains("/")
      ? name
      : folders.split(separator: ":").lazy.map { "\($0)/\(name)" }
        .first { access($0, X_OK) == 0 } ?? name
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
