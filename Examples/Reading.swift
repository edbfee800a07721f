public import DreyCluster

/// What a thermometer says.
public struct Reading: Codable, Sendable, CSVFields {
  /// Where it hangs.
  public var room: String
  /// Its number.
  public var thermometer: Int
  /// What it shows, in degrees.
  public var degrees: Int
  /// When it was read.
  public var time: EventTime

  /// A reading of a second of the first day of 1970.
  public init(_ room: String, _ thermometer: Int, degrees: Int, second: Int64) {
    self.room = room
    self.thermometer = thermometer
    self.degrees = degrees
    time = EventTime(milliseconds: second * 1000)
  }

  /// All but the time.
  public var csvFields: [any CSVField] { [room, thermometer, degrees] }

  /// A minute in two rooms; one reading has been on its way for a while.
  public static let minute = [
    Reading("attic", 1, degrees: 14, second: 1), Reading("cellar", 7, degrees: 9, second: 4),
    Reading("attic", 2, degrees: 17, second: 12), Reading("cellar", 7, degrees: 8, second: 21),
    Reading("attic", 1, degrees: 16, second: 34), Reading("attic", 2, degrees: 15, second: 3),
    Reading("cellar", 8, degrees: 11, second: 47), Reading("attic", 2, degrees: 19, second: 55),
  ]
}
