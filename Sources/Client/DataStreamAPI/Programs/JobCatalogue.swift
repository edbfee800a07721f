/// Programs by their names: what a sandbox can be asked to run.
///
/// A value that is handed to whoever runs programs. A program of one's own joins by being put in.
///
/// ```swift
/// var catalogue = JobCatalogue([lineLengths, perWindow])
/// catalogue.add(longWords)
/// print(catalogue.names)
/// ```
public struct JobCatalogue: Sendable {
  /// The programs, in the order in which they are listed.
  public private(set) var programs: [Program] = []

  /// Makes a catalogue; of two programs with one name the later one stays.
  ///
  /// ```swift
  /// var catalogue = JobCatalogue([lineLengths, perWindow])
  /// catalogue.add(longWords)
  /// print(catalogue.names)
  /// ```
  public init(_ programs: [Program] = []) {
    for program in programs { add(program) }
  }

  /// Puts a program in, in the place of one that has its name already.
  ///
  /// ```swift
  /// var catalogue = JobCatalogue([lineLengths, perWindow])
  /// catalogue.add(longWords)
  /// print(catalogue.names)
  /// ```
  public mutating func add(_ program: Program) {
    if let index = programs.firstIndex(where: { $0.name == program.name }) {
      programs[index] = program
    } else {
      programs.append(program)
    }
  }

  /// The names of all programs.
  ///
  /// ```swift
  /// var catalogue = JobCatalogue([lineLengths, perWindow])
  /// catalogue.add(longWords)
  /// print(catalogue.names)
  /// ```
  public var names: [String] { programs.map(\.name) }

  /// The program of that name; nil when there is none.
  public subscript(name: String) -> Program? { programs.first { $0.name == name } }

  /// A program in one of its variants; nil when it has no such variant.
  ///
  /// ```swift
  /// if let plain = catalogue.variant(named: "plain", of: longWords) { print(plain.name) }
  /// ```
  public func variant(named name: String, of program: Program) -> Program? {
    if name == "plain" { return program }
    return program.variants.first { $0.name == name }.flatMap { self[$0.program] }
  }
}
