/// What sources can read, by name: a read-only view that the console fills with real files.
///
/// The bytes never change during a run; their content hash is part of the run's identity, their
/// names are not.
public struct InputCatalog: Sendable {
  private var inputs: [String: InputBytes] = [:]

  /// Makes an empty catalogue.
  public init() {}

  /// Adds an input.
  public mutating func add(_ bytes: InputBytes, named name: String) {
    inputs[name] = bytes
  }

  /// The input of that name.
  ///
  /// - Throws: ``UnreadableInput`` when there is none.
  public func bytes(named name: String) throws -> InputBytes {
    guard let bytes = inputs[name] else { throw UnreadableInput("no such input: \(name)") }
    return bytes
  }
}

/// The bytes of an input: an array, or a mapped file that somebody keeps alive.
///
/// Nothing writes to them while a run lasts, which is what makes sharing them sound.
public struct InputBytes: @unchecked Sendable {
  private let owner: AnyObject?

  /// The bytes.
  public let buffer: UnsafeRawBufferPointer

  /// The bytes of an array.
  public init(_ bytes: [UInt8]) {
    let holder = Holder(bytes)
    owner = holder
    buffer = UnsafeRawBufferPointer(holder.block)
  }

  /// Memory that `owner` keeps alive, such as a mapped file.
  public init(mapped buffer: UnsafeRawBufferPointer, keptAliveBy owner: AnyObject) {
    self.owner = owner
    self.buffer = buffer
  }

  /// How many bytes there are.
  public var count: Int { buffer.count }

  private final class Holder {
    let block: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
      block = .allocate(byteCount: bytes.count, alignment: 16)
      block.copyBytes(from: bytes)
    }

    deinit {
      block.deallocate()
    }
  }
}
