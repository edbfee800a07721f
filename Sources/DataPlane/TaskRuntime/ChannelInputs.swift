/// Which input of a task's head each of its channels feeds, and as which of that input's.
struct ChannelInputs {
  /// How many channels each input has.
  let widths: [Int]
  /// How many channels there are.
  let count: Int
  /// For each channel its input and its place there; empty where there is one input alone.
  private let places: [(input: Int32, place: Int32)]

  /// Makes it of the inputs by channel.
  init(_ inputs: [Int]) {
    var widths: [Int] = []
    let places = inputs.map { input in
      while widths.count <= input { widths.append(0) }
      defer { widths[input] += 1 }
      return (Int32(input), Int32(widths[input]))
    }
    self.widths = widths
    count = inputs.count
    self.places = widths.count > 1 ? places : []
  }

  /// The input that a channel feeds.
  func input(of channel: Int) -> Int { places.isEmpty ? 0 : Int(places[channel].input) }

  /// A channel's place among those of its input.
  func place(of channel: Int) -> Int { places.isEmpty ? channel : Int(places[channel].place) }
}
