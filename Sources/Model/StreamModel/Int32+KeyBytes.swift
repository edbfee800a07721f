// The keys of Java's own types as Flink's serialisers write them.

extension StreamKey {
  /// The Java hash, for keys of which no serialiser of Flink's is known: those that share it are
  /// kept apart all the same.
  public func writeKey(to bytes: inout [UInt8]) { javaHash.writeKey(to: &bytes) }
}

extension FixedWidthInteger {
  /// Appends the bytes of the number, highest first, as Java's `DataOutput` writes it.
  func writeBigEndian(to bytes: inout [UInt8]) {
    var shift = bitWidth - 8
    while shift >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: self >> Self(shift)))
      shift -= 8
    }
  }
}

extension Int32 {
  /// *Source:* Flink `IntSerializer`: four bytes, the highest first.
  public func writeKey(to bytes: inout [UInt8]) { writeBigEndian(to: &bytes) }
}

extension Int64 {
  /// *Source:* Flink `LongSerializer`: eight bytes, the highest first.
  public func writeKey(to bytes: inout [UInt8]) { writeBigEndian(to: &bytes) }
}

extension Int {
  /// *Source:* Flink `LongSerializer`; Swift's `Int` stands for Java's `Long`.
  public func writeKey(to bytes: inout [UInt8]) { Int64(self).writeBigEndian(to: &bytes) }
}

extension Int16 {
  /// *Source:* Flink `ShortSerializer`: two bytes, the highest first.
  public func writeKey(to bytes: inout [UInt8]) { writeBigEndian(to: &bytes) }
}

extension Int8 {
  /// *Source:* Flink `ByteSerializer`.
  public func writeKey(to bytes: inout [UInt8]) { bytes.append(UInt8(bitPattern: self)) }
}

extension UInt8 {
  /// *Source:* Flink `IntSerializer`; Java holds such a number in an `Integer`.
  public func writeKey(to bytes: inout [UInt8]) { Int32(self).writeBigEndian(to: &bytes) }
}

extension Bool {
  /// *Source:* Flink `BooleanSerializer`: one byte, 1 or 0.
  public func writeKey(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
}

extension Double {
  /// *Source:* Flink `DoubleSerializer`: the bits as a long number.
  public func writeKey(to bytes: inout [UInt8]) { javaBits.writeBigEndian(to: &bytes) }
}

extension String {
  /// The count of UTF-16 units plus one, then the units, each number seven bits at a time from the
  /// lowest, with the highest bit set in all bytes but its last.
  ///
  /// *Source:* Flink `StringValue.writeString`.
  public func writeKey(to bytes: inout [UInt8]) {
    Self.writeVariable(UInt32(utf16.count + 1), to: &bytes)
    for unit in utf16 { Self.writeVariable(UInt32(unit), to: &bytes) }
  }

  private static func writeVariable(_ number: UInt32, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
