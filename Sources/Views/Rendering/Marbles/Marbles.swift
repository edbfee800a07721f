package import StreamModel

/// Records, watermarks and windows in the order in which they came: event time as marbles.
///
/// It holds what happened and works nothing out: whether a record was late, when a window fired
/// and what the watermark of several inputs is together, is said by whoever makes it. Two pictures
/// can be drawn of it, by ``view``; both have the same sentences. As text it is written as
/// ``MarbleNotation`` describes.
package struct Marbles: PictureComponent, Equatable {
  /// What goes from left to right.
  package enum View: Sendable, CaseIterable {
    /// The order of arrival: lanes of marbles, with watermarks as posts between them.
    case arrival
    /// Event time: arrivals from top to bottom, with the watermark as a line that moves right.
    case eventTime
  }

  /// How times are written.
  package enum Times: Sendable, CaseIterable {
    /// As milliseconds: `4999`.
    case milliseconds
    /// As time of day in UTC: `10:04`, `10:09:59.999`.
    case timeOfDay
  }

  /// What became of a record.
  package enum Lateness: Sendable, CaseIterable {
    /// It came ahead of the watermark.
    case onTime
    /// It came behind the watermark, and a window still took it.
    case late
    /// It came behind the watermark, and no window took it.
    case dropped
  }

  /// A record.
  package struct Record: Sendable, Equatable {
    /// Its key.
    package var key: String
    /// What tells it from others of its key.
    package var label: String
    /// When it happened.
    package var time: EventTime
    /// The input that it came from, by its place among the inputs.
    package var input: Int
    /// What became of it.
    package var lateness: Lateness

    /// Makes a record.
    package init(
      key: String,
      label: String,
      time: EventTime,
      input: Int = 0,
      lateness: Lateness = .onTime
    ) {
      self.key = key
      self.label = label
      self.time = time
      self.input = input
      self.lateness = lateness
    }
  }

  /// Something that happened; windows and inputs are given by their places in the model.
  package enum Event: Sendable, Equatable {
    /// A record arrives.
    case record(Record)
    /// A watermark of an input arrives; of the only input, it is what the windows go by.
    case watermark(EventTime, input: Int)
    /// The watermark of several inputs together, which the windows go by, comes to a time.
    case combined(EventTime)
    /// An input becomes idle: it no longer holds the watermark back.
    case idle(input: Int)
    /// An input is active again.
    case active(input: Int)
    /// A window gives a result.
    case fires(window: Int, result: String)
    /// The state of a window is dropped.
    case clears(window: Int)
    /// A session becomes part of another.
    case joins(window: Int, into: Int)
  }

  /// A window of one key.
  package struct Window: Sendable, Equatable {
    /// What a window takes.
    package enum Extent: Sendable, Equatable {
      /// Times from the first one on, up to before the second.
      case span(EventTime, EventTime)
      /// The so-manyth run of records of its key, whatever their times.
      case count(Int)
      /// Everything.
      case global
    }

    /// Its key.
    package var key: String
    /// What it takes.
    package var extent: Extent
    /// The records that it held, by their numbers: the first record of the model is number 0.
    package var holds: [Int]

    /// Makes a window.
    package init(key: String, extent: Extent, holds: [Int] = []) {
      self.key = key
      self.extent = extent
      self.holds = holds
    }
  }

  /// The watermark behind everything: the input has ended.
  ///
  /// *Source:* Flink's `Watermark.MAX_VALUE`.
  package static let end = EventTime(milliseconds: .max)

  /// The names of the inputs, all different; a single one may do without.
  package var inputs: [String]
  /// What happened, in its order.
  package var events: [Event]
  /// The windows.
  package var windows: [Window]
  /// How times are written.
  package var times: Times
  /// What goes from left to right.
  package var view: View
  /// The number of a record that is shown where not all have room; nil for the last one.
  package var focus: Int?

  /// Makes a picture of what happened.
  package init(
    inputs: [String] = [""],
    events: [Event] = [],
    windows: [Window] = [],
    times: Times = .milliseconds,
    view: View = .arrival,
    focus: Int? = nil
  ) {
    self.inputs = inputs
    self.events = events
    self.windows = windows
    self.times = times
    self.view = view
    self.focus = focus
  }

  /// The same seen in another way, around a record where not all have room.
  package func viewed(_ view: View, around record: Int? = nil) -> Marbles {
    var marbles = self
    marbles.view = view
    marbles.focus = record
    return marbles
  }

  /// The records, in the order of arrival.
  package var records: [Record] {
    events.compactMap { if case .record(let record) = $0 { record } else { nil } }
  }

  /// The picture of the view that was asked for.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    let width = max(60, width)
    let isEmpty = steps.isEmpty && (windows.isEmpty || view == .arrival)
    if isEmpty { return [TextLine(" " + MarblePhrase.nothing.english, .faint)] }
    return switch view {
    case .arrival: ArrivalDrawing(self, width: width, style).lines()
    case .eventTime: EventTimeDrawing(self, width: width, style).lines()
    }
  }
}

extension Marbles.Record {
  /// Key and label, as in `a1`; with a slash between them where it would not be seen otherwise
  /// which is which, as in `EWR/late`.
  package var name: String {
    if label.isEmpty || key.isEmpty { return key + label }
    return isPlainlyNamed ? key + label : "\(key)/\(label)"
  }

  /// Whether the label begins at the first digit.
  var isPlainlyNamed: Bool {
    func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    return !key.unicodeScalars.contains(where: isDigit)
      && (label.unicodeScalars.first.map(isDigit) ?? true)
  }
}
