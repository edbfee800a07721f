import ClusterProtocol
import SimulationKernel
package import StreamModel

/// Why a checkpoint's metadata cannot be used.
package enum CheckpointMetadataError: Error, Equatable {
  /// The bytes do not begin as metadata does.
  case notMetadata
  /// The bytes are of a version that this program does not read.
  case unsupportedVersion(Int)
  /// The bytes end before the metadata does.
  case truncated
  /// The bytes are not those that were written.
  case checksumMismatch
  /// The checkpoint is of another job.
  case otherJob(Identifier)
  /// The checkpoint holds state of an operator that the job does not have.
  case unknownOperator(Identifier)
  /// The bytes are whole, and what they say makes no sense.
  case malformed(String)
}

/// The bytes in which a completed checkpoint is kept.
///
/// Four letters, a version, the checkpoint, and a checksum of all before it. Numbers are
/// little-endian, texts and lists begin with their length.
package enum CheckpointMetadata {
  private static let letters: [UInt8] = Array("DRCP".utf8)
  private static let version: UInt8 = 1
  private static let checksumBytes = 8

  /// Writes a checkpoint.
  package static func encode(_ checkpoint: CompletedCheckpoint) -> [UInt8] {
    var writer = MetadataWriter(bytes: letters + [version])
    writer.write(checkpoint.job.identifier.high)
    writer.write(checkpoint.job.identifier.low)
    writer.write(checkpoint.id.number)
    writer.write(Int(checkpoint.triggeredAt.nanoseconds))
    writer.write(Int(checkpoint.acknowledgedAt.nanoseconds))
    writer.write(checkpoint.vertices) { writer, width in
      writer.write(width.parallelism)
      writer.write(width.maxParallelism)
    }
    writer.write(checkpoint.handles) { writer, handle in
      writer.write(handle.subtask.vertex)
      writer.write(handle.subtask.index)
      writer.write(handle.isFinished)
      writer.write(handle.operators) { $0.write($1) }
    }
    writer.write(checksum(of: writer.bytes[...]))
    return writer.bytes
  }

  /// Reads a checkpoint of a job that has these operators.
  ///
  /// - Throws: ``CheckpointMetadataError`` when the bytes are cut off, altered, not metadata, or
  ///   not of that job.
  package static func decode(
    _ bytes: [UInt8],
    of job: JobID,
    operators: [OperatorID]
  ) throws(CheckpointMetadataError) -> CompletedCheckpoint {
    guard bytes.starts(with: letters) else { throw .notMetadata }
    guard bytes.count > letters.count else { throw .truncated }
    guard bytes[letters.count] == version else {
      throw .unsupportedVersion(Int(bytes[letters.count]))
    }
    guard bytes.count > letters.count + checksumBytes else { throw .truncated }
    let body = bytes.dropLast(checksumBytes)
    var seal = MetadataReader(bytes: bytes[body.endIndex...])
    let written = try seal.word()
    guard written == checksum(of: body) else {
      throw isCutOff(body) ? .truncated : .checksumMismatch
    }
    return try readCheckpoint(content(of: body), of: job, operators: operators)
  }

  private static func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
    var digest = Digest(seed: UInt64(version))
    digest.combine(bytes: bytes)
    return digest.value
  }

  private static func content(of body: ArraySlice<UInt8>) -> MetadataReader {
    MetadataReader(bytes: body.dropFirst(letters.count + 1))
  }

  /// Whether what the bytes announce runs past their end.
  private static func isCutOff(_ body: ArraySlice<UInt8>) -> Bool {
    var reader = content(of: body)
    do {
      try reader.skipCheckpoint()
      return false
    } catch {
      return error == .truncated
    }
  }

  private static func readCheckpoint(
    _ content: MetadataReader,
    of job: JobID,
    operators: [OperatorID]
  ) throws(CheckpointMetadataError) -> CompletedCheckpoint {
    var reader = content
    let origin = try reader.identifier()
    guard origin == job.identifier else { throw .otherJob(origin) }
    let checkpoint = CompletedCheckpoint(
      job: job,
      id: CheckpointID(try reader.number()),
      triggeredAt: VirtualInstant(nanoseconds: Int64(try reader.number())),
      acknowledgedAt: VirtualInstant(nanoseconds: Int64(try reader.number())),
      vertices: try reader.list { reader throws(CheckpointMetadataError) in
        .init(parallelism: try reader.number(), maxParallelism: try reader.number())
      },
      handles: try reader.list { reader throws(CheckpointMetadataError) in
        try reader.taskHandle(operators: operators)
      }
    )
    guard reader.isAtEnd else { throw .malformed("bytes behind the last handle") }
    return checkpoint
  }
}
