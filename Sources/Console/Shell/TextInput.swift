package import RecordFormats
import StreamOperators
import Datasets

/// A text that was looked at as a whole before a run reads it.
package struct TextInput {
  /// The bytes.
  package let bytes: InputBytes
  /// Their content hash, which names the input in the run.
  package let contentHash: UInt64

  /// Opens a file and makes sure that all of it is UTF-8, so that no run fails at its end.
  ///
  /// - Throws: ``InputProblem`` with the first line that is not.
  package init(_ path: String) throws(InputProblem) {
    try self.init(MappedFile(path).bytes, named: path)
  }

  /// The whole of it as one text.
  var text: String {
    withExtendedLifetime(bytes) { String(decoding: bytes.buffer, as: UTF8.self) }
  }

  /// Opens or makes what was chosen.
  ///
  /// - Throws: ``InputProblem`` as for a file.
  init(_ choice: InputChoice) throws(InputProblem) {
    switch choice {
    case .file(let path): try self.init(path)
    case .generated(let generator):
      try self.init(InputBytes(generator.bytes()), named: generator.rawValue)
    }
  }

  private init(_ bytes: InputBytes, named path: String) throws(InputProblem) {
    self.bytes = bytes
    if let line = bytes.firstLineThatIsNotUTF8 {
      throw InputProblem("\(path): line \(line) is not valid UTF-8; only UTF-8 text can be read")
    }
    contentHash = bytes.contentHash
  }
}
