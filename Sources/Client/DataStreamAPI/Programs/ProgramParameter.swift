public import SimulationKernel

/// Something that a program can be told when it is run, such as the size of a window.
///
/// A program declares its parameters; whoever runs it may set each, within its bounds, by name.
///
/// ```swift
/// let size = ProgramParameter.time(
///   "window",
///   default: .seconds(10),
///   in: .seconds(1) ... .minutes(60),
///   help: "how long a window is"
/// )
/// let perWindow = Program("per-window", parameters: [size]) { environment in
///   environment.readTextFile(environment.input)
///     .windowAll(TumblingProcessingTimeWindows.of(environment.time(size)))
///     .process(emitting: Int.self) { _, lines, _, counts in counts.collect(lines.count) }
///     .print()
/// }
/// ```
public struct ProgramParameter: Sendable, Equatable {
  /// What its values are.
  public enum Unit: Sendable, Equatable {
    /// A number of things, such as `"rows"`.
    case number(of: String)
    /// A length of time, written `500ms`, `3s`, `2min` or `1h`; kept in milliseconds.
    case time
  }

  /// The name that it is set by.
  public let name: String
  /// What its values are.
  public let unit: Unit
  /// Its value where nobody sets it.
  public let defaultValue: Int64
  /// The least and the greatest value that it may have.
  public let bounds: ClosedRange<Int64>
  /// What it means, in a line.
  public let help: String

  /// A number of things.
  ///
  /// ```swift
  /// let least = ProgramParameter.number(
  ///   "least",
  ///   of: "letters",
  ///   default: 3,
  ///   in: 1...20,
  ///   help: "how long a word must be"
  /// )
  /// let longWords = Program("long-words", parameters: [least]) { environment in
  ///   let least = environment.number(least)
  ///   environment.readTextFile(environment.input).filter { $0.utf8.count >= least }.print()
  /// }
  /// ```
  ///
  /// - Precondition: The default lies within the bounds.
  public static func number(
    _ name: String,
    of things: String,
    default value: Int,
    in bounds: ClosedRange<Int>,
    help: String
  ) -> ProgramParameter {
    precondition(bounds.contains(value), "the default of \(name) lies out of its bounds")
    return ProgramParameter(
      name: name,
      unit: .number(of: things),
      defaultValue: Int64(value),
      bounds: Int64(bounds.lowerBound)...Int64(bounds.upperBound),
      help: help
    )
  }

  /// A length of time, in whole milliseconds.
  ///
  /// ```swift
  /// let size = ProgramParameter.time(
  ///   "window",
  ///   default: .seconds(10),
  ///   in: .seconds(1) ... .minutes(60),
  ///   help: "how long a window is"
  /// )
  /// let perWindow = Program("per-window", parameters: [size]) { environment in
  ///   environment.readTextFile(environment.input)
  ///     .windowAll(TumblingProcessingTimeWindows.of(environment.time(size)))
  ///     .process(emitting: Int.self) { _, lines, _, counts in counts.collect(lines.count) }
  ///     .print()
  /// }
  /// ```
  ///
  /// - Precondition: The default lies within the bounds, and all three are whole milliseconds.
  public static func time(
    _ name: String,
    default value: VirtualDuration,
    in bounds: ClosedRange<VirtualDuration>,
    help: String
  ) -> ProgramParameter {
    precondition(bounds.contains(value), "the default of \(name) lies out of its bounds")
    precondition(
      [value, bounds.lowerBound, bounds.upperBound].allSatisfy { wholeMilliseconds($0) != nil },
      "\(name) is kept in whole milliseconds"
    )
    return ProgramParameter(
      name: name,
      unit: .time,
      defaultValue: value.milliseconds,
      bounds: bounds.lowerBound.milliseconds...bounds.upperBound.milliseconds,
      help: help
    )
  }

  /// A value as it is set: `12`, or `500ms`.
  package func written(_ value: Int64) -> String {
    switch unit {
    case .number: "\(value)"
    case .time: VirtualDuration.milliseconds(value).description
    }
  }

  /// A value as people read it: `12 words`, or `500ms`.
  ///
  /// ```swift
  /// if let parsed = try? size.value(parsing: "30s") { print(size.text(of: parsed)) }
  /// ```
  public func text(of value: Int64) -> String {
    switch unit {
    case .number(let things): "\(value) \(things)"
    case .time: VirtualDuration.milliseconds(value).description
    }
  }

  /// Reads a value as people write it: `12` for a number, `500ms` for a time.
  ///
  /// ```swift
  /// if let parsed = try? size.value(parsing: "30s") { print(size.text(of: parsed)) }
  /// ```
  ///
  /// - Throws: ``ParameterError`` when it is none, or out of bounds.
  public func value(parsing text: String) throws(ParameterError) -> Int64 {
    let value: Int64? =
      switch unit {
      case .number: Int64(text)
      case .time: VirtualDuration(text: text).flatMap(Self.wholeMilliseconds)
      }
    guard let value, bounds.contains(value) else {
      throw ParameterError(parameter: self, text: text)
    }
    return value
  }

  /// The milliseconds of a length of time; nil where something is left over.
  private static func wholeMilliseconds(_ duration: VirtualDuration) -> Int64? {
    .milliseconds(duration.milliseconds) == duration ? duration.milliseconds : nil
  }
}

/// A value that a parameter cannot have.
public struct ParameterError: Error, CustomStringConvertible {
  /// The parameter.
  public let parameter: ProgramParameter
  /// What was written.
  public let text: String

  /// A sentence for people.
  public var description: String {
    let (least, most) = (parameter.bounds.lowerBound, parameter.bounds.upperBound)
    return "\(parameter.name) must be from \(parameter.written(least)) to"
      + " \(parameter.text(of: most)), not \"\(text)\""
  }
}
