import RecordFormats
import Foundation
import StreamOperators
import Synchronization
import Testing

import Datasets

/// The files of the repository that these tests read, wherever they are run from.
enum Bundled {
  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The bytes of a file, by its path in the repository.
  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appending(path: path)))
  }

  /// The lines of a file, by its path in the repository.
  static func lines(_ path: String) throws -> [String] {
    String(decoding: try bytes(path), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// A dataset, read once for all tests.
  struct Volume: Sendable {
    /// What stands in it.
    let contents: DatasetContents
    /// The values of each row, by column.
    let fields: [[String]]

    /// The values of a column.
    func column(_ name: String) throws -> [String] {
      let index = try #require(contents.columns.firstIndex(of: name))
      return fields.map { $0[index] }
    }
  }

  /// The values of each row, by column.
  private static func fields(of contents: DatasetContents) -> [[String]] {
    guard contents.dataset.format == .jsonLines else {
      return contents.rows.indices.map { contents.fields(ofRow: $0) }
    }
    // Read in another way, which is shorter where no value holds a quote or a bracket.
    return contents.rows.map { row in
      let pairs = row.dropFirst().dropLast().components(separatedBy: ",\"").map { pair in
        pair.components(separatedBy: "\":").map { $0.replacing("\"", with: "") }
      }
      return contents.columns.map { column in pairs.first { $0[0] == column }?[1] ?? "" }
    }
  }

  private static let read = Mutex<[String: Volume]>([:])

  /// A dataset, read when it is first asked for.
  static func volume(_ name: String) throws -> Volume {
    try read.withLock { read in
      if let volume = read[name] { return volume }
      let dataset = try #require(Dataset.named(name))
      let bytes = try dataset.generator?.bytes() ?? bytes("datasets/" + dataset.file)
      let contents = DatasetContents(dataset, InputBytes(bytes))
      let fields = fields(of: contents)
      let volume = Volume(contents: contents, fields: fields)
      read[name] = volume
      return volume
    }
  }
}
