import Foundation
import Testing

@Suite struct SocketCommandTests {
  /// Runs the socket word count and types; what was printed.
  private func run(
    _ drey: Drey,
    _ options: [String],
    _ typing: (TypingPeer, RunningDrey) throws -> Void
  ) throws -> Drey.Outcome {
    let peer = try TypingPeer()
    let running = try drey.start(
      ["run", "socket-word-count", "--socket", peer.address, "--speed", "100"] + options
    )
    peer.accept()
    try typing(peer, running)
    peer.hangUp()
    return running.finish()
  }

  @Test func countsWhatIsTypedAndReplaysIt() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let saved = drey.folder.appendingPathComponent("typed.drey").path
    let outcome = try run(drey, ["--save", saved]) { peer, running in
      peer.type("to be or not to be\nhalf a li")
      running.read(until: "to  2")
      // A character that arrives in two pieces is one.
      peer.type(Array("ne \u{E9}".utf8.dropLast()))
      peer.type([0xA9] + Array("\r\n".utf8))
      running.read(until: "\u{E9}  1")
      peer.type("without end")
    }
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(outcome.output.contains("FINISHED"))
    let text = try String(contentsOfFile: saved, encoding: .utf8)
    #expect(text.hasPrefix("drey session 1\nseed 1\n"))
    #expect(text.contains("socket send \"to be or not to be\"\n"))
    #expect(text.contains("socket send \"half a line \u{E9}\\r\"\n"))
    #expect(text.contains("socket send \"without end\"\n"))
    #expect(text.contains("socket close\n"))

    let rows = drey.folder.appendingPathComponent("rows.csv").path
    let replay = try drey("replay", saved, "--output", rows)
    #expect(replay.status == 0)
    #expect(replay.output.hasPrefix("The same happened: "))
    let lines = try String(contentsOfFile: rows, encoding: .utf8)
    #expect(lines.hasPrefix("word,count\n"))
    #expect(lines.contains("to,2\n"))
    #expect(lines.contains("half,1\n"))

    let other = try drey.write(Array(text.replacing("or not", with: "or so").utf8), to: "o.drey")
    let parted = try drey("replay", other)
    #expect(parted.status == 1)
    #expect(parted.output.hasPrefix("The two part at command "))
    #expect(parted.output.contains("\"socket send \"to be or so to be\"\": digest"))
    #expect(try drey("replay", other, "--json").json()["same"] as? Bool == false)
  }

  @Test func replaysWhatALessonHasSaved() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let lines = [
      "deploy standalone", "submit word-count --rate 20/s", "run until count of the >= 3",
      "show watermarks", "kill tm-1", "run until restarts >= 1 within 1min", "save session.drey",
    ]
    _ = try drey.call(
      ["lesson", "word-count", "--step", "1"],
      input: lines.joined(separator: "\n") + "\n"
    )
    let replay = try drey("replay", "session.drey")
    #expect(replay.status == 0, "\(replay.output)")
    #expect(replay.output.hasPrefix("The same happened: 7 commands"))
  }

  @Test func endsWhenTheOtherEndHangsUp() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try run(drey, ["--json"]) { _, _ in }
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(try outcome.json()["state"] as? String == "FINISHED")
    #expect((try outcome.json()["records"] as? [String: Int])?["in"] == 0)
  }

  @Test func endsInGoodOrderWhenInterrupted() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let saved = drey.folder.appendingPathComponent("typed.drey").path
    let outcome = try run(drey, ["--save", saved]) { peer, running in
      peer.type("one\n")
      running.read(until: "one  1")
      running.interrupt()
      running.read(until: "FINISHED")
    }
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(try String(contentsOfFile: saved, encoding: .utf8).contains("socket close\n"))
  }

  @Test func refusesALineWithoutEnd() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try run(drey, []) { peer, running in
      peer.type([UInt8](repeating: 0x78, count: (1 << 20) + 1))
      running.readToEnd()
    }
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains("a line is longer than 1 MiB and does not end"))
  }

  @Test(arguments: [
    (["--socket", "here"], "must be a host and a port"),
    (["--socket", "127.0.0.1:99999"], "must be a host and a port"),
    (["--socket", "127.0.0.1:9", "--input", "words"], "exclude each other"),
    (["--socket", "127.0.0.1:9", "--rate", "3/s"], "takes no --rate"),
    (["--socket", "127.0.0.1:9", "--runtime-mode", "batch"], "batch"),
  ])
  func refusesWrongInput(options: [String], part: String) throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey.call(["run", "socket-word-count"] + options)
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains(part), "\(outcome.complaint)")
    #expect(outcome.output.isEmpty)
  }

  @Test func saysWhatToDoWhenNobodyListens() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let peer = try TypingPeer()
    peer.hangUp()
    let outcome = try drey("run", "socket-word-count", "--socket", peer.address)
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains("cannot connect to \(peer.address)"))
    #expect(outcome.complaint.contains("run \"nc -lk \(peer.port)\" in another terminal first"))
    let other = try drey("run", "word-count", "--socket", peer.address)
    #expect(other.complaint.contains("job word-count reads no socket; socket-word-count does"))
  }
}
