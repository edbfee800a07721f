import Sandbox
import Datasets

#if canImport(Glibc)
import Glibc  // access
#else
import Darwin
#endif

/// What `--input` names: a file, or a dataset where no file has that name.
enum InputChoice {
  /// A file, by its path.
  case file(String)
  /// A dataset that is made in memory.
  case generated(Generator)

  /// Finds what a name means; nil means the bundled text.
  ///
  /// `format` is what the job reads; nil for anything.
  ///
  /// - Throws: ``InputProblem`` when it means nothing, or a dataset of
  ///   another format than the job reads.
  init(named name: String?, format: Dataset.Format? = .text) throws(InputProblem) {
    let name = name ?? "the-nest"
    let isFile = !name.isEmpty && access(name, F_OK) == 0
    if !isFile, let dataset = Dataset.named(name) {
      guard dataset.format == format ?? dataset.format else {
        throw InputProblem(
          "the dataset \(name) is \(dataset.format.name), and this job reads"
            + " \(format?.name ?? "any"); there are "
            + Self.names(format).joined(separator: ", ")
        )
      }
      if let generator = dataset.generator {
        self = .generated(generator)
      } else {
        self = .file(try DatasetFiles.path(of: dataset))
      }
      return
    }
    // What looks like a path is left to the system, which says what is wrong with it.
    guard isFile || name.isEmpty || name.contains(".") || name.contains("/") else {
      throw InputProblem(
        "\(name): there is no file and no dataset of that name"
          + Suggestion.text(for: name, among: Self.names(format))
      )
    }
    self = .file(name)
  }

  /// The file's path; nil for what is made in memory.
  var path: String? {
    guard case .file(let path) = self else { return nil }
    return path
  }

  private static func names(_ format: Dataset.Format?) -> [String] {
    Dataset.all.filter { $0.format == format ?? $0.format }.map(\.name)
  }
}
