import RecordFormats
import Foundation
import StreamOperators
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

  /// What stands in a dataset.
  static func contents(_ name: String) throws -> DatasetContents {
    let dataset = try #require(Dataset.named(name))
    let bytes = try dataset.generator?.bytes() ?? bytes("datasets/" + dataset.file)
    return DatasetContents(dataset, InputBytes(bytes))
  }

  /// The values of a column.
  static func column(_ name: String, of contents: DatasetContents) throws -> [String] {
    let index = try #require(contents.columns.firstIndex(of: name))
    return contents.rows.indices.map { contents.fields(ofRow: $0)[index] }
  }
}
