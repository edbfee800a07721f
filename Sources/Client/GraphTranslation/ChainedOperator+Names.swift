package import JobGraphs

extension [ChainedOperator] {
  /// The names along the chain: `a -> b`, and `a -> (b, c)` where it branches.
  ///
  /// *Source:* Flink `createChainedName`.
  var chainName: String { name(from: 0) }

  private func name(from member: Int) -> String {
    let following = self[member].chainedOutputs.map(name(from:))
    switch following.count {
    case 0: return self[member].node.name
    case 1: return "\(self[member].node.name) -> \(following[0])"
    default: return "\(self[member].node.name) -> (\(following.joined(separator: ", ")))"
    }
  }
}

extension JobVertex {
  /// The operators as a tree of text, one a line, as Flink's plan describes a vertex.
  ///
  /// *Source:* Flink `operatorPrettyName`.
  package var operatorPrettyName: String {
    chain.isEmpty ? "" : chain[0].node.name + "\n" + branches(of: 0, indent: "")
  }

  private func branches(of member: Int, indent: String) -> String {
    let following = chain[member].chainedOutputs
    return following.enumerated().map { order, next in
      let isLast = order == following.count - 1
      return indent + (isLast ? "+- " : ":- ") + chain[next].node.name + "\n"
        + branches(of: next, indent: indent + (isLast ? "   " : ":  "))
    }.joined()
  }
}
