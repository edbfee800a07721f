// The numbers and truth values of Java as keys.

extension Int32: StreamKey {
  /// *Source:* Java `Integer.hashCode`: the number itself.
  @inlinable public var javaHash: Int32 { self }

  /// Whether the numbers are equal.
  @inlinable
  public static func isSame(_ left: Int32, _ right: Int32) -> Bool { left == right }
}

extension Int64: StreamKey {
  /// *Source:* Java `Long.hashCode`: the halves combined by exclusive or.
  @inlinable
  public var javaHash: Int32 {
    let bits = UInt64(bitPattern: self)
    return Int32(truncatingIfNeeded: bits ^ (bits &>> 32))
  }

  /// Whether the numbers are equal.
  @inlinable
  public static func isSame(_ left: Int64, _ right: Int64) -> Bool { left == right }
}

extension Int: StreamKey {
  /// *Source:* Java `Long.hashCode`; Swift's `Int` has 64 bits and stands for Java's `Long`.
  @inlinable public var javaHash: Int32 { Int64(self).javaHash }

  /// Whether the numbers are equal.
  @inlinable
  public static func isSame(_ left: Int, _ right: Int) -> Bool { left == right }
}

extension Int16: StreamKey {
  /// *Source:* Java `Short.hashCode`: the number itself.
  @inlinable public var javaHash: Int32 { Int32(self) }

  /// Whether the numbers are equal.
  @inlinable
  public static func isSame(_ left: Int16, _ right: Int16) -> Bool { left == right }
}

extension Int8: StreamKey {
  /// *Source:* Java `Byte.hashCode`: the number itself.
  @inlinable public var javaHash: Int32 { Int32(self) }

  /// Whether the numbers are equal.
  @inlinable
  public static func isSame(_ left: Int8, _ right: Int8) -> Bool { left == right }
}

extension UInt8: StreamKey {
  /// The number itself; Java has no unsigned byte and holds such values in an `Integer`.
  @inlinable public var javaHash: Int32 { Int32(self) }

  /// Whether the numbers are equal.
  @inlinable
  public static func isSame(_ left: UInt8, _ right: UInt8) -> Bool { left == right }
}

extension Bool: StreamKey {
  /// *Source:* Java `Boolean.hashCode`: 1231 or 1237.
  @inlinable public var javaHash: Int32 { self ? 1231 : 1237 }

  /// Whether the truth values are equal.
  @inlinable
  public static func isSame(_ left: Bool, _ right: Bool) -> Bool { left == right }
}

extension Double: StreamKey {
  /// The bits of the number with one pattern for all that are not a number.
  ///
  /// *Source:* Java `Double.doubleToLongBits`.
  @inlinable
  var javaBits: UInt64 { isNaN ? 0x7ff8_0000_0000_0000 : bitPattern }

  /// *Source:* Java `Double.hashCode`: the halves of the bits combined by exclusive or.
  @inlinable
  public var javaHash: Int32 { Int64(bitPattern: javaBits).javaHash }

  /// Whether the bits are equal: `NaN` is the same as itself, and `0.0` is not `-0.0`.
  ///
  /// *Source:* Java `Double.equals`.
  @inlinable
  public static func isSame(_ left: Double, _ right: Double) -> Bool {
    left.javaBits == right.javaBits
  }
}
