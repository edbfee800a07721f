import Connectors
import DataStreamAPI
import Deployment

extension RunOptions {
  /// The command that makes this run again, on the text at `input`.
  package func commandLine(input: String) -> String {
    let source = socket.map { "--socket \($0.text)" } ?? "--input \(input)"
    var words = ["drey run \(job.name) \(source) --seed \(seed)"]
    if deployment != .standalone { words.append("--deployment \(deployment.rawValue)") }
    words.append("--parallelism \(parallelism)")
    if let taskManagers { words.append("--taskmanagers \(taskManagers)") }
    if let slots { words.append("--slots \(slots)") }
    if let rate { words.append("--rate \(rate.elementsPerSecond)/s") }
    words.append("--checkpoint-interval \(checkpointInterval?.description ?? "off")")
    if guarantee != .exactlyOnce { words.append("--guarantee \(guarantee.rawValue)") }
    if runtimeMode != .streaming { words.append("--runtime-mode \(runtimeMode.rawValue)") }
    if !settings.isEmpty { words.append("--set \(ParameterSetting.text(of: settings))") }
    words += faults.map { "--fail \"\($0.text)\"" }
    return words.joined(separator: " ")
  }
}
