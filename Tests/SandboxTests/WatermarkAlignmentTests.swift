import Connectors
import ClusterProtocol
import DataStreamAPI
import Deployment
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

/// Two sources of one job, one of which reads event time twice as fast as the other: a minute of it
/// in 15 s, while the slow one takes 30.
@Suite struct WatermarkAlignmentTests {
  private static func job(aligned: Bool) -> Program {
    Program("two-paces", summary: "", columns: ["pace", "time"], isConfluent: true) { environment in
      func source(_ name: String, count: Int, perSecond: Int, apart: Int) -> DataStream<Seen> {
        var strategy = WatermarkStrategy<Seen>.forMonotonousTimestamps().withTimestampAssigner {
          Int64($0.f1)
        }
        if aligned {
          strategy = strategy.withWatermarkAlignment(
            group: "paces",
            maxDrift: .seconds(2),
            updateInterval: .milliseconds(200)
          )
        }
        let rate = SourceRate(elementsPerSecond: perSecond)
        return environment.generate(count: count, rate: rate) { number, _ in
          Tuple2(name, number * apart)
        }
        .name(name).assignTimestampsAndWatermarks(strategy).name("\(name) time")
      }
      source("slow", count: 60, perSecond: 2, apart: 1000)
        .union(source("fast", count: 1500, perSecond: 100, apart: 40))
        .map { $0 }.name("seen").startNewChain()
        .writeAsCSV().name("rows")
    }
  }

  private typealias Seen = Tuple2<String, Int>

  private func run(aligned: Bool, faults: [String] = []) throws -> ObservedRun {
    var options = RunOptions(job: Self.job(aligned: aligned))
    options.faults = try faults.map { try TimedCommand(parsing: $0) }
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    return observed
  }

  /// When the sources had read everything, in milliseconds: the fast one first.
  private func ends(_ observed: ObservedRun) -> [Double] {
    observed.instants { if case .endOfData = $0 { true } else { false } }.prefix(2).sorted()
  }

  @Test func theFastOneWaitsForTheSlowOne() throws {
    let (free, aligned) = (try run(aligned: false), try run(aligned: true))
    #expect(try #require(ends(free).first) < 16_000)
    // At most two seconds of event time ahead, and what it reads before it hears of it: permits for
    // a second are saved while it waits. The slow one is past 50 s of event time by then.
    #expect(try #require(ends(aligned).first) > 25_000)
    #expect(try #require(ends(aligned).last) < 32_000)
    #expect(aligned.lines.sorted() == free.lines.sorted())
    #expect(aligned.lines.count == 1560)
  }

  /// *Source:* Flink `SourceOperator.emitLatestWatermark`, silent before the first one.
  @Test func whoHasPromisedNothingHoldsNobodyUp() throws {
    let job = Program("silent", summary: "", columns: ["time"], isConfluent: true) { environment in
      func aligned(_ stream: DataStream<Int>) -> DataStream<Int> {
        stream.assignTimestampsAndWatermarks(
          .forMonotonousTimestamps().withTimestampAssigner { Int64($0) * 1000 }
            .withWatermarkAlignment(group: "both", maxDrift: .seconds(2))
        )
      }
      let rate = SourceRate(elementsPerSecond: 10)
      let lines = environment.socketTextStream().map { $0.utf8.count }
      aligned(environment.generate(count: 100, rate: rate) { number, _ in number })
        .union(aligned(lines)).print()
    }
    let run = try JobRun(RunOptions(job: job))
    try run.advance(until: .zero + .seconds(15))
    #expect(run.history.sourceElements == 100)
  }

  @Test func waitsAgainAfterAFailure() throws {
    let free = try run(aligned: false)
    let aligned = try run(aligned: true, faults: ["kill tm-1 at 4s"])
    #expect(aligned.run.history.restarts > 0)
    #expect(aligned.lines.sorted() == free.lines.sorted())
    // Going on from a checkpoint, the slow one has at least 26 s left.
    let restored = aligned.instants {
      if case .taskState(let change) = $0 { change.to == .running } else { false }
    }
    #expect(try #require(ends(aligned).first) > (try #require(restored.last)) + 20_000)
  }
}
