package import ClusterProtocol
package import DataStreamAPI
package import SimulationKernel

/// What a session is made of besides its commands.
package struct SandboxOptions: Sendable {
  /// The seed of everything random.
  package var seed: UInt64 = 1
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
  package init(inputs: any InputLibrary) {
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

  /// Makes an input; the hash is computed unless it is known already.
  package init(_ bytes: InputBytes, contentHash: UInt64? = nil) {
    self.bytes = bytes
    self.contentHash = contentHash ?? bytes.contentHash
  }
}

/// The same input whatever the name.
package struct SingleInput: InputLibrary {
  private let input: SessionInput

  /// Makes a library of one input.
  package init(_ input: SessionInput) {
    self.input = input
  }

  /// None: any name will do.
  package var names: [String] { [] }

  /// The input.
  package func input(named name: String?) throws(UsageError) -> SessionInput { input }
}
