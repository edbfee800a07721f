extension Simulation {
  /// Kills a process: its memory is gone, and what it sent may still arrive.
  ///
  /// Whoever had a connection to it feels the loss after ``NetworkOptions/resetDelay``, unless the
  /// link is cut: then nothing is felt until it heals.
  public func kill(_ process: ProcessID) {
    guard processes[process.index].isAlive else { return }
    processes[process.index].isAlive = false
    processes[process.index].deferred = []
    records.append(.kernel(.processKilled(name: processes[process.index].name)), at: now)
    let peers = processes[process.index].peers
    processes[process.index].peers = []
    for peer in peers {
      processes[process.index].links[peer.index].isConnected = false
      processes[peer.index].peers.removeAll { $0 == process }
      processes[peer.index].links[process.index].isConnected = false
      if processes[peer.index].isAlive { lose(process, at: peer) }
    }
  }

  /// Lets a process feel the death of another, once the link between them is not cut.
  private func lose(_ dead: ProcessID, at process: ProcessID) {
    let loss = Event.connectionLost(dead, at: process)
    prepareLink(from: dead, to: process)
    if processes[dead.index].links[process.index].isCut {
      held.append((loss, dead, process, 0))
    } else {
      enqueue(loss, at: now + networkRandom.duration(in: network.resetDelay))
    }
  }

  /// Stops a process for a while, as SIGSTOP does: its events wait, its connections stay open.
  ///
  /// - Precondition: `duration` is not negative.
  public func pause(_ process: ProcessID, for duration: VirtualDuration) {
    invariant(duration >= .zero, "a pause of \(duration) was asked for")
    guard processes[process.index].isAlive else { return }
    processes[process.index].isPaused = true
    processes[process.index].pauses += 1
    records.append(.kernel(.processPaused(name: processes[process.index].name)), at: now)
    let pause = processes[process.index].pauses
    enqueue(.resume(process, pause: pause), at: now + duration)
  }

  @usableFromInline
  func resume(_ process: ProcessID, pause: Int) {
    let record = processes[process.index]
    guard record.isAlive, record.isPaused, record.pauses == pause else { return }
    processes[process.index].isPaused = false
    records.append(.kernel(.processResumed(name: record.name)), at: now)
    let deferred = processes[process.index].deferred
    processes[process.index].deferred = []
    for event in deferred { dispatch(event) }
  }

  /// Changes the speed of a process: at 300 percent its work takes three times as long.
  ///
  /// - Parameters:
  ///   - process: The process.
  ///   - percent: How long its work takes, in percent of the normal time.
  ///   - duration: For how long; nil for the rest of the run, or until the speed is changed again.
  ///
  /// - Precondition: `duration` is not negative.
  public func slow(_ process: ProcessID, percent: Int64, for duration: VirtualDuration? = nil) {
    invariant(duration ?? .zero >= .zero, "a slow time of \(duration ?? .zero) was asked for")
    guard processes[process.index].isAlive else { return }
    processes[process.index].cpuPercent = percent
    processes[process.index].speedChanges += 1
    let name = processes[process.index].name
    records.append(.kernel(.processSlowed(name: name, percent: percent)), at: now)
    if let duration {
      let change = processes[process.index].speedChanges
      enqueue(.normalSpeed(process, change: change), at: now + duration)
    }
  }

  @usableFromInline
  func restoreSpeed(_ process: ProcessID, change: Int) {
    guard processes[process.index].speedChanges == change else { return }
    slow(process, percent: 100)
  }

  /// Takes an object out of storage from outside of the world: nobody inside may need it any more.
  ///
  /// - Throws: ``StorageError`` when there is none.
  public func takeObject(_ path: String) throws(StorageError) -> [UInt8] {
    let bytes = try storage.read(path)
    try storage.forget(path)
    return bytes
  }

  /// Cuts the link between the processes of two names in both directions, whichever of their lives
  /// they are in or will be in.
  ///
  /// Messages wait and arrive after ``heal(_:_:)``, as TCP sends again what was not acknowledged.
  public func cut(_ first: String, _ second: String) {
    setCut(NamePair(first, second), to: true)
    records.append(.kernel(.linkCut(first, second)), at: now)
  }

  /// Heals the link between the processes of two names: what waited is sent, in order.
  ///
  /// What waited for a process that has died meanwhile is sent too, and comes back.
  public func heal(_ first: String, _ second: String) {
    let names = NamePair(first, second)
    setCut(names, to: false)
    records.append(.kernel(.linkHealed(first, second)), at: now)
    let waiting = held
    held = []
    for item in waiting {
      if NamePair(processes[item.from.index].name, processes[item.to.index].name) == names {
        transmit(item.event, from: item.from, to: item.to, bytes: item.bytes)
      } else {
        held.append(item)
      }
    }
  }

  /// Makes every write to storage fail, or lets writes succeed again.
  public func setStorageFailing(_ isFailing: Bool) {
    storage.isFailing = isFailing
    records.append(.kernel(.storageFailing(isFailing)), at: now)
  }

  /// Whether no message passes between two processes of those names.
  public func isCut(_ first: String, _ second: String) -> Bool {
    cuts.contains(NamePair(first, second))
  }

  /// Remembers what is cut for links to come, and changes those that there are.
  private func setCut(_ names: NamePair, to isCut: Bool) {
    if isCut { cuts.insert(names) } else { cuts.remove(names) }
    for sender in processes.indices {
      for target in processes[sender].links.indices
      where NamePair(processes[sender].name, processes[target].name) == names {
        processes[sender].links[target].isCut = isCut
      }
    }
  }

  @inlinable
  func connect(_ first: ProcessID, _ second: ProcessID) {
    guard first != second else { return }
    prepareLink(from: first, to: second)
    if processes[first.index].links[second.index].isConnected { return }
    open(first, second)
  }

  @usableFromInline
  func open(_ first: ProcessID, _ second: ProcessID) {
    guard processes[second.index].isAlive else {
      return lose(second, at: first)
    }
    prepareLink(from: second, to: first)
    processes[first.index].peers.append(second)
    processes[first.index].links[second.index].isConnected = true
    processes[second.index].peers.append(first)
    processes[second.index].links[first.index].isConnected = true
  }
}
