/// A process's name in the order for people: tm-2 comes before tm-10.
public struct ProcessName: Comparable, Sendable {
  private let text: String
  private let number: Int
  private let hasNumber: Bool

  /// Takes a name apart.
  public init(_ name: String) {
    text = name
    let digits = name.utf8.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    let parsed = Int(String(decoding: digits.reversed(), as: UTF8.self))
    number = parsed ?? 0
    hasNumber = parsed != nil
  }

  /// Orders by trailing number, names without one last, then by the bytes of the whole name.
  public static func < (left: ProcessName, right: ProcessName) -> Bool {
    if left.hasNumber != right.hasNumber { return left.hasNumber }
    if left.number != right.number { return left.number < right.number }
    return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Whether both are the same name, byte by byte.
  public static func == (left: ProcessName, right: ProcessName) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }
}
