package import JobGraphs
import StreamModel
package import StreamOperators

/// An operator at its place in a task's chain.
///
/// It is a class because a task goes through its operators after each piece of work: a reference is
/// copied there, not what the program says of the operator.
package final class OpenOperator {
  /// What the program says of it.
  package let node: StreamNode
  /// The operator itself.
  package let instance: any StreamOperator
  /// What it takes records in by.
  package let inputs: [AnyBatchReceiver]

  init(_ node: StreamNode, _ instance: any StreamOperator) {
    self.node = node
    self.instance = instance
    inputs = instance.inputs
  }

  /// How many records it took in.
  var receivedRecords: Int {
    var count = 0
    for input in inputs { count += input.receivedRecords }
    return count
  }

  /// Does something with the operator, and names it where that fails.
  ///
  /// - Throws: ``StreamOperators/OperatorFailure``.
  func attempt<Result>(_ body: (any StreamOperator) throws -> Result) throws -> Result {
    do {
      return try body(instance)
    } catch {
      throw OperatorFailure.wrap(error, operatorName: node.name)
    }
  }
}
