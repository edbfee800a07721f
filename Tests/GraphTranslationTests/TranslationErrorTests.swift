import GraphTranslation
import JobGraphs
import StreamModel
import Testing

@Suite struct TranslationErrorTests {
  /// What is wrong with a program, as the error says it.
  private func objection(_ build: (inout ProgramSketch) -> Void) -> String? {
    var program = ProgramSketch("wrong")
    build(&program)
    do {
      _ = try program.graph.translated()
      return nil
    } catch {
      return error.description
    }
  }

  @Test func refusesAnEmptyProgram() {
    #expect(
      objection { _ in } == "No operators defined in streaming topology. Cannot execute."
    )
  }

  @Test func refusesAForwardStreamThatChangesParallelism() {
    let text = objection { program in
      program.sink(from: program.source("src", parallelism: 1), parallelism: 3)
    }
    #expect(
      text == """
        Forward partitioning does not allow change of parallelism. \
        Upstream operation: 'Source: src' parallelism: 1, \
        downstream operation: 'snk: Writer' parallelism: 3. \
        You must use another partitioning strategy, such as broadcast, rebalance, shuffle or global.
        """
    )
  }

  @Test func refusesMoreSubtasksThanKeyGroups() {
    let text = objection { program in
      let source = program.source("src", parallelism: 4)
      _ = program.then("red", from: source, by: .hash, parallelism: 4) { $0.maxParallelism = 3 }
    }
    #expect(
      text == "Operator 'red' has parallelism 4, which is higher than its maximum parallelism of 3."
    )
  }

  @Test(arguments: [32769, 0, -1])
  func refusesAMaximumThatCannotBe(_ maximum: Int) {
    let text = objection { program in _ = program.source("src") { $0.maxParallelism = maximum } }
    #expect(
      text == """
        Operator 'Source: src' has maximum parallelism \(maximum): it must be from 1 to 32768.
        """
    )
  }

  @Test func refusesAParallelismThatCannotBe() {
    #expect(
      objection { program in _ = program.source("src", parallelism: 0) }
        == "Operator 'Source: src' has parallelism 0: it must be at least 1."
    )
    #expect(
      objection { program in _ = program.source("src", parallelism: 32769) } == """
        Operator 'Source: src' has parallelism 32769, which is higher than its \
        maximum parallelism of 32768.
        """
    )
    #expect(objection { program in _ = program.source("src", parallelism: 32768) } == nil)
  }

  @Test func refusesTwoOperatorsOfOneUID() {
    let text = objection { program in
      let source = program.source("src") { $0.uid = "same" }
      program.sink(from: source) { $0.uid = "same" }
    }
    #expect(
      text == """
        Operators 'Source: src' and 'snk: Writer' carry the same uid 'same': \
        their state could not be told apart.
        """
    )
  }

  @Test func refusesStreamsThatLeadNowhere() {
    let text = objection { program in program.connect(program.source("src"), 9) }
    #expect(text == "A stream of 'Source: src' leads to operator 9, which is not in the program.")
  }

  @Test func refusesOperatorsOfOneNumber() {
    let text = objection { program in
      program.sink(from: program.source("src")) { $0.id = 1 }
    }
    #expect(
      text?.contains("Operators 'Source: src' and 'snk: Writer' carry the same number 1.") == true
    )
  }

  @Test func refusesSourcesThatReadAndSinksThatWrite() {
    let text = objection { program in
      let source = program.source("src")
      let sink = program.sink(from: source)
      let other = program.source("other")
      program.connect(sink, other)
    }
    #expect(
      text == """
        Source 'Source: other' reads from 'snk: Writer': a source has no inputs.
        Operator 'Source: other' reads from sink 'snk: Writer': a sink has no outputs.
        """
    )
  }

  @Test func refusesOperatorsThatReadNothing() {
    #expect(
      objection { program in _ = program.add("lonely") }
        == "Operator 'lonely' reads from no other operator and is not a source."
    )
  }

  @Test func refusesACircle() {
    let text = objection { program in
      let first = program.then("a", from: program.source("src"))
      let second = program.then("b", from: first)
      program.connect(second, first)
      program.sink(from: second)
    }
    #expect(text == "The streams run in a circle: 'b' -> 'a' -> 'b'.")
  }

  @Test func namesEveryProblemAtOnce() {
    let text = objection { program in
      let source = program.source("src", parallelism: 1)
      program.sink(from: source, parallelism: 0)
      _ = program.add("lonely")
    }
    #expect(text?.split(separator: "\n").count == 3)
  }
}
