/// What to say about a name that does not exist.
enum NameSuggestion {
  /// Says `no column nome; there are id, name; did you mean name?`.
  static func text(_ kind: String, _ name: String, among names: [String]) -> String {
    let shown = names.prefix(20).map { FieldText.shortened($0, to: 40) }
    var text = "no \(kind) \(FieldText.shortened(name, to: 40)); there are "
    text += shown.joined(separator: ", ") + (names.count > shown.count ? ", …" : "")
    if let near = nearest(to: name, among: names) {
      text += "; did you mean \(FieldText.shortened(near, to: 40))?"
    }
    return text
  }

  /// The name that differs least, without regard to case and underscores; nil when none is near.
  private static func nearest(to name: String, among names: [String]) -> String? {
    let wanted = plain(name)
    let nearest = names.prefix(200).map { ($0, distance(wanted, plain($0))) }.min { $0.1 < $1.1 }
    guard let (found, distance) = nearest, distance <= max(1, wanted.count / 3) else { return nil }
    return found
  }

  private static func plain(_ name: String) -> [UInt8] {
    Array(name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") }.prefix(64))
  }

  /// How many letters must be changed, put in or taken out.
  private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[second.count]
  }
}
