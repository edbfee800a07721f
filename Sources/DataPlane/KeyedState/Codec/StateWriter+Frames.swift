// The stack of open containers.

extension StateWriter {
  /// Opens a frame and writes the tag that it begins with.
  func open(_ kind: Frame.Kind) -> Int {
    let id = nextFrame
    nextFrame &+= 1
    frames.append(Frame(id: id, kind: kind, start: count))
    switch kind {
    case .slot: break
    case .structure: put(tag: .structure)
    case .list: put(tag: .list)
    case .map: put(tag: .map)
    }
    return id
  }

  /// Opens the container of an encoder, or finds the one that it has opened before.
  func openWithin(slot: Int, _ kind: Frame.Kind, _ path: [any CodingKey]) -> Int {
    guard let index = frames.lastIndex(where: { $0.id == slot }) else {
      fail("an encoder that is still in use", "one that was closed", path)
      return -1
    }
    if count == frames[index].start { return open(kind) }
    let next = index + 1
    guard next < frames.count, frames[next].start == frames[index].start, frames[next].kind == kind
    else {
      fail("one container for each encoder", "a second one of another kind", path)
      return -1
    }
    return frames[next].id
  }

  /// Makes a frame the innermost by closing those within it.
  func resume(_ id: Int, _ path: [any CodingKey]) throws {
    if let last = frames.last, last.id == id { return }
    guard frames.contains(where: { $0.id == id }) else {
      fail("containers that are filled one after the other", "two filled in turns", path)
      throw failure ?? StateCodecError.atDepth(path)
    }
    while let last = frames.last, last.id != id { closeLast() }
  }

  /// Closes a frame and all within it.
  func close(through id: Int, _ path: [any CodingKey]) throws {
    try resume(id, path)
    closeLast()
  }

  private func closeLast() {
    guard let frame = frames.popLast() else { return }
    switch frame.kind {
    case .slot:
      guard count == frame.start else { return }
      put(tag: .structure)
      put(byte: 0)
    case .structure: put(byte: 0)
    case .list, .map: put(tag: .end)
    }
  }

  /// Notes the first thing that went wrong, to be thrown when the value is complete.
  func fail(_ expected: String, _ found: String, _ path: [any CodingKey]) {
    guard failure == nil else { return }
    failure = StateCodecError(
      .unsupported,
      expected: expected,
      found: found,
      place: StateCodecError.text(of: path)
    )
  }

  func checkDepth(_ path: [any CodingKey]) throws {
    if frames.count > 2 * StateFormat.deepest { throw StateCodecError.atDepth(path) }
  }
}
