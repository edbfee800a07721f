import RecordFormats
import Connectors
import Checkers
import DataStreamAPI
import Foundation
import ReferenceJobs
import Sandbox
import Shell
import SimulationKernel
import StreamOperators
import Testing

@Suite struct FolderStorageTests {
  @Test func keepsObjectsAsMemoryDoes() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    var folder = try FolderStorage(drey.folder.path + "/state")
    var memory = MemoryStorage()
    try exercise(&folder)
    try exercise(&memory)
    #expect(try folder.list("") == memory.list(""))
    for path in memory.list("") { #expect(try folder.read(path) == memory.read(path)) }
    #expect(throws: StorageError.notFound(path: "b/two")) { try folder.read("b/two") }
    #expect(throws: StorageError.notFound(path: "gone")) { try folder.rename("gone", to: "x") }
  }

  private func exercise(_ storage: inout some StorageBackend) throws {
    try storage.write([1, 2, 3], to: "a/one")
    try storage.write([], to: "a/empty")
    try storage.write(Array(repeating: 9, count: 200_000), to: "a/large")
    try storage.write([4], to: "b/two")
    try storage.rename("b/two", to: "c/d/two")
    try storage.write([5], to: "a/one")
    try storage.remove("a/empty")
    try storage.remove("nothing")
  }

  @Test func carriesARunThatIsTheSameAsInMemory() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    var options = RunOptions(job: try #require(JobCatalogue.reference["word-count"]))
    options.input = InputBytes(Array(String(repeating: "to be or not to be\n", count: 300).utf8))
    options.parallelism = 2
    options.rate = SourceRate(elementsPerSecond: 100)
    options.faults = [try TimedCommand(parsing: "kill tm-1 at 1s")]
    let inMemory = try RunRecord(running: options)
    let path = drey.folder.path + "/state"
    options.makeStorage = { () -> any StorageBackend in
      if let folder = try? FolderStorage(path) { return folder }
      return MemoryStorage()
    }
    let onDisk = try RunRecord(running: options)
    #expect(onDisk == inMemory)
    let kept = try FolderStorage(path).list("checkpoints/")
    #expect(kept.contains { $0.hasSuffix("_metadata") })
  }
}
