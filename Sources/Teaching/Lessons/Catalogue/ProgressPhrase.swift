/// What can be wrong with the log of a lesson.
package enum ProgressPhrase: Equatable, Sendable {
  case empty
  case noHeader
  case otherVersion(Int)
  case noObject
  case unknownLine
  case badValue(String)

  /// The sentence in English.
  package var english: String {
    switch self {
    case .empty: "The log is empty."
    case .noHeader: "The log does not begin with its header."
    case .otherVersion(let version):
      "The log has version \(version) of its format; this drey reads \(Progress.version)."
    case .noObject: "The line is no JSON object."
    case .unknownLine: "The line is neither what was entered nor a reset."
    case .badValue(let key): "The value of \"\(key)\" is not what it must be."
    }
  }
}
