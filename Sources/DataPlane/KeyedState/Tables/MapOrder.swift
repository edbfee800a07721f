/// The map keys of one key in the order of their first put.
///
/// What was removed leaves a gap, so that no other map key changes its place; when there are too
/// many gaps, all places are given out anew.
@frozen
@usableFromInline
struct MapOrder<MapKey> {
  /// The map keys by place, nil where there is a gap.
  @usableFromInline var places: [MapKey?] = []
  /// How many map keys there are.
  @usableFromInline var count = 0

  @inlinable
  init() {}

  /// An order without gaps.
  @inlinable
  init(_ keys: [MapKey]) {
    places = keys
    count = keys.count
  }

  /// Puts a map key last, and says in which place that is.
  @inlinable
  mutating func append(_ key: MapKey) -> Int {
    places.append(key)
    count += 1
    return places.count - 1
  }

  /// Leaves a gap in a place.
  @inlinable
  mutating func remove(at place: Int) {
    guard places.indices.contains(place), places[place] != nil else { return }
    places[place] = nil
    count -= 1
  }

  /// The map keys without the gaps.
  @inlinable var mapKeys: [MapKey] { places.compactMap { $0 } }

  /// Whether there are so many gaps that places are to be given out anew: more than map keys.
  @inlinable var isFullOfGaps: Bool { places.count > 2 * count + 8 }
}

/// What a row of map state holds beside its keys.
@frozen
@usableFromInline
struct MapRow<Content> {
  /// The place of the map key among those of its key.
  @usableFromInline var place: Int
  @usableFromInline var value: Content

  @inlinable
  init(_ value: Content, at place: Int) {
    self.place = place
    self.value = value
  }
}

extension MapRow: Codable where Content: Codable {}

extension MapRow: DirectlyWritten where Content: DirectlyWritten {
  func write(to writer: StateWriter) {
    FieldPair.write("place", place, "value", value, to: writer)
  }

  static func read(from reader: StateReader) throws(StateCodecError) -> MapRow {
    try FieldPair.read("place", "value", from: reader) { MapRow($1, at: $0) }
  }
}
