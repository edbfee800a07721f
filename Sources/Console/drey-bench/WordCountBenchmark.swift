import SimulationKernel
import RecordFormats
import DataStreamAPI
import Glibc  // open, write, unlink, getpid
import Sandbox
import Shell
import StreamOperators
import Datasets
import ReferenceJobs

/// The word count of a large text beside the hand-written loop, in turn, over the same file.
struct WordCountBenchmark {
  /// What it came to.
  struct Outcome {
    var ratio: Double
    var anonymousMegabytes: Int
    var checkpoints: Int
  }

  let bytes: Int
  let rounds: Int

  func run() throws -> Outcome {
    let path = "drey-bench-\(getpid()).txt"
    try generate(path)
    defer { unlink(path) }
    var loops: [Double] = []
    var runs: [Double] = []
    var peak = 0
    var outcome = (words: 0, rows: 0, checkpoints: 0)
    for _ in 0..<rounds {
      loops.append(
        try Stopwatch.time {
          let file = try MappedFile(path)
          outcome.words = withExtendedLifetime(file) { WordLoop.run(file.bytes.buffer).words }
        }
      )
      runs.append(
        try Stopwatch.time {
          let run = try start(path)
          while run.ending == nil {
            try run.advance(until: run.now + .seconds(1))
            peak = max(peak, AnonymousMemory.megabytes)
          }
          outcome.rows = run.history.committedRows
          outcome.checkpoints = run.history.completed.count
        }
      )
    }
    guard outcome.rows == outcome.words else {
      throw BenchmarkError("\(outcome.rows) rows for \(outcome.words) words")
    }
    let ratio = Figure.median(zip(loops, runs).map { $0 / $1 })
    let loop = Figure.millions(outcome.words, in: Figure.median(loops))
    let run = Figure.millions(outcome.words, in: Figure.median(runs))
    print("word count, \(bytes / 1_000_000) MB, \(outcome.words) words, parallelism 2, one thread")
    print("  hand-written loop    \(loop) M words/s")
    print("  drey, exactly-once   \(run) M words/s, \(outcome.checkpoints) checkpoints")
    print("  ratio                \(Figure.ratio(ratio)) (median of \(rounds) pairs)")
    print("  anonymous memory     \(peak) MB at most")
    return Outcome(
      ratio: ratio,
      anonymousMegabytes: peak,
      checkpoints: outcome.checkpoints
    )
  }

  private func start(_ path: String) throws -> JobRun {
    guard let job = JobCatalogue.reference["word-count"] else {
      throw BenchmarkError("there is no word-count")
    }
    let text = try TextInput(path)
    var options = RunOptions(job: job)
    options.parallelism = 2
    options.rowLimit = 10
    options.input = text.bytes
    options.inputHash = text.contentHash
    return try JobRun(options)
  }

  private func generate(_ path: String) throws {
    var text = ZipfText(vocabulary: 50_000, seed: 1)
    let file = try OutputFile(path, columns: nil)
    var left = bytes
    while left > 0 {
      var chunk: [UInt8] = []
      text.append(bytes: min(left, 1_000_000), to: &chunk)
      try file.append(chunk)
      left -= chunk.count
    }
    try file.finish()
  }
}
