import StreamModel

/// What follows from an element that a task takes in.
extension StreamTask {
  /// Takes an element in.
  ///
  /// - Returns: Whether anything followed from it, but that less is to be waited for.
  func process(_ element: StreamElement, on channel: Int) throws -> Bool {
    switch element {
    case .records(let batch):
      try chain.process(batch, input: inputs.input(of: channel))
      for grant in gate.recycle(channel) where !gate.isClosed(grant.channel) {
        actions.append(.grantCredit(channel: grant.channel, credit: grant.credit))
      }
      return true
    case .watermark(let watermark):
      let input = inputs.input(of: channel)
      let outputs = valves[input].watermark(watermark, on: inputs.place(of: channel))
      return try follow(outputs, input: input)
    case .status(let isIdle):
      let input = inputs.input(of: channel)
      let outputs = valves[input].status(isIdle: isIdle, on: inputs.place(of: channel))
      return try follow(outputs, input: input)
    case .barrier(let barrier):
      actions.append(.note(.barrier(barrier.checkpoint, channel: channel)))
      let decision = alignment.barrier(barrier.checkpoint, on: channel)
      // What an overtaken checkpoint held is let go first: its barrier may wait behind the hold.
      if decision.subsumed != nil { gate.releaseAll() }
      if decision.holdsChannel { gate.hold(channel) }
      return try follow(decision)
    case .endOfData:
      gate.endData(channel)
      guard case .running = life, gate.isDataEnded else { return false }
      life = .draining
      return true
    case .endOfPartition:
      gate.close(channel)
      let isFollowed = try follow(alignment.close(channel))
      guard case .awaitingClose = life, gate.isClosed else { return isFollowed }
      finish()
      return true
    }
  }

  private func follow(_ outputs: [WatermarkValve.Output], input: Int) throws -> Bool {
    for output in outputs {
      switch output {
      case .watermark(let watermark): try chain.advance(to: watermark, input: input)
      case .status(let isIdle): try chain.statusChanged(isIdle: isIdle, input: input)
      }
    }
    return !outputs.isEmpty
  }

  private func follow(_ decision: BarrierAlignment.Decision) throws -> Bool {
    if let subsumed = decision.subsumed {
      actions.append(.decline(subsumed, reason: "a later checkpoint overtook it"))
    }
    if let ready = decision.ready {
      gate.releaseAll()
      try takeSnapshot(ready)
    }
    return decision.subsumed != nil || decision.ready != nil
  }
}
