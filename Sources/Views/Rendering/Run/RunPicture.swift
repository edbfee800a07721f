package import ClusterProtocol
package import JobGraphs
package import SimulationKernel
package import StreamModel

/// What can be seen of a job's run at one moment: a value made from the journal alone, and numbers.
///
/// Feed it every item of the journal in order with ``apply(_:)``, and with
/// ``update(_:at:)`` the numbers that the journal does not hold; then draw it with
/// ``lines(width:height:style:)`` or tell it with ``describe()``. Its parts can be looked at by
/// themselves: ``liveGraph``, ``timeline``, ``slotBoard``, ``film(of:)``, ``recovery(readings:)``.
package struct RunPicture: Sendable {
  /// What runs.
  package let graph: JobGraph
  /// The job that the picture shows: the first that is submitted.
  package var job: JobID?
  /// The instant that the picture shows.
  package var now = VirtualInstant.zero
  /// The state of the job; nil until it is submitted.
  package var jobState: JobState?
  /// Why the job failed or restarts, where it does.
  package var reason: String?
  /// How often the job was restarted.
  package var restarts = 0
  /// When the tasks will be deployed anew, while the job waits for that.
  package var restartDue: VirtualInstant?
  /// The slots that the job lacks, while it does.
  package var missingSlots: (needed: Int, available: Int)?
  /// The subtasks, by vertex and index.
  package var lanes: [TaskLane]
  /// The TaskManagers, in the order of their names.
  package var taskManagers: [TaskManagerLight] = []
  /// How many processes were started before the present one of a name, where there were any.
  var incarnations: [String: Int] = [:]
  /// The checkpoints.
  package var checkpoints = CheckpointLedger()
  /// The rows that became visible.
  package var rowsCommitted = 0
  /// The whole run over time.
  package var history = RunHistory()
  /// The failures and what followed, in order.
  package var stories: [RecoveryStory] = []
  /// Whether there was a moment in which every task was at work.
  var hasEverRun = false
  /// In batch, the vertices of which a task has run.
  package internal(set) var begunVertices: [Int] = []
  /// Whether the failure is told for which the job is being taken down.
  var isFailureTold = false
  /// What happened lately, in words.
  var news = NewsTicker()

  /// What the user calls the inputs.
  let inputNames: InputNames
  /// The channels of the lanes.
  let channelTable: ChannelTable

  /// Makes the picture of a job of which nothing has happened yet.
  package init(graph: JobGraph, inputNames: InputNames = InputNames()) {
    self.graph = graph
    self.inputNames = inputNames
    channelTable = ChannelTable(graph)
    lanes = graph.subtasks.map(TaskLane.init)
  }

  /// Takes over the numbers of that instant.
  ///
  /// How much is read again after a failure is known from the last numbers before it: whoever
  /// wants it exact updates before each fault takes effect.
  package mutating func update(_ metrics: RunMetrics, at instant: VirtualInstant) {
    now = max(now, instant)
    for numbers in metrics.subtasks {
      guard let lane = lane(of: numbers.id) else { continue }
      let isSource = graph.vertices[numbers.id.vertex].isSource
      lanes[lane].apply(numbers, isSource: isSource)
    }
  }

  /// The position of a subtask's lane; nil if the graph has no such subtask.
  func lane(of subtask: SubtaskID) -> Int? {
    guard graph.vertices.indices.contains(subtask.vertex),
      (0..<graph.vertices[subtask.vertex].parallelism).contains(subtask.index)
    else { return nil }
    return channelTable.firstLanes[subtask.vertex] + subtask.index
  }

  /// The lanes of a vertex.
  func lanes(ofVertex vertex: Int) -> Range<Int> {
    channelTable.firstLanes[
      vertex
    ]..<(channelTable.firstLanes[vertex] + graph.vertices[vertex].parallelism)
  }

  /// Whether the job gets on: every task is at work, in batch any, and on a TaskManager that lives.
  var isProcessing: Bool {
    guard jobState == .running else { return false }
    let dead = taskManagers.filter { $0.condition == .dead }.map(\.name)
    func isCarried(_ lane: TaskLane) -> Bool { lane.taskManager.map { !dead.contains($0) } ?? true }
    if isBatch { return lanes.contains { $0.state == .running && isCarried($0) } }
    return lanes.allSatisfy { $0.state == .finished || $0.state == .running && isCarried($0) }
  }

  /// Whether one stage comes after the other.
  var isBatch: Bool { graph.settings.isBatch }

  /// The TaskManager of a lane.
  func taskManager(ofLane lane: Int) -> TaskManagerLight? {
    lanes[lane].taskManager.flatMap { index(ofTaskManager: $0) }.map { taskManagers[$0] }
  }

  /// Where a TaskManager is among all.
  func index(ofTaskManager name: String) -> Int? {
    let place = TaskManagerLight.place(of: name, among: taskManagers, named: \.name)
    return place < taskManagers.count && taskManagers[place].name == name ? place : nil
  }

  /// The slot of a lane, where it was told or can only be one.
  func slot(ofLane lane: Int) -> Int? {
    if let slot = lanes[lane].slot { return slot }
    guard let held = taskManager(ofLane: lane)?.slotsHeld, held.count == 1 else { return nil }
    return held.first
  }
}
