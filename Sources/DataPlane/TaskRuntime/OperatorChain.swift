package import JobGraphs
package import KeyedState
import SimulationKernel
package import StreamModel
package import StreamOperators

/// The operators of one task, wired: function calls inside, edges at its ends.
package final class OperatorChain {
  /// The operators with their ids, head first.
  package let operators: [(node: StreamNode, instance: any StreamOperator)]

  /// The writers of the edges that leave the chain, in the order of the vertex's outputs.
  package let writers: [any EdgeWriter]

  /// Opens every operator of a vertex, the last first, since each emits into those after it.
  ///
  /// - Throws: ``StreamOperators/OperatorFailure`` when an operator cannot be opened.
  package init(
    _ vertex: JobVertex,
    writers: [any EdgeWriter],
    context: (StreamNode) -> OperatorContext
  ) throws {
    var opened: [any StreamOperator] = []
    for link in vertex.chain.reversed() {
      let first = vertex.chain.count - opened.count
      let receivers =
        link.chainedOutputs.compactMap { opened[$0 - first].inputs.first }
        + link.edgeOutputs.map { writers[$0].receiver }
      guard let factory = link.node.factory as? StreamOperatorFactory else {
        invariant(false, "\(link.node.name) has no runnable factory")
        continue
      }
      do {
        opened.insert(try factory.open(context(link.node), receivers), at: 0)
      } catch {
        throw OperatorFailure.wrap(error, operatorName: link.node.name)
      }
    }
    operators = zip(vertex.chain, opened).map { ($0.node, $1) }
    source = operators.first?.instance as? any SourceOperator
    self.writers = writers
  }

  /// The source at the chain's head, if it begins with one.
  package let source: (any SourceOperator)?

  /// Hands records to an input of the chain's head.
  package func process(_ batch: AnyRecordBatch, input: Int) throws {
    guard let head = operators.first?.instance else { return }
    try head.inputs[input].acceptErased(batch)
  }

  /// Says to each operator, first to last, that no more records will come.
  package func endOfInput() throws {
    for (node, instance) in operators {
      do {
        try instance.endOfInput()
      } catch {
        throw OperatorFailure.wrap(error, operatorName: node.name)
      }
    }
  }

  /// How many records the operators took in; a source's own are counted by its offset.
  package var receivedRecords: Int {
    operators.reduce(0) { sum, entry in
      sum + entry.instance.inputs.reduce(0) { $0 + $1.receivedRecords }
    }
  }

  /// The keyed state of every operator as it is now.
  package var keyedState: [KeyedSnapshotWriter] {
    operators.flatMap { $0.instance.keyedState }
  }

  /// How many records left the chain over its edges.
  package var emittedRecords: Int {
    writers.reduce(0) { $0 + $1.receiver.receivedRecords }
  }

  /// Whether records wait for their buffer to be full.
  package var hasPartialBuffers: Bool { writers.contains { $0.hasPartialBuffers } }

  /// Hands on what waits.
  package func flush() {
    for writer in writers { writer.flush() }
  }
}
