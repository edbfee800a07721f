/// Where the simulated storage keeps its objects: in memory, or in a real folder.
public protocol StorageBackend {
  /// Creates or replaces an object.
  mutating func write(_ bytes: [UInt8], to path: String) throws(StorageError)
  /// Returns an object's bytes.
  func read(_ path: String) throws(StorageError) -> [UInt8]
  /// Gives an object another path, replacing what is there.
  mutating func rename(_ path: String, to target: String) throws(StorageError)
  /// Removes an object; removing an absent one is no error.
  mutating func remove(_ path: String) throws(StorageError)
  /// The paths that begin with `prefix`, sorted by their bytes.
  func list(_ prefix: String) throws(StorageError) -> [String]
}

/// Why an operation on storage failed.
public enum StorageError: Error, Equatable, Sendable {
  /// No object has that path.
  case notFound(path: String)
  /// The storage would hold more than its capacity.
  case full(path: String, capacity: Int)
  /// The storage refuses to work: an injected failure, or one of the real folder under it.
  case failed(path: String, reason: String)
}

extension StorageError: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    switch self {
    case .notFound(let path): "no object \(path) in storage"
    case .full(let path, let capacity):
      "storage is full: \(path) would exceed its \(capacity) bytes"
    case .failed(let path, let reason): "storage failed on \(path): \(reason)"
    }
  }
}

/// Objects kept in memory.
public struct MemoryStorage: StorageBackend {
  private var objects: [String: [UInt8]] = [:]

  /// Makes an empty storage.
  public init() {}

  /// Creates or replaces an object.
  public mutating func write(_ bytes: [UInt8], to path: String) {
    objects[path] = bytes
  }

  /// Returns an object's bytes.
  public func read(_ path: String) throws(StorageError) -> [UInt8] {
    guard let bytes = objects[path] else { throw .notFound(path: path) }
    return bytes
  }

  /// Gives an object another path.
  public mutating func rename(_ path: String, to target: String) throws(StorageError) {
    guard let bytes = objects.removeValue(forKey: path) else { throw .notFound(path: path) }
    objects[target] = bytes
  }

  /// Removes an object if it is there.
  public mutating func remove(_ path: String) {
    objects[path] = nil
  }

  /// The paths that begin with `prefix`, sorted by their bytes.
  public func list(_ prefix: String) -> [String] {
    objects.keys.filter { $0.hasPrefix(prefix) }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }
}

/// How long storage takes, and how it can fail.
public struct StorageOptions: Sendable {
  /// The time of any operation before its first byte.
  public var latency = VirtualDuration.milliseconds(2)

  /// Bytes written or read a second.
  public var bytesPerSecond: Int64 = 500_000_000

  /// The most bytes that may be written in the whole run, or nil for no bound.
  public var capacity: Int?

  /// Makes the default storage.
  public init() {}
}

/// Storage that every process can reach, as a distributed file system would be.
///
/// An operation takes effect as a whole at the instant at which it completes; one whose process
/// dies before that never happens.
public struct SimulatedStorage {
  private var backend: any StorageBackend
  private let options: StorageOptions
  private var written = 0

  /// Whether writes are refused at present: an injected failure.
  public internal(set) var isFailing = false

  init(backend: any StorageBackend, options: StorageOptions) {
    self.backend = backend
    self.options = options
  }

  /// How long an operation on that many bytes takes.
  func duration(bytes: Int) -> VirtualDuration {
    // In full width: ten gigabytes times a second in nanoseconds are too many for 64 bits.
    let product = UInt64(max(bytes, 0)).multipliedFullWidth(by: 1_000_000_000)
    let divisor = UInt64(options.bytesPerSecond)
    guard product.high < divisor else { return .nanoseconds(.max) }
    let (transfer, _) = divisor.dividingFullWidth(product)
    let latency = options.latency.nanoseconds
    let (sum, overflow) = Int64(clamping: transfer).addingReportingOverflow(latency)
    return .nanoseconds(overflow ? .max : sum)
  }

  /// Performs an operation at once, as at its instant of completion.
  public mutating func perform(_ operation: StorageOperation) throws(StorageError) -> [UInt8] {
    if isFailing, operation.isWrite {
      throw .failed(path: operation.path, reason: "injected failure")
    }
    switch operation {
    case .read(let path): return try backend.read(path)
    case .write(let path, let bytes):
      if let capacity = options.capacity, written + bytes.count > capacity {
        throw .full(path: path, capacity: capacity)
      }
      written += bytes.count
      try backend.write(bytes, to: path)
    case .rename(let path, let target): try backend.rename(path, to: target)
    case .remove(let path): try backend.remove(path)
    }
    return []
  }

  /// Removes an object at once, whatever fails; for observers outside of the simulated world.
  mutating func forget(_ path: String) throws(StorageError) {
    try backend.remove(path)
  }

  /// Returns an object's bytes at once; for observers outside of the simulated world.
  public func read(_ path: String) throws(StorageError) -> [UInt8] {
    try backend.read(path)
  }

  /// The paths that begin with `prefix`, sorted by their bytes.
  public func list(_ prefix: String) throws(StorageError) -> [String] {
    try backend.list(prefix)
  }
}

/// What a process can ask of storage.
public enum StorageOperation: Sendable {
  /// Read a whole object.
  case read(String)
  /// Create or replace an object.
  case write(String, [UInt8])
  /// Give an object another path, replacing what is there.
  case rename(String, to: String)
  /// Remove an object if it is there.
  case remove(String)

  /// The object that it is about.
  public var path: String {
    switch self {
    case .read(let path), .write(let path, _), .rename(let path, _), .remove(let path): path
    }
  }

  /// Whether it changes the storage.
  var isWrite: Bool {
    if case .read = self { false } else { true }
  }

  /// How many bytes are known beforehand to be moved.
  var byteCount: Int {
    if case .write(_, let bytes) = self { bytes.count } else { 0 }
  }
}
