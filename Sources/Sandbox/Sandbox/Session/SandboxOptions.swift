package import RecordFormats
package import ClusterProtocol
package import DataStreamAPI
package import SimulationKernel

/// What a session is made of besides its commands.
package struct SandboxOptions: Sendable {
  /// The seed of everything random.
  package var seed: UInt64 = 1
  /// The programs that can be submitted by name.
  package var catalogue: JobCatalogue
  /// The inputs that jobs can name.
  package var inputs: any InputLibrary
  /// How clusters are set up.
  package var cluster = ClusterOptions()
  /// Where simulated storage keeps its objects.
  package var makeStorage: @Sendable () -> any StorageBackend = { MemoryStorage() }
  /// Whether the rows that became visible are kept, to be looked at and compared.
  package var keepsRows = true
  /// How many rows each sink task writes; all are counted.
  package var rowLimit = Int.max
  /// What happens after a failure; nil means Flink's default.
  package var restartStrategy: RestartStrategy?

  /// Makes Drey's defaults.
  package init(catalogue: JobCatalogue, inputs: any InputLibrary) {
    self.catalogue = catalogue
    self.inputs = inputs
  }
}

/// Where a session finds what jobs read: files and datasets, which the console knows.
package protocol InputLibrary: Sendable {
  /// The names that can be used, for completion.
  var names: [String] { get }

  /// The input of that name; nil means the one that is read when none is named.
  ///
  /// - Throws: ``UsageError`` when there is none.
  func input(named name: String?) throws(UsageError) -> SessionInput
}

/// The bytes of an input, and their hash.
package struct SessionInput: Sendable {
  /// The bytes.
  package let bytes: InputBytes
  /// Their content hash, which stands for them in the run.
  package let contentHash: UInt64

  /// The name under which the cluster knows it: a path of the machine never enters a run.
  package var name: String { "input-\(String(contentHash, radix: 16))" }

  /// Makes an input; the hash is computed unless it is known already.
  package init(_ bytes: InputBytes, contentHash: UInt64? = nil) {
    self.bytes = bytes
    self.contentHash = contentHash ?? bytes.contentHash
  }
}

/// Some inputs by name, and another one for any other name.
package struct SingleInput: InputLibrary {
  private let input: SessionInput
  private let others: [String: SessionInput]

  /// Makes a library of one input, and of others that a job reads beside it.
  package init(_ input: SessionInput, others: [String: SessionInput] = [:]) {
    self.input = input
    self.others = others
  }

  /// None: any name will do.
  package var names: [String] { [] }

  /// The input of that name, or the one for any other.
  package func input(named name: String?) throws(UsageError) -> SessionInput {
    name.flatMap { others[$0] } ?? input
  }
}
