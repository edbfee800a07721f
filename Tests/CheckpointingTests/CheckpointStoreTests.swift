import Checkpointing
import StreamModel
import Testing

@Suite("CheckpointStore")
struct CheckpointStoreTests {
  @Test
  func retainsTheLatestAndGivesBackTheRest() {
    var store = CheckpointStore()
    #expect(store.add(CheckpointGraph.checkpoint(1)) == [])
    let removed = store.add(CheckpointGraph.checkpoint(2))
    #expect(store.latest?.id == CheckpointID(2))
    #expect(
      removed == [
        "state/1/0-0", "state/1/0-1", "state/1/1-0", "state/1/1-1",
        "checkpoints/\(CheckpointGraph.job)/chk-1/_metadata",
      ]
    )
  }

  @Test
  func keepsWhatTheLatestStillRefersTo() {
    var store = CheckpointStore()
    _ = store.add(CheckpointGraph.checkpoint(1))
    var next = CheckpointGraph.checkpoint(2)
    next.handles[0] = CheckpointGraph.handle(CheckpointGraph.source[0], checkpoint: 1)
    #expect(!store.add(next).contains("state/1/0-0"))
    #expect(store.unreferenced(among: ["state/1/0-0", "elsewhere"]) == ["elsewhere"])
  }
}
