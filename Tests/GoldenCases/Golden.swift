import Foundation
package import Testing

/// Recorded cases that have to be there: a loop over none would hold nothing.
package enum Golden {
  /// The object in a file of `Tests/Golden`, or of the folder that GOLDEN_DIR names.
  ///
  /// Fails where it is missing, unless it lies in another's folder that holds other recordings:
  /// then it is said and its lists are empty.
  package static func object(_ name: String, file: String = #filePath) throws -> [String: Any] {
    try object(name, in: Recordings.chosen(file: file))
  }

  /// The object in a file of a folder.
  package static func object(_ name: String, in folder: Recordings) throws -> [String: Any] {
    try folder.object(name) ?? [absence: name]
  }

  /// The objects of a list in an object; a list that is missing or empty fails the test.
  package static func list(
    _ name: String,
    in object: [String: Any],
    canBeEmpty: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [[String: Any]] {
    if object[absence] != nil { return [] }
    let list = object[name] as? [[String: Any]] ?? []
    if list.isEmpty, !canBeEmpty {
      Issue.record("no recorded \(name): a loop over none", sourceLocation: sourceLocation)
    }
    return list
  }

  /// Another value in an object; one that is missing fails the test.
  package static func value<Value>(
    _ name: String,
    in object: [String: Any],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Value? {
    if object[absence] != nil { return nil }
    let value = object[name] as? Value
    if value == nil {
      Issue.record("no recorded \(name) of that type", sourceLocation: sourceLocation)
    }
    return value
  }

  /// The mark of an object whose file was not there and need not be.
  private static let absence = "not run"
}
