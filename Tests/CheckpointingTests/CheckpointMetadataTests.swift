import Checkpointing
import StreamModel
import Testing

@Suite("CheckpointMetadata")
struct CheckpointMetadataTests {
  private let checkpoint = CheckpointGraph.checkpoint(12, finished: [CheckpointGraph.source[1]])
  private let operators = [OperatorID(uid: "source"), OperatorID(uid: "count")]

  private func decode(_ bytes: [UInt8]) -> Result<CompletedCheckpoint, CheckpointMetadataError> {
    Result { () throws(CheckpointMetadataError) in
      try CheckpointMetadata.decode(bytes, of: CheckpointGraph.job, operators: operators)
    }
  }

  @Test
  func readsWhatItWrote() {
    #expect(decode(CheckpointMetadata.encode(checkpoint)) == .success(checkpoint))
  }

  @Test
  func anyAlteredByteIsNoticed() {
    let bytes = CheckpointMetadata.encode(checkpoint)
    for position in bytes.indices {
      var altered = bytes
      altered[position] ^= 0x10
      if case .success = decode(altered) { Issue.record("byte \(position) was not missed") }
    }
  }

  @Test
  func everyCutIsCalledTruncated() {
    let bytes = CheckpointMetadata.encode(checkpoint)
    for length in 4..<bytes.count {
      #expect(decode(Array(bytes.prefix(length))) == .failure(.truncated), "\(length) bytes")
    }
  }

  @Test
  func saysWhatIsWrong() {
    var bytes = CheckpointMetadata.encode(checkpoint)
    #expect(decode(Array("no metadata".utf8)) == .failure(.notMetadata))
    bytes[4] = 9
    #expect(decode(bytes) == .failure(.unsupportedVersion(9)))
  }

  @Test
  func refusesWhatIsNotOfTheJob() throws {
    let bytes = CheckpointMetadata.encode(checkpoint)
    #expect(throws: CheckpointMetadataError.otherJob(CheckpointGraph.job.identifier)) {
      try CheckpointMetadata.decode(
        bytes,
        of: JobID(seed: 2, submission: 1),
        operators: operators
      )
    }
    let missing = OperatorID(uid: "count").identifier
    #expect(throws: CheckpointMetadataError.unknownOperator(missing)) {
      try CheckpointMetadata.decode(
        bytes,
        of: CheckpointGraph.job,
        operators: [OperatorID(uid: "source")]
      )
    }
  }
}
