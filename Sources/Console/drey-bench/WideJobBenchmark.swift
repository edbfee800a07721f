import DataStreamAPI
import Sandbox
import StreamOperators
import Datasets
import ReferenceJobs

/// Word counts with a hash exchange between very many subtasks: what a channel costs, which must be
/// the same however many there are.
struct WideJobBenchmark {
  /// What the widest job came to.
  struct Outcome {
    /// Microseconds for each channel, by the widths.
    var costs: [Double]
    /// The most memory, in megabytes.
    var megabytes: Int
  }

  /// How many subtasks each of the two vertices has, in ascending order.
  let widths: [Int]

  func run() throws -> Outcome {
    print("wide jobs: deployed, one checkpoint taken, and ended")
    var outcome = Outcome(costs: [], megabytes: 0)
    for width in widths {
      let seconds = try Stopwatch.time {
        let run = try start(width)
        let ending = try run.finish()
        guard ending.name == "FINISHED", !run.history.completed.isEmpty else {
          throw BenchmarkError("\(width) + \(width) subtasks: \(ending.name), or no checkpoint")
        }
      }
      outcome.megabytes = ProcessMemory.peakMegabytes
      let microseconds = seconds * 1e6 / Double(width * width)
      outcome.costs.append(microseconds)
      let name = "\(width) + \(width)"
      print(
        "  \(name)\(String(repeating: " ", count: max(0, 12 - name.count))) subtasks:"
          + " \(Figure.ratio(seconds)) s, \(Figure.tenths(microseconds)) µs a channel,"
          + " \(outcome.megabytes) MB at most"
      )
    }
    return outcome
  }

  private func start(_ width: Int) throws -> JobRun {
    guard let job = JobCatalogue.reference["word-count"] else {
      throw BenchmarkError("there is no word-count")
    }
    var text = ZipfText(vocabulary: 1000, seed: 1)
    var bytes: [UInt8] = []
    text.append(bytes: 100_000, to: &bytes)
    var options = RunOptions(job: job)
    options.parallelism = width
    options.rowLimit = 10
    options.input = InputBytes(bytes)
    return try JobRun(options)
  }
}
