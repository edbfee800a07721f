import JobGraphs

/// The programs of `chaining.json`, rebuilt by name as stream graphs.
enum RecordedPrograms {
  static func graph(named name: String) -> StreamGraph? {
    switch name {
    case "all_chained", "keyby", "disable_chaining", "start_new_chain",
      "env_disable_operator_chaining", "max_parallelism":
      pipeline(named: name)
    case "partitioners": partitioners()
    case "slot_sharing_groups": slotSharingGroups()
    case "broadcast_state": broadcastState()
    case "connect_keyed": connectKeyed()
    case "from_data_window_all": fromDataWindowAll()
    case "unnamed_ops": unnamedOperators()
    default: nil
    }
  }

  private static func pipeline(named name: String) -> StreamGraph {
    var settings = JobSettings()
    settings.isChainingEnabled = name != "env_disable_operator_chaining"
    var program = ProgramSketch(name, settings: settings)
    let keys = name == "max_parallelism" ? 64 : nil
    let source = program.source("src") { $0.maxParallelism = keys }
    switch name {
    case "all_chained":
      let map = program.then("m1", from: source)
      program.sink(from: program.then("f1", from: map))
    case "keyby":
      let map = program.then("m1", from: source)
      program.sink(from: program.then("red", from: map, by: .hash))
    case "disable_chaining":
      let map = program.then("m1", from: source) { $0.chaining = .never }
      program.sink(from: program.then("m2", from: map))
    case "start_new_chain":
      let map = program.then("m1", from: source) { $0.chaining = .head }
      program.sink(from: program.then("m2", from: map))
    case "max_parallelism":
      let reduce = program.then("red", from: source, by: .hash) { $0.maxParallelism = 16 }
      program.sink(from: reduce) { $0.maxParallelism = keys }
    default:
      program.sink(from: program.then("m1", from: source))
    }
    return program.graph
  }

  private static func partitioners() -> StreamGraph {
    var program = ProgramSketch("partitioners")
    var last = program.source("src")
    let strategies: [ShipStrategy] = [.rebalance, .rescale, .shuffle, .broadcast, .global]
    for (index, strategy) in strategies.enumerated() {
      last = program.then("m\(index + 1)", from: last, by: strategy)
    }
    program.sink(from: last)
    return program.graph
  }

  private static func slotSharingGroups() -> StreamGraph {
    var program = ProgramSketch("slot_sharing_groups")
    let source = program.source("src")
    let first = program.then("m1", from: source) { $0.slotSharingGroup = "heavy" }
    let second = program.then("m2", from: first) { $0.slotSharingGroup = "heavy" }
    let reduce = program.then("red", from: second, by: .hash, parallelism: 3)
    program.sink(from: reduce, by: .rebalance)
    return program.graph
  }

  private static func broadcastState() -> StreamGraph {
    var program = ProgramSketch("broadcast_state")
    let rules = program.source("rules", parallelism: 1)
    let events = program.source("events")
    let apply = program.add("apply")
    program.connect(events, apply, input: 0, by: .hash)
    program.connect(rules, apply, input: 1, by: .broadcast)
    program.sink(from: apply)
    return program.graph
  }

  private static func connectKeyed() -> StreamGraph {
    var program = ProgramSketch("connect_keyed")
    let first = program.source("src")
    let second = program.source("src2")
    let process = program.add("co")
    program.connect(first, process, input: 0, by: .hash)
    program.connect(second, process, input: 1, by: .hash)
    program.sink(from: process)
    return program.graph
  }

  private static func fromDataWindowAll() -> StreamGraph {
    var program = ProgramSketch("from_data_window_all")
    let source = program.source("Collection Source", parallelism: 1)
    let map = program.then("m1", from: source, by: .rebalance, parallelism: 4)
    let window = program.then("wall", from: map, by: .hash, parallelism: 1) {
      $0.maxParallelism = 1
    }
    program.sink(from: window, by: .rebalance, parallelism: 4)
    return program.graph
  }

  private static func unnamedOperators() -> StreamGraph {
    var program = ProgramSketch("unnamed_ops")
    let first = program.then("Map", from: program.source("src"))
    let second = program.then("Map", from: first)
    let window = program.then("SlidingEventTimeWindows", from: second, by: .hash)
    program.sink("Sink: Print to Std. Out", from: window)
    return program.graph
  }
}
