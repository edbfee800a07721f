import DataStreamAPI

/// What a user sets a parameter of a program to: `window=10s`.
package struct ParameterSetting: Equatable, Sendable {
  /// The parameter's name.
  package var name: String
  /// Its value, as it was written.
  package var value: String

  /// Describes a setting.
  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Reads settings with commas between them; nil where one is not of the form `name=value`.
  package static func all(parsing text: String) -> [ParameterSetting]? {
    var settings: [ParameterSetting] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { return nil }
      settings.append(ParameterSetting(name: String(sides[0]), value: String(sides[1])))
    }
    return settings
  }

  /// Settings as they are written.
  static func text(of settings: [ParameterSetting]) -> String {
    settings.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  /// The values of a program's parameters, by their names.
  ///
  /// - Throws: ``UsageError`` when the program has no such parameter, when one is set twice, or to
  ///   what it cannot be.
  static func check(
    _ settings: [ParameterSetting],
    of program: Program
  ) throws(UsageError) -> [String: Int64] {
    var values: [String: Int64] = [:]
    for setting in settings {
      guard let parameter = program.parameters.first(where: { $0.name == setting.name }) else {
        throw UsageError(
          program.parameters.isEmpty
            ? .noParameters(program.name)
            : .unknown(.parameter, setting.name, among: program.parameters.map(\.name))
        )
      }
      guard values[setting.name] == nil else { throw UsageError(.parameterTwice(setting.name)) }
      do {
        values[setting.name] = try parameter.value(parsing: setting.value)
      } catch {
        throw UsageError("\(error)")
      }
    }
    return values
  }
}
