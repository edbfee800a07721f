/// What users call the inputs of a job.
///
/// The cluster knows an input by its content, so that a run is the same wherever the file lies;
/// what is told to people names the file.
package struct InputNames: Sendable, Equatable {
  private var names: [(known: String, called: String)] = []

  /// Makes no names.
  package init() {}

  /// Says what an input is called that the cluster knows by a name.
  package mutating func call(_ known: String, _ called: String) {
    names.append((known, called))
  }

  /// A text of the cluster with the inputs called as users call them.
  package func told(_ text: String) -> String {
    names.reduce(text) { $0.replacing($1.known, with: $1.called) }
  }

  /// Whether two call the same inputs the same.
  package static func == (left: InputNames, right: InputNames) -> Bool {
    left.names.elementsEqual(right.names) { $0 == $1 }
  }
}
