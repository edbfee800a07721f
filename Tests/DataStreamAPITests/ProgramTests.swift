import StreamModel
import DataStreamAPI
import JobGraphs
import Testing

@Suite struct ProgramTests {
  typealias Count = Tuple2<String, Int>

  /// A program's graph.
  private func graph(
    parallelism: Int = 2,
    _ program: (StreamExecutionEnvironment) -> Void
  ) -> StreamGraph {
    let environment = StreamExecutionEnvironment(parallelism: parallelism)
    program(environment)
    return environment.streamGraph(named: "program")
  }

  private func source(_ environment: StreamExecutionEnvironment, _ name: String = "src")
    -> DataStream<Count>
  {
    environment.generate(count: 1) { _, _ in Count("", 1) }.name(name)
  }

  /// The graph's edges as text: `src -> Map: FORWARD`.
  private func edges(_ graph: StreamGraph) -> [String] {
    graph.edges.map { edge in
      let source = graph.nodes[edge.source - 1].name
      return "\(source) -> \(graph.nodes[edge.target - 1].name): \(edge.strategy.rawValue)"
    }
  }

  // MARK: Shape

  @Test func callsDescribeTheProgramInOrder() {
    let graph = graph { environment in
      source(environment).map { $0 }.filter { _ in true }.keyBy(\.f0).sum(\.f1).print()
    }
    #expect(graph.name == "program")
    #expect(graph.nodes.map(\.id) == [1, 2, 3, 4, 5])
    #expect(
      graph.nodes.map(\.kind) == [
        .source, .transformation, .transformation, .transformation, .sink,
      ]
    )
    #expect(
      edges(graph) == [
        "Source: src -> Map: FORWARD", "Map -> Filter: FORWARD",
        "Filter -> Keyed Aggregation: HASH",
        "Keyed Aggregation -> Sink: Print to Std. Out: FORWARD",
      ]
    )
  }

  @Test func askingForTheGraphTwiceIsTheSame() {
    let environment = StreamExecutionEnvironment(parallelism: 2)
    source(environment).collect()
    let first = environment.streamGraph(named: "a")
    #expect(
      environment.streamGraph(named: "a").nodes.map(\.operatorID) == first.nodes.map(\.operatorID)
    )
    source(environment).collect()
    #expect(environment.streamGraph(named: "a").nodes.count == 4)
  }

  @Test func oneStreamCanBeReadTwice() {
    let graph = graph { environment in
      let stream = source(environment)
      stream.map { $0 }.name("a").collect()
      stream.rebalance().map { $0 }.name("b").collect()
    }
    #expect(
      edges(graph) == [
        "Source: src -> a: FORWARD", "a -> Sink: Collect: FORWARD", "Source: src -> b: REBALANCE",
        "b -> Sink: Collect: FORWARD",
      ]
    )
  }

  @Test func aUnionReadsAllOfItsStreams() {
    let graph = graph { environment in
      let first = source(environment, "a")
      let second = source(environment, "b").setParallelism(1)
      let third = source(environment, "c")
      first.union(second, third).map { $0 }.name("m").collect()
    }
    #expect(
      edges(graph) == [
        "Source: a -> m: FORWARD", "Source: b -> m: REBALANCE", "Source: c -> m: FORWARD",
        "m -> Sink: Collect: FORWARD",
      ]
    )
    #expect(graph.edges.allSatisfy { $0.input == 0 })
  }

  @Test func aUnionIsPartitionedAsAWhole() {
    let graph = graph { environment in
      let union = source(environment, "a").union(source(environment, "b"))
      union.keyBy(\.f0).sum(\.f1).name("sum").collect()
      union.shuffle().map { $0 }.name("m").collect()
    }
    #expect(
      edges(graph).filter { !$0.contains("Collect") } == [
        "Source: a -> sum: HASH", "Source: b -> sum: HASH", "Source: a -> m: SHUFFLE",
        "Source: b -> m: SHUFFLE",
      ]
    )
  }

  /// *Source:* Flink: each input of a `UnionTransformation` keeps its `PartitionTransformation`.
  @Test func aUnionKeepsThePartitioningOfEachOfItsStreams() {
    let graph = graph { environment in
      let first = source(environment, "a")
      let second = source(environment, "b")
      first.rebalance().union(second.broadcast(), first).map { $0 }.collect()
    }
    #expect(graph.edges.map(\.strategy) == [.rebalance, .broadcast, .forward, .forward])
  }

  @Test func aStreamCanBeUnitedWithItself() {
    let graph = graph { environment in
      let stream = source(environment)
      stream.union(stream).map { $0 }.collect()
    }
    #expect(edges(graph).filter { $0.hasPrefix("Source") }.count == 2)
  }

  @Test func aUnionOfUnionsHoldsEachStream() {
    let graph = graph { environment in
      let pair = source(environment, "a").union(source(environment, "b"))
      pair.union(source(environment, "c")).map { $0 }.name("m")
    }
    #expect(edges(graph).map { $0.prefix(9) } == ["Source: a", "Source: b", "Source: c"])
  }

  // MARK: Settings

  @Test func parallelismIsTheEnvironmentsUnlessSaid() {
    let graph = graph(parallelism: 3) { environment in
      let stream = source(environment).map { $0 }.setParallelism(5)
      environment.parallelism = 4
      stream.map { $0 }.name("later").collect().setParallelism(1)
    }
    #expect(graph.nodes.map(\.parallelism) == [3, 5, 4, 1])
    #expect(graph.edges.map(\.strategy) == [.rebalance, .rebalance, .rebalance])
  }

  /// A parallelism set after the next operator was added still decides how the stream is sent.
  @Test func strategiesFollowFromTheParallelismAtTheEnd() {
    let graph = graph { environment in
      let stream = source(environment)
      stream.map { $0 }.collect()
      stream.setParallelism(7)
    }
    #expect(graph.edges.map(\.strategy) == [.rebalance, .forward])
  }

  @Test func aChosenStrategyIsKeptWhateverTheParallelism() {
    let graph = graph { environment in
      source(environment).forward().map { $0 }.setParallelism(3).rescale().map { $0 }
        .setParallelism(3).collect()
    }
    #expect(graph.edges.map(\.strategy) == [.forward, .rescale, .rebalance])
  }

  @Test func keyGroupsAreTheEnvironmentsUnlessSaid() {
    let graph = graph { environment in
      environment.maxParallelism = 64
      source(environment).keyBy(\.f0).sum(\.f1).setMaxParallelism(16).collect()
    }
    #expect(graph.nodes.map(\.maxParallelism) == [64, 16, 64])
    #expect(self.graph { source($0).collect() }.nodes.map(\.maxParallelism) == [nil, nil])
  }

  /// *Source:* Flink `StreamGraphGenerator.transform` asks for the environment's max parallelism
  /// when the graph is made.
  @Test func keyGroupsMayBeSetAfterTheOperators() {
    let graph = graph { environment in
      environment.maxParallelism = 32
      source(environment).map { $0 }.setMaxParallelism(16).collect()
      environment.maxParallelism = 64
    }
    #expect(graph.nodes.map(\.maxParallelism) == [64, 16, 64])
  }

  @Test func namesAndUidsAreTheOperatorsOwn() {
    let graph = graph { environment in
      source(environment, "lines").uid("in").map { $0 }.name("split").uid("split").collect()
        .name("out").uid("out")
    }
    #expect(graph.nodes.map(\.name) == ["Source: lines", "split", "out: Writer"])
    #expect(graph.nodes.map(\.uid) == ["in", "split", "out"])
    #expect(graph.nodes.map(\.operatorID) == ["in", "split", "out"].map { OperatorID(uid: $0) })
  }

  @Test func operatorsWithoutAUidAreToldApart() {
    let graph = graph { environment in
      let stream = source(environment)
      for _ in 0..<3 { stream.map { $0 }.collect() }
    }
    #expect(Set(graph.nodes.map(\.operatorID)).count == 7)
  }

  @Test func chainingIsSaidByTheOperator() {
    let graph = graph { environment in
      source(environment).map { $0 }.disableChaining().map { $0 }.startNewChain().collect()
        .disableChaining()
    }
    #expect(graph.nodes.map(\.chaining) == [.always, .never, .head, .never])
  }

  @Test func settingsTravelWithTheGraph() {
    let graph = graph { environment in
      environment.disableOperatorChaining()
      environment.enableCheckpointing(every: .seconds(3), guarantee: .atLeastOnce)
      environment.setRestartStrategy(.none)
      source(environment).collect()
    }
    #expect(!graph.settings.isChainingEnabled)
    #expect(
      graph.settings.checkpoints
        == CheckpointSettings(interval: .seconds(3), guarantee: .atLeastOnce)
    )
    #expect(graph.settings.restartStrategy == RestartStrategy.none)
    #expect(StreamExecutionEnvironment().settings == JobSettings())
  }

  // MARK: Slot sharing

  @Test func aSlotSharingGroupIsInherited() {
    let graph = graph { environment in
      source(environment).slotSharingGroup("heavy").map { $0 }.keyBy(\.f0).sum(\.f1)
        .map { $0 }.slotSharingGroup("light").collect()
    }
    #expect(graph.nodes.map(\.slotSharingGroup) == ["heavy", "heavy", "heavy", "light", "light"])
  }

  @Test func inputsThatDisagreeGiveTheDefaultGroup() {
    let graph = graph { environment in
      let first = source(environment, "a").slotSharingGroup("x")
      let second = source(environment, "b").slotSharingGroup("y")
      let third = source(environment, "c").slotSharingGroup("x")
      first.union(second).map { $0 }.name("mixed").collect()
      first.union(third).map { $0 }.name("same")
    }
    #expect(
      graph.nodes.map(\.slotSharingGroup) == ["x", "y", "x", "default", "default", "x"]
    )
  }

  @Test func theDefaultGroupCanBeChosenAgain() {
    let graph = graph { environment in
      source(environment).slotSharingGroup("heavy").map { $0 }.slotSharingGroup("default").collect()
        .slotSharingGroup("sinks")
    }
    #expect(graph.nodes.map(\.slotSharingGroup) == ["heavy", "default", "sinks"])
  }
}
