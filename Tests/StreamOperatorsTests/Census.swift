import StreamModel

/// Counts the tokens that live.
final class Census: @unchecked Sendable {
  private(set) var living = 0
  private(set) var made = 0

  func born() {
    living += 1
    made += 1
  }

  func died() { living -= 1 }

  /// Records with so many tokens.
  func items(_ count: Int) -> [Item] { (0..<count).map { Item(id: $0, token: Token(self)) } }
}

/// An object whose life is watched.
final class Token: Sendable {
  private let census: Census

  init(_ census: Census) {
    self.census = census
    census.born()
  }

  deinit {
    census.died()
  }
}

/// A record that holds an object: lost memory is seen in the census, memory freed twice crashes.
struct Item: Codable, Sendable {
  var id: Int
  var token: Token

  init(id: Int, token: Token) {
    self.id = id
    self.token = token
  }

  init(from decoder: any Decoder) throws { throw Mishap() }

  func encode(to encoder: any Encoder) throws { throw Mishap() }
}
